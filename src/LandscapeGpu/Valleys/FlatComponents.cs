namespace LandscapeGpu.Valleys;

/// <summary>Groups stationary points with flat directions into connected components: points of one valley are one minimum, however many are met.</summary>
/// <remarks>
/// Points are placed one after the other, beside the nearest of equal value that a path joins them with; then components that
/// have grown towards each other are joined. A component that is found is one; two may still be one, where the path between
/// them is more winding than <see cref="FlatPaths"/> follows.
/// </remarks>
/// <param name="points">The points, d coordinates each.</param>
/// <param name="values">Their values.</param>
/// <param name="roundings">Bounds of the values' rounding.</param>
/// <param name="paths">Which of two points belong together.</param>
/// <param name="threads">On so many threads at most.</param>
/// <param name="progress">Told how many more points were tried with those of their value.</param>
internal sealed class FlatComponents(double[][] points, double[] values, double[] roundings, FlatPaths paths, int threads, Action<long>? progress = null)
{
    /// <summary>Beyond this, points are not compared with each other.</summary>
    public const int MostPoints = 20_000;

    // A point is tried with so many components before it begins one of its own.
    private const int Tries = 3;

    private const int Rounds = 8;

    private readonly DisjointSets sets = new(points.Length);

    // Ordered by value; only neighbours in it can be of equal value.
    private readonly int[] order = [.. Enumerable.Range(0, points.Length).OrderBy(k => values[k])];

    // From the same point to the same point the path is the same: a pair that was refused is not walked again.
    private readonly HashSet<FlatPair> apart = [];

    /// <summary>The component of each point: the number of its first point.</summary>
    public int[] Find()
    {
        // Points of one value know nothing of those of another, so that all groups' pairs are walked side by side: a walk has whole lanes' work for one point.
        var searches = GroupsOfOneValue().Select(g => Components(g).GetEnumerator()).ToList();
        while (true)
        {
            searches.RemoveAll(s => !s.MoveNext());
            if (searches.Count == 0)
            {
                return sets.Roots();
            }

            Join([.. searches.Select(s => s.Current)]);
        }
    }

    private IEnumerable<int[]> GroupsOfOneValue()
    {
        for (int begin = 0, end; begin < order.Length; begin = end)
        {
            end = begin + 1;
            while (end < order.Length && FlatPaths.AreEqual(values[order[end - 1]], values[order[end]], roundings[order[end - 1]] + roundings[order[end]]))
            {
                end++;
            }

            progress?.Invoke(1);
            if (end - begin > 1)
            {
                yield return [.. order[begin..end].Order()];
            }
        }
    }

    /// <summary>Places each point of a group, then joins components.</summary>
    /// <returns>Questions, each answered before the next is asked.</returns>
    private IEnumerable<Question> Components(int[] group)
    {
        for (var placed = 1; placed < group.Length && !paths.IsStopped;)
        {
            var batch = group.AsSpan(placed, Math.Min(placed, group.Length - placed)).ToArray();
            var among = group.AsSpan(0, placed).ToArray();
            var refused = new HashSet<(int Point, int Component)>();
            for (var attempt = 0; attempt < Tries && batch.Length > 0; attempt++)
            {
                // Those that stay apart are tried with another.
                var roots = sets.Roots();
                var question = new Question([.. Nearest(batch, among, roots, refused).Where(p => p.Nearest.Other >= 0).Select(p => new FlatPair(p.Point, p.Nearest.Other))], roots, refused);
                yield return question;
                batch = [.. question.Pairs.Where((_, k) => !question.Joined[k]).Select(p => p.From)];
            }

            progress?.Invoke(Math.Min(placed, group.Length - placed));
            placed += Math.Min(placed, group.Length - placed);
        }

        foreach (var question in Merge(group))
        {
            yield return question;
        }
    }

    /// <summary>Joins components that have grown towards each other, each with the one it comes closest to.</summary>
    private IEnumerable<Question> Merge(int[] group)
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
            var question = new Question([.. closest.Select(p => new FlatPair(p.Point, p.Nearest.Other))], roots, refused);
            yield return question;
            if (!question.Joined.Contains(true))
            {
                yield break;
            }
        }
    }

    /// <summary>Answers all: which of their pairs a path joins.</summary>
    private void Join(Question[] questions)
    {
        FlatPair[] pairs = [.. questions.SelectMany(q => q.Pairs).Where(p => !apart.Contains(p))];
        var found = paths.AreJoined(points, values, roundings, pairs);
        var joined = pairs.Where((_, k) => found[k]).ToHashSet();
        if (!paths.IsStopped)
        {
            apart.UnionWith(pairs.Where((_, k) => !found[k]));
        }

        foreach (var question in questions)
        {
            for (var k = 0; k < question.Pairs.Length; k++)
            {
                var pair = question.Pairs[k];
                question.Joined[k] = joined.Contains(pair);
                if (question.Joined[k])
                {
                    sets.Join(pair.From, pair.To);
                }
                else
                {
                    question.Refused.Add((pair.From, question.Roots[pair.To]));
                }
            }
        }
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

    /// <summary>Which of some pairs of one group are joined.</summary>
    /// <param name="Pairs">Those asked about.</param>
    /// <param name="Roots">The component of each point as it is asked.</param>
    /// <param name="Refused">Where a pair that is not joined is noted.</param>
    private sealed record Question(FlatPair[] Pairs, int[] Roots, HashSet<(int Point, int Component)> Refused)
    {
        /// <summary>Whether each is joined, once this is answered.</summary>
        public bool[] Joined { get; } = new bool[Pairs.Length];
    }
}
