namespace LandscapeGpu.Valleys;

/// <summary>Joins components of flat sets whose points lie too far apart for a straight way: each is led along its floor towards one point after another, and joined there with what is near.</summary>
/// <remarks>
/// A step goes along the flat directions, a share of what they have of the way to that point, and back to the floor by Newton's method; it counts where <see cref="FlatPaths"/> joins its two ends:
/// nothing leaves its component. Factors of a matrix (UA, VA⁻ᵀ), a body that is moved and turned, scaled units of networks: a floor without an end has points at any distance, and few
/// of them near each other.
/// </remarks>
/// <param name="paths">Which of two points belong together.</param>
/// <param name="nearest">From each of count × d coordinates, the point nearby that belongs on a path.</param>
/// <param name="flat">What flat directions have of a way.</param>
/// <param name="same">The distance within which two points are one.</param>
/// <param name="threads">On so many threads at most.</param>
internal sealed class GatheredFloors(FlatPaths paths, Func<double[], int, PolishedSet> nearest, IFlatPart flat, double same, int threads)
{
    // After so many steps those that have come near each other are joined, and one of them goes on for all.
    private const int StepsOfRound = 8;
    private const int Rounds = 8;

    private const double LongestShare = 0.5;
    private const double LeastShare = 1.0 / 64;

    // A step has to bring half of what its direction promises.
    private const double LeastGain = 0.5;

    // Of the distance: where flat directions have less of it, this is the floor's nearest place.
    private const double Arrived = 1e-3;

    // A component's way of a round is some 100 walks.
    private const double WalksOfOne = 100;

