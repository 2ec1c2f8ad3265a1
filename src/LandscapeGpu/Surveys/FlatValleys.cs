using LandscapeGpu.Differentiation;
using LandscapeGpu.Objectives;
using LandscapeGpu.Polish;
using LandscapeGpu.Spectra;
using LandscapeGpu.Valleys;

namespace LandscapeGpu.Surveys;

/// <summary>Points of one connected flat set are one minimum, or one saddle, however many of them restarts ended at.</summary>
internal sealed class FlatValleys(Objective objective, Derivatives derivatives, int threads)
{
    /// <summary>The points with those of one valley made one: its most stationary point, with the restarts of all.</summary>
    /// <param name="found">Distinct points of the whole space, of which a Hessian's spectrum is known.</param>
    /// <returns>The points that are left, and for each of those given the one it belongs to.</returns>
    public (IReadOnlyList<StationaryPoint> Points, int[] PointOf) Joined(IReadOnlyList<StationaryPoint> found)
    {
        var valley = Enumerable.Range(0, found.Count).ToArray();
        foreach (var kind in Enumerable.Range(0, found.Count).Where(k => IsFlat(found[k])).GroupBy(k => (found[k].Kind, found[k].Index)))
        {
            var members = kind.ToArray();
            if (members.Length is > 1 and <= FlatComponents.MostPoints)
            {
                // Not by descent: it would slide along the valley.
                var paths = new FlatPaths(objective.Dimension, new StationarySearch(objective, derivatives, threads));
                var roots = new FlatComponents([.. members.Select(k => found[k].Place.ToArray())], [.. members.Select(k => found[k].Value)], paths, threads).Find();
                for (var k = 0; k < members.Length; k++)
                {
                    valley[members[k]] = members[roots[k]];
                }
            }
        }

        var (joined, pointOf) = (new List<StationaryPoint>(), new int[found.Count]);
        foreach (var members in Enumerable.Range(0, found.Count).GroupBy(k => valley[k]))
        {
            foreach (var k in members)
            {
                pointOf[k] = joined.Count;
            }

            joined.Add(OneOf([.. members.Select(k => found[k])]));
        }

        return (joined, pointOf);
    }

    private static bool IsFlat(StationaryPoint point) => point.FlatDirections > 0 && point.AtBound.Count == 0;

    private static StationaryPoint OneOf(StationaryPoint[] places)
    {
        if (places.Length == 1)
        {
            return places[0];
        }

        return places.MinBy(p => p.GradientNorm)! with { Count = places.Sum(p => p.Count), Places = places.Length };
    }
}
