namespace LandscapeGpu.Polish;

/// <summary>Slopes across the bounds that a point is on, where the derivative there is no number, as that of √x² at 0, or that of the other side, as of |x − 5| at 5: those of the places beside it inside the region.</summary>
/// <param name="objective">The landscape.</param>
/// <param name="bits">The width of vectors; null for the widest there is.</param>
internal sealed class SlopesBesideSides(Objective objective, int? bits) : IDisposable
{
    // In units of the region, as powers of ten: from beside rounding to where curvature is seen.
    private const double Nearest = -11;
    private const double Farthest = -4;

    // A few roundings of a coordinate are a step.
    private const double LeastStep = 16;

    private const int Looks = 8;

    // What fades by less than the tenth power of the distance does not fade.
    private static readonly double LeftOfNone = Math.Pow(10, 0.1 * (Nearest - Farthest));

    // Along a line that bends, as x₀ = x₁², coordinates differ by powers: each has a distance of its own, in so many draws that one of twenty is not missed.
    private const int Draws = 256;

    private readonly int d = objective.Dimension;
    private readonly LaneValues values = new(objective, bits);

    /// <summary>Whether a gradient leaves open what a slope across a bound is: no number, or one that leads inwards, where that may be what it is beyond the bound, as of |x − 5| at 5.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="gradient">∇f there.</param>
    /// <param name="errors">Bounds of its rounding.</param>
    public bool AreAskedAt(double[] point, double[] gradient, double[] errors) =>
        objective.Region.Sides is not null && !objective.Region.HasOwnCoordinates
        && Across(point).Any(side => !side.Holds(gradient) && !(Math.Abs(gradient[side.First]) <= Stationarity.Margin * errors[side.First] && double.IsFinite(errors[side.First])));

    /// <summary>Writes into a gradient the slopes across bounds, from the point straight inwards, that push it back wherever one looks and do not fade towards it: of each the shortest. Others stay as they are.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="gradient">∇f there.</param>
    /// <returns>Whether there are any.</returns>
    public bool Complete(double[] point, double[] gradient)
    {
        var isAny = false;
        foreach (var side in Across(point).Where(side => !side.Holds(gradient)))
        {
            var (around, slopes, found) = (new double[Looks * d], new double[Looks * d], new double[Looks]);
            double[] steps = [.. Enumerable.Range(0, Looks).Select(look => Step(point, side.First, look / (Looks - 1.0)))];
            for (var look = 0; look < Looks; look++)
            {
                point.CopyTo(around, look * d);
                around[(look * d) + side.First] -= side.Normal[0] * steps[look];
            }

            values.At(around, found, slopes);
            double[] pushes = [.. Enumerable.Range(0, Looks).Select(look => side.Multiplier(slopes.AsSpan(look * d, d)))];
            if (pushes.Any(double.IsNaN))
            {
                // All along the side's normal another factor may be 0, as of √(x₀²x₁²) at x₁ = 0: then values tell what rises.
                var unseen = Stationarity.SumOfRoundings * found.Max(Math.Abs);
                pushes = [.. Enumerable.Range(1, Looks - 1).Select(look => found[look] - found[look - 1] > unseen ? (found[look] - found[look - 1]) / (steps[look] - steps[look - 1]) : 0)];
            }

            if (pushes.All(push => push > 0) && pushes[0] > LeftOfNone * pushes[^1])
            {
                (gradient[side.First], isAny) = (-side.Normal[0] * pushes.Min(), true);
            }
        }

        return isAny;
    }

    /// <summary>Whether f is nowhere lower beside a point within the region by more than rounding.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="value">f there.</param>
    /// <param name="rounding">What is no fall.</param>
    public bool IsLowest(double[] point, double value, double rounding)
    {
        var found = new double[Draws];
        values.At(Beside(point, Draws), found);
        return found.All(f => f >= value - rounding);
    }

    /// <summary>Whether slopes beside a point lead off a bound that it is on, and f is lower there by more than rounding.</summary>
    /// <param name="point">d coordinates.</param>
    /// <param name="value">f there.</param>
    /// <param name="rounding">What is no fall.</param>
    public bool LeadInwards(double[] point, double value, double rounding)
    {
        // As many places as are looked at at once.
        var (found, slopes, sides) = (new double[values.Width], new double[values.Width * d], Across(point));
        values.At(Beside(point, values.Width), found, slopes);
        return Enumerable.Range(0, values.Width).Any(look => sides.Any(side => !side.IsFixed && !side.Holds(slopes.AsSpan(look * d, d)))) && !IsLowest(point, value, rounding);
    }

    /// <summary>Places beside a point within the region, at distances of all sizes.</summary>
    private double[] Beside(double[] point, int draws)
    {
        var inwards = Across(point).ToDictionary(side => side.First, side => side.IsFixed ? 0 : -side.Normal[0]);
        var around = new double[draws * d];
        for (var draw = 0; draw < draws; draw++)
        {
            for (var i = 0; i < d; i++)
            {
                var random = Philox.Generate((ulong)draw, (ulong)i, 0);
                var sign = inwards.TryGetValue(i, out var inward) ? inward : (random.High & 1) == 0 ? 1 : -1;
                around[(draw * d) + i] = point[i] + (sign * Step(point, i, Math.ScaleB(random.Low >> 11, -53)));
            }
        }

        return around;
    }

    public void Dispose() => values.Dispose();

    private ActiveConstraint[] Across(ReadOnlySpan<double> point) => [.. objective.Region.Active(point).Where(side => side.Coordinate is not null)];

    /// <summary>A distance along a coordinate, from the nearest to the farthest as a share goes from 0 to 1.</summary>
    private double Step(double[] point, int i, double share) => Math.Max(
        Math.Pow(10, Nearest + ((Farthest - Nearest) * share)) * (objective.Region.Length(i) ?? objective.Region.Reach(point)),
        LeastStep * (Math.BitIncrement(Math.Abs(point[i])) - Math.Abs(point[i])));
}
