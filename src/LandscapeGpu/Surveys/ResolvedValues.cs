using LandscapeGpu.Polish;
using LandscapeGpu.Spectra;

namespace LandscapeGpu.Surveys;

/// <summary>Whether the values of points are known well enough to say anything about them.</summary>
/// <remarks>
/// A value of 0 has no digits, and a perfect fit has it: what counts is how far f falls to a point from where restarts begin. Where rounding, of the
/// formula or of the coordinates themselves, hides half the digits of that, neither the value nor the kind of a point means anything: so it is beside a
/// wall that is steeper than coordinates have digits. Bounds of rounding are far too wide where a formula is 0/0, so the curvature has to say the same.
/// </remarks>
internal static class ResolvedValues
{
    // Of so many the middle one says how far f falls.
    private const int MostStarts = 16;

    /// <summary>The points; what cannot be told from its surroundings is undecided.</summary>
    /// <param name="objective">In the units it was explored in.</param>
    /// <param name="points">In those of the formula.</param>
    /// <param name="starts">Where restarts begin, in the coordinates that move and the units of the formula.</param>
    /// <param name="bits">The width of vectors; null for the widest there is.</param>
    public static IReadOnlyList<StationaryPoint> Of(Objective objective, IReadOnlyList<StationaryPoint> points, RestartRange starts, int? bits)
    {
        if (!points.Any(IsInDoubt))
        {
            return points;
        }

        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, bits));
        var (values, start) = (new List<double>(), new double[objective.Dimension]);
        for (var k = 0; k < MostStarts; k++)
        {
            starts.Starts.Draw(starts.Seed, starts.First + k, start);
            objective.Units.ToMoving(start);
            values.Add(slopes.Value(start) / objective.Units.Value);
        }

        values.RemoveAll(v => !double.IsFinite(v));
        return values.Count == 0 ? points : [.. points.Select(p => !IsInDoubt(p) || !(Fall(p, values) is > 0 and var fall) ? p
            : IsHidden(objective, slopes, p, fall) ? p with { Kind = StationaryKind.Undecided }
            : p with { IsBoundVast = p.Rounding > Stationarity.HalfTheDigits * fall })];
    }

    private static bool IsInDoubt(StationaryPoint point) => point.Rounding > Stationarity.HalfTheDigits * Math.Abs(point.Value);

    /// <summary>Whether rounding hides half the digits of a fall; all of it, where curvature is not finite and the kind was told from values around.</summary>
    private static bool IsHidden(Objective objective, PointDerivatives slopes, StationaryPoint point, double fall) => point.Kind is StationaryKind.SingularMinimum or StationaryKind.Singular
        ? double.IsFinite(point.Rounding) && point.Rounding > fall
        : Math.Min(point.Rounding, Curved(objective, slopes, point)) > Stationarity.HalfTheDigits * fall;

    /// <summary>How far f falls to a point; 0 for a constant, which is known to its last digit.</summary>
    private static double Fall(StationaryPoint point, List<double> starts)
    {
        var falls = starts.Select(v => Math.Abs(v - point.Value)).Order().ToList();
        return falls[falls.Count / 2];
    }

    /// <summary>How much the value is curved over a rounding of that coordinate, as long as the region is along it, which is steepest; of many coordinates together.</summary>
    private static double Curved(Objective objective, PointDerivatives slopes, StationaryPoint point)
    {
        var place = objective.Units.Moving(point.Place);
        var (extent, unit, product, most) = (RegionScale.Of(objective), new double[place.Length], new double[place.Length], 0.0);
        // Across a side that holds the point curvature may be infinite, and hides nothing.
        var moving = Enumerable.Range(0, place.Length).Except(point.AtBound);
        if (place.Length > LanePolish.MostCoordinates)
        {
            return Together(slopes, place, extent, [.. moving]) / objective.Units.Value;
        }

        foreach (var i in moving)
        {
            unit[i] = 1;
            slopes.Product(place, unit, product);
            unit[i] = 0;
            var rounding = Stationarity.UnitRoundoff * extent[i];
            most = double.IsFinite(product[i]) ? Math.Max(most, Math.Abs(product[i]) * rounding * rounding) : most;
        }

        return most / objective.Units.Value;
    }

    /// <summary>The largest curvature in coordinates of which each is measured in its rounding; a product for each coordinate would take days.</summary>
    private static double Together(PointDerivatives slopes, double[] place, double[] extent, int[] moving)
    {
        if (moving.Length == 0)
        {
            return 0;
        }

        var (along, product) = (new double[place.Length], new double[place.Length]);
        // How many digits rounding hides is asked, and not how many parts of a digit.
        var ends = Lanczos.Extremes(Scaled, moving.Length, new() { Tolerance = 0.1, LookAgain = false });
        return Math.Max(Math.Abs(ends.Lowest[0]), Math.Abs(ends.Highest[^1]));

        void Scaled(ReadOnlySpan<double> v, Span<double> result)
        {
            for (var k = 0; k < moving.Length; k++)
            {
                along[moving[k]] = v[k] * Stationarity.UnitRoundoff * extent[moving[k]];
            }

            slopes.Product(place, along, product);
            for (var k = 0; k < moving.Length; k++)
            {
                var scaled = product[moving[k]] * Stationarity.UnitRoundoff * extent[moving[k]];
                result[k] = double.IsFinite(scaled) ? scaled : 0;
            }
        }
    }
}
