namespace LandscapeGpu.Surveys;

/// <summary>Points whose values rounding hides so far that an isolated minimum elsewhere, whose value is known, may be as low: nothing says which of them is lower or what they are, and nothing is made one with them.</summary>
/// <remarks>
/// An exponential of e⁴⁵ with a factor that is 0 to more digits than its side of a box has is anything, and every minimum elsewhere is as low as far as rounding tells. Of a perfect fit,
/// whose value is 0 to the last digit, no other minimum's value is known to be as small.
/// </remarks>
internal static class DrownedPoints
{
    // Of 1 + ‖x‖: what is nearer may be a place beside the same minimum.
    private const double Far = 0.125;

    /// <summary>The points; those whose values are not known against a minimum elsewhere are undecided.</summary>
    /// <param name="points">The points.</param>
    /// <param name="places">Where they are, in the coordinates that move.</param>
    /// <param name="region">The region.</param>
    /// <param name="isAny">Whether all kinds are asked, and not only minima, which are still to be made one with others.</param>
    public static IReadOnlyList<StationaryPoint> Undecided(IReadOnlyList<StationaryPoint> points, IReadOnlyList<double[]> places, Region region, bool isAny)
    {
        int[] known = [.. Enumerable.Range(0, points.Count).Where(k => (points[k].Kind == StationaryKind.Minimum || (isAny && points[k].Kind == StationaryKind.BoundaryMinimum)) && points[k].Value != 0 && !IsInDoubt(points[k]))];
        return known.Length == 0 ? points : [.. points.Select((p, k) => (isAny || p.IsMinimum) && IsInDoubt(p) && known.Any(other => MayBeAsHigh(k, other)) ? p with { Kind = StationaryKind.Undecided } : p)];

        bool MayBeAsHigh(int k, int other) =>
            (Math.Abs(points[k].Value - points[other].Value) <= Stationarity.Margin * points[k].Rounding || (isAny && MayFallTo(points[k], points[other].Value)))
            && Math.Sqrt(Projection.SquaredDistance(places[k], places[other])) > Far * region.Reach(places[k]);
    }

    /// <summary>Whether nothing shows that a floor is level: its height above a lower minimum is not known to half the digits.</summary>
    private static bool MayFallTo(StationaryPoint floor, double lower) =>
        floor is { IsMinimum: true, FlatDirections: > 0 } && lower < floor.Value && Stationarity.Margin * floor.Rounding > Stationarity.HalfTheDigits * (floor.Value - lower);

    // At a cusp derivatives and bounds are infinite, and the value may be known; where only the bound is, what one rounding of the coordinates does to the value says how far it is.
    private static bool IsInDoubt(StationaryPoint point) =>
        (double.IsFinite(point.Rounding) ? Stationarity.Margin * point.Rounding : point.GradientNorm * Stationarity.UnitRoundoff * Inner.Norm([.. point.Point])) > Stationarity.HalfTheDigits * Math.Abs(point.Value);
}
