using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Level floors that meet at a corner are one flat set, as x = 0 and y = 0 are of xy where neither is negative; so are points of a floor on which curvatures are not finite.</summary>
/// <remarks>
/// Paths of stationary points (<see cref="FlatPaths"/>) join what lies in one smooth floor. The way here leads along every axis that is level from the one as far as the other is, then straight to
/// where the same from the other comes, and every place on it has to be level.
/// </remarks>
internal sealed class MeetingFloors(Objective objective, int bits)
{
    // So many of the nearest others are tried, and so many places on each piece of the way to them.
    private const int MostTries = 8;
    private const int Looks = 16;

    // A second or two of a plain formula: what is not looked at by then is left apart.
    private const int MostValues = 1 << 18;

    /// <summary>Pairs of points of one flat set.</summary>
    /// <param name="found">Distinct points.</param>
    /// <param name="places">Where they are, in the coordinates that move.</param>
    /// <param name="values">Their values there.</param>
    /// <param name="valley">The set of each, as far as it is known.</param>
    /// <param name="stop">Stops early.</param>
    public IEnumerable<(int One, int Other)> Pairs(IReadOnlyList<StationaryPoint> found, IReadOnlyList<double[]> places, double[] values, int[] valley, CancellationToken stop)
    {
        int[] floor = [.. Enumerable.Range(0, found.Count).Where(k => found[k].Kind is StationaryKind.SingularMinimum or StationaryKind.DegenerateMinimum)];
        if (objective.Surface is not null || floor.Length > FlatComponents.MostPoints || floor.DistinctBy(k => valley[k]).Take(2).Count() < 2)
        {
            yield break;
        }

        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, bits));
        var (sets, left) = (new DisjointSets(found.Count), MostValues);
        foreach (var k in floor)
        {
            sets.Join(k, valley[k]);
        }

        foreach (var one in floor)
        {
            var others = floor.Where(k => valley[k] != valley[one] && AreEqual(one, k, values[k])).OrderBy(k => Projection.SquaredDistance(places[k], places[one])).DistinctBy(k => valley[k]).Take(MostTries);
            foreach (var other in others.Where(k => sets.Find(k) != sets.Find(one)))
            {
                if (left <= 0 || stop.IsCancellationRequested)
                {
                    yield break;
                }

                if (IsLevel(one, other, Along(one, other), Along(other, one)))
                {
                    sets.Join(one, other);
                    yield return (one, other);
                }
            }
        }

        // Where level axes lead from a point, each as far as another is.
        double[] Along(int from, int to)
        {
            var at = (double[])places[from].Clone();
            for (var i = 0; i < at.Length; i++)
            {
                double[] next = [.. at];
                next[i] = places[to][i];
                at = next[i] == at[i] || !IsLevel(from, to, at, next) ? at : next;
            }

            return at;
        }

        bool IsLevel(int one, int other, double[] from, double[] to) => Between(from, to).All(point =>
        {
            left--;
            return AreEqual(one, other, slopes.Value(point));
        });

        bool AreEqual(int one, int other, double value) => FlatPaths.AreEqual(value, values[one], (found[one].Rounding + found[other].Rounding) * objective.Units.Value);
    }

    /// <summary>Points of a straight way, near its beginning too, where it leaves an isolated minimum.</summary>
    public static IEnumerable<double[]> Between(double[] a, double[] b) =>
        Enumerable.Range(1, Looks).SelectMany(k => new[] { (double)k / Looks, Math.ScaleB(1, -k) }).Select(share => a.Zip(b, (x, y) => x + (share * (y - x))).ToArray());
}
