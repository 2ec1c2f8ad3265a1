using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Isolated stationary points between which rounding tells nothing apart are one: all the way from one to the other the gradient is zero to its own rounding, and the value is the same.</summary>
/// <remarks>
/// Polish ends wherever the gradient is within the bound of its rounding, and that may be far from where it is zero: where a formula loses digits, or is soft beside its size. A pair of distinct
/// minima has a barrier between them, whose slope is more than its rounding, or nobody can know that it is there.
/// </remarks>
/// <param name="objective">Whose points they are.</param>
/// <param name="bits">The width of vectors.</param>
/// <param name="tolerance">Identity has joined what lies nearer than this, in the coordinates that move, as far as the points are known.</param>
internal sealed class PointsWithinRounding(Objective objective, int bits, double tolerance)
{
    // Uncertainties below are far within what identity has looked at: it gives them eight times their length, and two of them make a distance.
    private const double Least = 1.0 / 32;

    // So many places on the way from one point to another.
    private const int Looks = 16;

    // A second or two of a plain formula: what is not looked at by then is left apart.
    private const int MostWays = 1 << 16;

    // A second of comparing numbers.
    private const long MostPairs = 1 << 27;

    /// <summary>Pairs of points that are one.</summary>
    /// <param name="found">Distinct points.</param>
    /// <param name="places">Where they are, in the coordinates that move.</param>
    /// <param name="values">Their values there.</param>
    /// <param name="stop">Stops early.</param>
    public IEnumerable<(int One, int Other)> Pairs(IReadOnlyList<StationaryPoint> found, IReadOnlyList<double[]> places, double[] values, CancellationToken stop)
    {
        if (objective.Surface is not null || objective.Region.HasGeneralSides)
        {
            yield break;
        }

        int[][] alike = [.. Enumerable.Range(0, found.Count)
            .Where(k => found[k] is { FlatDirections: 0, Kind: StationaryKind.Minimum or StationaryKind.BoundaryMinimum or StationaryKind.StrictSaddle or StationaryKind.Maximum, Eigenvalues.Count: > 0 })
            .GroupBy(k => (found[k].Kind, found[k].Index, Face: string.Join(' ', found[k].AtBound)), (_, members) => members.ToArray())
            .Where(members => members.Length > 1)];
        if (alike.Length == 0)
        {
            yield break;
        }

        using var way = new Way(objective, Derivatives.Of(objective, bits));
        var unit = objective.Units.Value * Enumerable.Range(0, objective.Dimension).Min(i => objective.Units.Length(i) * objective.Units.Length(i));
        var (sets, left, pairs) = (new DisjointSets(found.Count), MostWays, MostPairs);
        foreach (var members in alike)
        {
            // Those that are known well are no hubs, however many they are. The least known first: one of them may be a hub for all others.
            int[] doubtful = [.. members.Where(IsDoubtful)];
            var doubts = way.Doubts([.. doubtful.Select(k => places[k])], found[members[0]].AtBound);
            var byDoubt = Enumerable.Range(0, doubtful.Length).Where(m => IsVague(doubtful[m], doubts[m])).OrderByDescending(m => doubts[m]).ThenBy(m => m).Select(m => doubtful[m]).ToArray();
            if (byDoubt.Length == 0)
            {
                continue;
            }

            var byValue = members.OrderBy(k => values[k]).ToArray();
            double[] ordered = [.. byValue.Select(k => values[k])];
            foreach (var one in byDoubt)
            {
                var open = OfOneValue(byValue, Array.BinarySearch(ordered, values[one]), one).ToArray();
                pairs -= open.Length;
                if (pairs < 0)
                {
                    yield break;
                }

                // The nearest first: whoever is joined by one on the way needs no way of its own.
                foreach (var other in open.Where(k => sets.Find(k) != sets.Find(one)).OrderBy(k => Projection.SquaredDistance(places[k], places[one])).Where(k => sets.Find(k) != sets.Find(one)))
                {
                    if (--left < 0 || stop.IsCancellationRequested)
                    {
                        yield break;
                    }

                    if (way.IsWithinRounding(places[one], places[other], Rounding(one) + Rounding(other), found[one].AtBound))
                    {
                        sets.Join(one, other);
                        yield return (one, other);
                    }
                }
            }
        }

        // Steps of a Hessian that is shifted by half the digits say nothing about how far the zero is along curvatures that are less.
        bool IsDoubtful(int k) => !(found[k].Uncertainty < Least * tolerance) || !((found[k].ConditionInUnits ?? found[k].ConditionNumber) < 1 / (Stationarity.Margin * Stationarity.HalfTheDigits));

        // How far the zero of the slope may be, along the least curvature.
        bool IsVague(int k, double doubt) => !(found[k].Uncertainty < Least * tolerance) || !(Stationarity.Margin * doubt < Least * tolerance * found[k].Eigenvalues.Min(Math.Abs) * unit);

        double Rounding(int k) => found[k].Rounding * objective.Units.Value;

        IEnumerable<int> OfOneValue(int[] byValue, int at, int one)
        {
            foreach (var step in (int[])[-1, 1])
            {
                for (var k = step < 0 ? at : at + 1; k >= 0 && k < byValue.Length && FlatPaths.AreEqual(values[byValue[k]], values[one], Rounding(byValue[k]) + Rounding(one)); k += step)
                {
                    yield return byValue[k];
                }
            }
        }
    }

