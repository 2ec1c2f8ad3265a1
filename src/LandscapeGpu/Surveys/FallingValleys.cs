using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Places along one valley that falls for ever are one row: a way along its floor leads from the higher down to the lower.</summary>
internal static class FallingValleys
{
    // Of those below so many are tried, the nearest first.
    private const int MostTries = 4;

    /// <summary>The points, of each valley the lowest with the restarts of all; and for each group the point it came to.</summary>
    /// <param name="objective">On the whole space.</param>
    /// <param name="points">Points, in the units of the formula.</param>
    /// <param name="pointOf">For each group which of them it came to.</param>
    /// <param name="kinds">Bounds of rounding.</param>
    /// <param name="bits">The width of vectors.</param>
    /// <param name="stop">Stops early.</param>
    public static (IReadOnlyList<StationaryPoint> Points, int[] PointOf) Joined(Objective objective, IReadOnlyList<StationaryPoint> points, int[] pointOf, PointKinds kinds, int bits, CancellationToken stop)
    {
        int[] falling = [.. Enumerable.Range(0, points.Count).Where(k => points[k].Kind == StationaryKind.FallingValley).OrderBy(k => points[k].Value)];
        if (falling.Length < 2 || falling.Length > FlatComponents.MostPoints)
        {
            return (points, pointOf);
        }

        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, bits));
        double[][] places = [.. falling.Select(k => objective.Units.Moving(points[k].Place))];
        double[] values = [.. falling.Select(k => points[k].Value * objective.Units.Value)];
        double[] roundings = [.. falling.Select(k => points[k].Rounding * objective.Units.Value)];
        var sets = new DisjointSets(points.Count);
        for (var k = 1; k < falling.Length && !stop.IsCancellationRequested; k++)
        {
            var steep = objective.Dimension - points[falling[k]].FlatDirections;
            var paths = new FlatPaths(objective.Dimension, (between, count) => Floor(between, count, steep), stop) { LeadDown = true };
            var below = Enumerable.Range(0, k).OrderBy(n => Projection.SquaredDistance(places[n], places[k])).DistinctBy(n => sets.Find(falling[n])).Take(MostTries);
            var one = below.FirstOrDefault(n => paths.AreJoined(places, values, roundings, [new(k, n)])[0], -1);
            if (one >= 0)
            {
                sets.Join(falling[one], falling[k]);
            }
        }

        var (joined, now) = (new List<StationaryPoint>(), new int[points.Count]);
        foreach (var members in Enumerable.Range(0, points.Count).GroupBy(sets.Find))
        {
            foreach (var k in members)
            {
                now[k] = joined.Count;
            }

            var lowest = points[members.MinBy(k => points[k].Value)];
            joined.Add(members.Skip(1).Any() ? lowest with { Count = members.Sum(k => points[k].Count), Places = members.Sum(k => points[k].Places) } : lowest);
        }

        return (joined, [.. pointOf.Select(k => now[k])]);

        // The bottom of what is steep.
        PolishedSet Floor(double[] between, int count, int steep)
        {
            var d = objective.Dimension;
            var set = new PolishedSet(d, count);
            for (var k = 0; k < count; k++)
            {
                var place = between.AsSpan(k * d, d).ToArray();
                set.Values[k] = FallingValley.Settled(slopes, place, steep);
                place.CopyTo(set.Points, k * d);
                (set.Roundings[k], set.Stationary[k]) = (kinds.Rounding.ValueBound(place), true);
            }

            return set;
        }
    }
}
