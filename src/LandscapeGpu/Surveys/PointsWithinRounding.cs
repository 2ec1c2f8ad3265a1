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

    /// <summary>Pairs of points that are one.</summary>
    /// <param name="found">Distinct points.</param>
    /// <param name="places">Where they are, in the coordinates that move.</param>
    /// <param name="values">Their values there.</param>
    /// <param name="stop">Stops early.</param>
    public IEnumerable<(int One, int Other)> Pairs(IReadOnlyList<StationaryPoint> found, IReadOnlyList<double[]> places, double[] values, CancellationToken stop)
    {
        // Those that are known well are no hubs, however many they are: nothing is looked at where all are.
        bool[] isVague = [.. found.Select(p => !(p.Uncertainty < Least * tolerance))];
        if (objective.Surface is not null || objective.Region.HasGeneralSides)
        {
            yield break;
        }

        int[][] alike = [.. Enumerable.Range(0, found.Count)
            .Where(k => found[k] is { FlatDirections: 0, Kind: StationaryKind.Minimum or StationaryKind.BoundaryMinimum or StationaryKind.StrictSaddle or StationaryKind.Maximum })
            .GroupBy(k => (found[k].Kind, found[k].Index, Face: string.Join(' ', found[k].AtBound)), (_, members) => members.ToArray())
            .Where(members => members.Length > 1 && members.Any(k => isVague[k]))];
        if (alike.Length == 0)
        {
            yield break;
        }

        using var way = new Way(objective, Derivatives.Of(objective, bits));
        var (sets, left) = (new DisjointSets(found.Count), MostWays);
        foreach (var members in alike)
        {
            // The least known first: one of them may be a hub for all others.
            var byDoubt = members.Where(k => isVague[k]).OrderByDescending(k => way.Doubt(places[k])).ThenBy(k => k);
            var byValue = members.OrderBy(k => values[k]).ToArray();
            foreach (var one in byDoubt)
            {
                foreach (var other in OfOneValue(byValue, one).Where(k => sets.Find(k) != sets.Find(one)))
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

        double Rounding(int k) => found[k].Rounding * objective.Units.Value;

        // The nearest first: whoever is joined by one on the way needs no way of its own.
        IEnumerable<int> OfOneValue(int[] byValue, int one)
        {
            var at = Array.BinarySearch([.. byValue.Select(k => values[k])], values[one]);
            return Neighbours(-1).Concat(Neighbours(1)).OrderBy(k => Projection.SquaredDistance(places[k], places[one]));

            IEnumerable<int> Neighbours(int step)
            {
                for (var k = step < 0 ? at : at + 1; k >= 0 && k < byValue.Length && FlatPaths.AreEqual(values[byValue[k]], values[one], Rounding(byValue[k]) + Rounding(one)); k += step)
                {
                    if (byValue[k] != one)
                    {
                        yield return byValue[k];
                    }
                }
            }
        }
    }

    /// <summary>What is seen on straight ways.</summary>
    private sealed class Way : IDisposable
    {
        // Golden section: no lattice has points at all of these shares.
        private const double GoldenShare = 0.61803398874989485;

        private readonly int d;
        private readonly RoundedDerivatives rounded;
        private readonly Lanes lanes;
        private readonly AlignedMemory data;

        public Way(Objective objective, Derivatives derivatives)
        {
            (d, rounded) = (derivatives.Dimension, derivatives.Rounded);
            lanes = new(rounded.Slope);
            data = rounded.Slope.NewData(objective.Parameters, objective.Replaced);
        }

        /// <summary>The length of what rounding does to the gradient at a point.</summary>
        public double Doubt(double[] point) => Inner.Norm([.. SlopeAt(point).Errors.Where(double.IsFinite)]);

        /// <summary>Whether all the way the gradient is zero to its rounding, but for what bounds hold, and the value the same.</summary>
        public bool IsWithinRounding(double[] from, double[] to, double rounding, IReadOnlyList<int> held)
        {
            var (lowest, highest, steepest) = (double.PositiveInfinity, double.NegativeInfinity, 0.0);
            // What slope polish has left at an end is none that its value could show.
            double[] known = [.. SlopeAt(from).Slope.Zip(SlopeAt(to).Slope, (a, b) => Math.Max(Math.Abs(a), Math.Abs(b)))];
            for (var first = 0; first < Looks; first += lanes.Count)
            {
                for (var l = 0; l < lanes.Count; l++)
                {
                    // The ends themselves are known; between two that mirror each other the middle may be where the formula has no value.
                    var share = (Math.Min(first + l, Looks - 1) + GoldenShare) / Looks;
                    rounded.Write(lanes, l, [.. from.Zip(to, (a, b) => a + (share * (b - a)))]);
                }

                lanes.Run(data);
                var (slope, errors) = (new double[d], new double[d]);
                for (var l = 0; l < Math.Min(lanes.Count, Looks - first); l++)
                {
                    var value = lanes.Read(rounded.Value, 0, l);
                    lanes.Read(rounded.Gradient, l, slope);
                    lanes.Read(rounded.GradientError, l, errors);
                    for (var i = 0; i < d; i++)
                    {
                        if (!held.Contains(i) && !(Math.Abs(slope[i]) <= known[i]) && !Stationarity.IsZero(slope[i], errors[i]))
                        {
                            return false;
                        }

                        steepest = Math.Max(steepest, held.Contains(i) ? 0 : Math.Abs(slope[i]));
                    }

                    (lowest, highest) = (Math.Min(lowest, value), Math.Max(highest, value));
                }
            }

            return SamePoint.HaveOneValue(lowest, highest, steepest * Math.Sqrt(d), Math.Sqrt(Projection.SquaredDistance(from, to)), rounding);
        }

        public void Dispose()
        {
            lanes.Dispose();
            data.Dispose();
        }

        private (double[] Slope, double[] Errors) SlopeAt(double[] point)
        {
            for (var l = 0; l < lanes.Count; l++)
            {
                rounded.Write(lanes, l, point);
            }

            lanes.Run(data);
            var (slope, errors) = (new double[d], new double[d]);
            lanes.Read(rounded.Gradient, 0, slope);
            lanes.Read(rounded.GradientError, 0, errors);
            return (slope, errors);
        }
    }
}