    /// <summary>The component of each point: the number of its first point.</summary>
    /// <param name="points">The points, d coordinates each.</param>
    /// <param name="values">Their values.</param>
    /// <param name="roundings">Bounds of the values' rounding.</param>
    /// <param name="flatDirections">How many directions are flat at each.</param>
    /// <param name="roots">Their components as far as they are known.</param>
    public int[] Join(double[][] points, double[] values, double[] roundings, int[] flatDirections, int[] roots)
    {
        double[] middle = [.. Enumerable.Range(0, points[0].Length).Select(i => points.Select(p => p[i]).Order().ElementAt(points.Length / 2))];
        var sets = new DisjointSets(points.Length);
        for (var k = 0; k < points.Length; k++)
        {
            sets.Join(k, roots[k]);
        }

        var at = Enumerable.Range(0, points.Length).GroupBy(k => roots[k]).Select(c => new Walker(c.MinBy(k => Projection.SquaredDistance(points[k], middle)), points)).ToList();
        var (goals, work) = (new HashSet<int>(), 0.0);
        for (var round = 0; round < Rounds && !paths.IsStopped; round++)
        {
            at = OfOneValue(at);
            // First the nearest to the middle, then where most have gathered: from a body of the other hand there are several nearest ways to turn, from one of the same there is one.
            var goal = at.Where(w => !goals.Contains(w.Number)).OrderBy(w => round == 0 ? 0 : -w.Gathered).ThenBy(w => Projection.SquaredDistance(w.Point, middle)).FirstOrDefault();
            work += at.Count * WalksOfOne;
            if (goal is null || work > flat.MostWalks)
            {
                break;
            }

            goals.Add(goal.Number);
            Lead(at, goal.Point);
            at = Together(at, goal);
        }

        return sets.Roots();

        bool AreEqual(Walker a, Walker b) => FlatPaths.AreEqual(values[a.Number], values[b.Number], roundings[a.Number] + roundings[b.Number]);

        // Those that have another of their value, which they may be one with.
        List<Walker> OfOneValue(List<Walker> all)
        {
            Walker[] order = [.. all.OrderBy(w => values[w.Number])];
            return [.. order.Where((w, k) => (k > 0 && AreEqual(order[k - 1], w)) || (k + 1 < order.Length && AreEqual(w, order[k + 1]))).OrderBy(w => w.Number)];
        }

        // One of each component that is left, the nearest to where all were going.
        List<Walker> Together(List<Walker> all, Walker goal)
        {
            var apart = new List<Walker>();
            foreach (var walker in all)
            {
                if (apart.Find(a => AreEqual(a, walker) && Projection.SquaredDistance(a.Point, walker.Point) <= same * same) is { } there)
                {
                    sets.Join(there.Number, walker.Number);
                }
                else
                {
                    apart.Add(walker);
                }
            }

            var joined = new FlatComponents([.. apart.Select(w => w.Point)], [.. apart.Select(w => values[w.Number])], [.. apart.Select(w => roundings[w.Number])], paths, threads).Find();
            for (var k = 0; k < apart.Count; k++)
            {
                sets.Join(apart[k].Number, apart[joined[k]].Number);
            }

            var gathered = all.GroupBy(w => sets.Find(w.Number)).ToDictionary(c => c.Key, c => c.Sum(w => w.Gathered));
            var left = apart.GroupBy(w => sets.Find(w.Number)).Select(c => (Walker: c.MinBy(w => Projection.SquaredDistance(w.Point, goal.Point))!, Gathered: gathered[c.Key])).ToList();
            left.ForEach(c => c.Walker.Gathered = c.Gathered);
            goals.UnionWith(left.Where(c => sets.Find(c.Walker.Number) == sets.Find(goal.Number)).Select(c => c.Walker.Number));
            return [.. left.Select(c => c.Walker)];
        }

        void Lead(List<Walker> all, double[] goal)
        {
            all.ForEach(w => w.Begin());
            for (var step = 0; step < StepsOfRound && !paths.IsStopped; step++)
            {
                Walker[] open = [.. all.Where(w => w.Share >= LeastShare)];
                if (open.Length == 0)
                {
                    return;
                }

                double[][] ways = [.. open.Select(w => flat.Of(w.Point, [.. w.Point.Zip(goal, (x, g) => g - x)], flatDirections[w.Number]))];
                // How near its square is to be, of what it was; nowhere where it has arrived.
                double[] asked = [.. open.Select((w, k) => (Way: Inner.Product(ways[k], ways[k]), Whole: Projection.SquaredDistance(w.Point, goal), w.Share))
                    .Select(a => Arrived * Arrived * a.Whole < a.Way ? a.Whole - (LeastGain * a.Share * a.Way) : 0)];
                var came = nearest([.. open.SelectMany((w, k) => w.Point.Zip(ways[k], (x, v) => x + (w.Share * v)))], open.Length);
                double[][] there = [.. open.Select((_, k) => came.Points.AsSpan(k * middle.Length, middle.Length).ToArray())];
                int[] nearer = [.. Enumerable.Range(0, open.Length).Where(k => came.Stationary[k] && FlatPaths.AreEqual(values[open[k].Number], came.Values[k], roundings[open[k].Number] + came.Roundings[k])
                    && Projection.SquaredDistance(there[k], goal) < asked[k])];
                // Beginnings and ends of all steps, one after the other.
                var joined = paths.AreJoined(
                    [.. nearer.SelectMany(k => new[] { open[k].Point, there[k] })],
                    [.. nearer.SelectMany(k => new[] { values[open[k].Number], came.Values[k] })],
                    [.. nearer.SelectMany(k => new[] { roundings[open[k].Number], came.Roundings[k] })],
                    [.. nearer.Select((_, n) => new FlatPair(2 * n, (2 * n) + 1))]);
                var went = nearer.Where((_, n) => joined[n]).ToHashSet();
                for (var k = 0; k < open.Length; k++)
                {
                    open[k].Take(went.Contains(k) ? there[k] : null);
                }
            }
        }
    }

    /// <summary>The point that goes for its component.</summary>
    private sealed class Walker(int number, double[][] points)
    {
        private bool hasGone;

        public int Number { get; } = number;

        /// <summary>How many components have come together in it.</summary>
        public int Gathered { get; set; } = 1;

        public double[] Point { get; private set; } = points[number];

        /// <summary>How much of its way it tries next.</summary>
        public double Share { get; private set; } = LongestShare;

        public void Begin() => (Share, hasGone) = (LongestShare, false);

        /// <summary>Goes on, by more after a second step that was good; without a place to go to, tries half as much.</summary>
        public void Take(double[]? there)
        {
            (Share, hasGone) = there is null ? (0.5 * Share, false) : (hasGone ? Math.Min(LongestShare, 2 * Share) : Share, true);
            Point = there ?? Point;
        }
    }
}
