namespace LandscapeGpu.Valleys;

/// <summary>Groups stationary points with flat directions into connected components: points of one valley are one minimum, however many are met.</summary>
/// <remarks>
/// Points are placed one after the other, beside the nearest of equal value that a path joins them with; then components that
/// have grown towards each other are joined. A component that is found is one; two may still be one, where the path between
/// them is more winding than <see cref="FlatPaths"/> follows.
/// </remarks>
internal sealed class FlatComponents(double[][] points, double[] values, double[] roundings, FlatPaths paths, int threads)
{
    /// <summary>Beyond this, points are not compared with each other.</summary>
    public const int MostPoints = 20_000;

    // A point is tried with so many components before it begins one of its own.
    private const int Tries = 3;

    private const int Rounds = 8;

    private readonly DisjointSets sets = new(points.Length);

    // Ordered by value; only neighbours in it can be of equal value.
    private readonly int[] order = [.. Enumerable.Range(0, points.Length).OrderBy(k => values[k])];

    /// <summary>The component of each point: the number of its first point.</summary>
    public int[] Find()
    {
        for (int begin = 0, end; begin < order.Length; begin = end)
        {
            end = begin + 1;
            while (end < order.Length && FlatPaths.AreEqual(values[order[end - 1]], values[order[end]], roundings[order[end - 1]] + roundings[order[end]]))
            {
                end++;
            }

            if (end - begin > 1)
            {
                Place(order.AsSpan(begin, end - begin).ToArray());
            }
        }

        return sets.Roots();
    }

    private void Place(int[] group)
    {
        Array.Sort(group);
        for (var placed = 1; placed < group.Length && !paths.IsStopped;)
        {
            var batch = group.AsSpan(placed, Math.Min(placed, group.Length - placed)).ToArray();
            var among = group.AsSpan(0, placed).ToArray();
            var refused = new HashSet<(int Point, int Component)>();
            for (var attempt = 0; attempt < Tries && batch.Length > 0; attempt++)
            {
                batch = Attempt(batch, among, refused);
            }

            placed += Math.Min(placed, group.Length - placed);
        }

        Merge(group);
    }

    /// <summary>Joins components that have grown towards each other, each with the one it comes closest to.</summary>
    private void Merge(int[] group)
    {
        var refused = new HashSet<(int Point, int Component)>();
        for (var round = 0; round < Rounds && !paths.IsStopped; round++)
        {
            var roots = sets.Roots();
            var closest = Nearest(group, group, roots, refused)
                .Where(p => p.Nearest.Other >= 0)
                .GroupBy(p => roots[p.Point])
                .Select(component => component.MinBy(p => p.Nearest.Distance))
                .ToArray();
            var joined = Join([.. closest.Select(p => new FlatPair(p.Point, p.Nearest.Other))], roots, refused);
            if (!joined.Contains(true))
            {
                return;
            }
        }
    }

    /// <summary>Tries to join each point to the nearest of the others; those that stay apart are returned.</summary>
    private int[] Attempt(int[] batch, int[] among, HashSet<(int Point, int Component)> refused)
    {
        var roots = sets.Roots();
        FlatPair[] pairs = [.. Nearest(batch, among, roots, refused).Where(p => p.Nearest.Other >= 0).Select(p => new FlatPair(p.Point, p.Nearest.Other))];
        var joined = Join(pairs, roots, refused);
        return [.. pairs.Where((_, k) => !joined[k]).Select(p => p.From)];
    }

    private bool[] Join(FlatPair[] pairs, int[] roots, HashSet<(int Point, int Component)> refused)
    {
        var joined = paths.AreJoined(points, values, roundings, pairs);
        for (var k = 0; k < pairs.Length; k++)
        {
            if (joined[k])
            {
                sets.Join(pairs[k].From, pairs[k].To);
            }
            else
            {
                refused.Add((pairs[k].From, roots[pairs[k].To]));
            }
        }

        return joined;
    }

    /// <remarks>Not by a parallel query: in order, its parts wait for one another, and where other work keeps all cores busy the pool begins no thread for the second.</remarks>
    private (int Point, (int Other, double Distance) Nearest)[] Nearest(int[] points, int[] among, int[] roots, HashSet<(int Point, int Component)> refused)
    {
        var nearest = new (int Point, (int Other, double Distance) Nearest)[points.Length];
        Parallel.For(0, points.Length, new() { MaxDegreeOfParallelism = threads }, k => nearest[k] = (points[k], Nearest(points[k], among, roots, refused)));
        return nearest;
    }

    private (int Other, double Distance) Nearest(int point, int[] among, int[] roots, HashSet<(int Point, int Component)> refused)
    {
        var nearest = (Other: -1, Distance: double.PositiveInfinity);
        foreach (var other in among)
        {
            if (roots[other] != roots[point])
            {
                var distance = Projection.SquaredDistance(points[point], points[other]);
                if (distance < nearest.Distance && !refused.Contains((point, roots[other])))
                {
                    nearest = (other, distance);
                }
            }
        }

        return nearest;
    }
}
