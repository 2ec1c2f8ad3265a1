namespace LandscapeGpu.Starts;

/// <summary>What samplers on a box [lower, upper] share: the check of its bounds and the map onto it.</summary>
internal static class BoxBounds
{
    /// <summary>The box's dimension, or null where both bounds are single numbers; throws on bounds that make no box.</summary>
    public static int? Check(PerCoordinate lower, PerCoordinate upper)
    {
        lower.RequireFinite(nameof(lower));
        upper.RequireFinite(nameof(upper));
        var dimension = PerCoordinate.CommonDimension(lower, nameof(lower), upper, nameof(upper));
        for (var i = 0; i < (dimension ?? 1); i++)
        {
            var (lowerName, upperName) = (lower.NameOf(nameof(lower), i), upper.NameOf(nameof(upper), i));
            if (lower[i] > upper[i])
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{lowerName} = {lower[i]} is above {upperName} = {upper[i]}: swap them, ")
                    + "or give equal bounds to hold a coordinate fixed.",
                    nameof(lower));
            }

            if (!double.IsFinite(upper[i] - lower[i]))
            {
                throw new ArgumentException(
                    $"{upperName} − {lowerName} overflows: the width of each side must be a finite number; give narrower bounds.",
                    nameof(upper));
            }
        }

        return dimension;
    }

    /// <summary>lower + u·(upper − lower), rounded once after the width, for u in (0, 1); always within the bounds.</summary>
    public static double Between(double lower, double upper, double u)
    {
        var value = Math.FusedMultiplyAdd(u, upper - lower, lower);
        // The width may have been rounded up, by half an ulp, and so may the last value.
        return value > upper ? upper : value;
    }

    public static string Describe(PerCoordinate lower, PerCoordinate upper) => $"[{lower}, {upper}]";
}