    /// <summary>What is seen on straight ways.</summary>
    private sealed class Way(Objective objective, Derivatives derivatives) : IDisposable
    {
        // A way bends by less than a twentieth of its length.
        private const double Straight = 0.05;

        private readonly int d = derivatives.Dimension;
        private readonly RoundedDerivatives rounded = derivatives.Rounded;
        private readonly Lanes lanes = objective.OnLanes(derivatives.Rounded.Slope);
        private LaneHessians? hessians;

        /// <summary>The length of what rounding does to the gradient at points, but for what bounds hold.</summary>
        public double[] Doubts(double[][] points, IReadOnlyList<int> held) => [.. Look(points).Select(s => Inner.Norm([.. s.Errors.Where((e, i) => double.IsFinite(e) && !held.Contains(i))]))];

        /// <summary>Whether all the way the gradient is zero to its rounding, but for what bounds hold, and the value the same; the way bends where a stiff direction asks for it.</summary>
        public bool IsWithinRounding(double[] from, double[] to, double rounding, IReadOnlyList<int> held)
        {
            // What slope polish has left at an end is none that its value could show.
            double[] known = [.. SlopeAt(from).Slope.Zip(SlopeAt(to).Slope, (a, b) => Math.Max(Math.Abs(a), Math.Abs(b)))];
            // The ends themselves are known; between two that mirror each other the middle may be where the formula has no value.
            double[][] places = [.. Enumerable.Range(0, Looks).Select(k => At((k + FlatPaths.GoldenShare) / Looks))];
            var length = Math.Sqrt(Projection.SquaredDistance(from, to));
            var seen = Look(places);
            if (!seen.All(IsZero))
            {
                if (held.Count > 0 || d > LanePolish.MostCoordinates || !TryBend(from, places, seen, length))
                {
                    return false;
                }

                seen = Look(places);
            }

            return seen.All(IsZero) && SamePoint.HaveOneValue(seen.Min(s => s.Value), seen.Max(s => s.Value), seen.Max(s => Inner.Norm([.. s.Slope.Where((_, i) => !held.Contains(i))])), length, rounding);

            double[] At(double share) => [.. from.Zip(to, (a, b) => a + (share * (b - a)))];

            bool IsZero((double Value, double[] Slope, double[] Errors) s) =>
                Enumerable.Range(0, d).All(i => held.Contains(i) || Math.Abs(s.Slope[i]) <= known[i] || Stationarity.IsZero(s.Slope[i], s.Errors[i]));
        }

        /// <summary>Moves places of a straight way onto the valley that it cuts across, by Newton's steps whose shift leaves soft directions alone; false where that is far.</summary>
        private bool TryBend(double[] from, double[][] places, (double Value, double[] Slope, double[] Errors)[] seen, double length)
        {
            hessians ??= new(derivatives, objective);
            var (hessian, factor, pivots) = (hessians.At(from), new double[d * d], new double[d]);
            for (var k = 0; k < places.Length; k++)
            {
                double[] step = [.. seen[k].Slope.Select(g => -g)];
                ArrayFactors.Of(hessian, factor, pivots).Solve(new(step));
                if (!(Inner.Norm(step) <= Straight * length))
                {
                    return false;
                }

                places[k] = [.. places[k].Zip(step, (x, p) => x + p)];
            }

            return true;
        }

        private (double Value, double[] Slope, double[] Errors)[] Look(double[][] places)
        {
            var seen = new (double Value, double[] Slope, double[] Errors)[places.Length];
            lanes.ForEach(places.Length, (k, lane) => rounded.Write(lanes, lane, places[k]), (k, lane) =>
            {
                seen[k] = (lanes.Read(rounded.Value, 0, lane), new double[d], new double[d]);
                lanes.Read(rounded.Gradient, lane, seen[k].Slope);
                lanes.Read(rounded.GradientError, lane, seen[k].Errors);
            });
            return seen;
        }

        public void Dispose()
        {
            lanes.Dispose();
            hessians?.Dispose();
        }

        private (double Value, double[] Slope, double[] Errors) SlopeAt(double[] point) => Look([point])[0];
    }
}
