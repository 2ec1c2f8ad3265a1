using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Places on a floor that falls are those of the minimum that it leads down to, where that is among the points.</summary>
/// <remarks>
/// Polish holds a place for stationary where walls hide the slope along the floor between them; other restarts have come to the floor's end. A flat minimum at the place of an isolated one is
/// such a place as well.
/// </remarks>
internal static class FloorsLedDown
{
    // As many floors are walked along; a survey has few of them.
    private const int MostFloors = 64;

    /// <summary>The points, and for each group the point it came to.</summary>
    /// <param name="objective">Where floors can be walked along.</param>
    /// <param name="points">Points, in the units of the formula.</param>
    /// <param name="pointOf">For each group which of them it came to.</param>
    /// <param name="tolerance">The distance within which identity joins what is one.</param>
    /// <param name="bits">The width of vectors.</param>
    /// <param name="stop">Stops early.</param>
    public static (IReadOnlyList<StationaryPoint> Points, int[] PointOf) Joined(Objective objective, IReadOnlyList<StationaryPoint> points, int[] pointOf, double tolerance, int bits, CancellationToken stop)
    {
        int[] floors = [.. Enumerable.Range(0, points.Count).Where(k => points[k] is { Kind: StationaryKind.FallingValley } or { Kind: StationaryKind.DegenerateMinimum, RisesAllRound: false }).Take(MostFloors)];
        int[] ends = [.. Enumerable.Range(0, points.Count).Where(k => points[k].Kind is StationaryKind.Minimum or StationaryKind.BoundaryMinimum)];
        if (floors.Length == 0 || ends.Length == 0 || !FloorWalk.Has(objective))
        {
            return (points, pointOf);
        }

        var derivatives = Derivatives.Of(objective, bits);
        using var slopes = new PointDerivatives(objective, derivatives);
        using var rounding = new HessianRounding(objective, derivatives);
        using var walk = new FloorWalk(objective, derivatives, slopes, rounding);
        double[][] places = [.. points.Select(p => objective.Units.Moving(p.Place))];
        int[] home = [.. Enumerable.Range(0, points.Count)];
        foreach (var k in floors.TakeWhile(_ => !stop.IsCancellationRequested))
        {
            var (place, value, doubt) = points[k].Kind == StationaryKind.FallingValley ? Bottom(places[k]) : (places[k], points[k].Value * objective.Units.Value, points[k].Rounding * objective.Units.Value);
            home[k] = ends.FirstOrDefault(end => Math.Sqrt(Projection.SquaredDistance(places[end], place)) <= tolerance && FlatPaths.AreEqual(points[end].Value * objective.Units.Value, value, doubt + (points[end].Rounding * objective.Units.Value)), k);
        }

        int[] left = [.. Enumerable.Range(0, points.Count).Where(k => home[k] == k)];
        var counts = Enumerable.Range(0, points.Count).ToLookup(k => home[k], k => points[k].Count);
        return ([.. left.Select(k => points[k] with { Count = counts[k].Sum() })], [.. pointOf.Select(k => Array.IndexOf(left, home[k]))]);

        // Where a floor leads down to, polished; the place itself where it leads nowhere.
        (double[] Place, double Value, double Doubt) Bottom(double[] start)
        {
            if (walk.Down(start) is not { } walked)
            {
                return (start, double.NaN, 0);
            }

            var set = new LanePolish(objective, derivatives, 1).Run(walked.End.Point, 1, null, stop);
            return (set.Points, set.Stationary[0] ? set.Values[0] : double.NaN, set.Roundings[0]);
        }
    }
}
