using LandscapeGpu.Identity;
using LandscapeGpu.Polish;

namespace LandscapeGpu.Benchmarks.Problems;

/// <summary>Endpoints as a survey leaves them: few minima found often, many found seldom, each with a little rounding.</summary>
internal static class EndpointCloud
{
    private const int Minima = 2000;
    private const double Noise = 1e-4;
    private const int InBatch = 1 << 16;

    /// <summary>The distance within which two endpoints are one minimum.</summary>
    public const double Tolerance = 1e-2;

    /// <summary>The numbers of the peers' clustering.py: 2000 minima uniform in [−5, 5]ᵈ, visited with probability ∝ 1/(rank + 10).</summary>
    public static PolishedSet[] Popular(int count, int dimension)
    {
        var cumulative = new double[Minima];
        var total = 0.0;
        for (var rank = 0; rank < Minima; rank++)
        {
            cumulative[rank] = total += 1 / (rank + 10.0);
        }

        for (var rank = 0; rank < Minima; rank++)
        {
            cumulative[rank] /= total;
        }

        return Batches(count, dimension, (i, k) =>
        {
            var found = Array.BinarySearch(cumulative, PeerNumbers.Uniform(21, (ulong)i));
            var minimum = found < 0 ? ~found : found;
            var centre = (PeerNumbers.Uniform(20, (ulong)((minimum * dimension) + k)) - 0.5) * 10;
            return (float)(centre + (Noise * PeerNumbers.Normal(22, (ulong)((i * dimension) + k))));
        });
    }

    /// <summary>No two endpoints alike: the worst case for whatever expects few minima.</summary>
    public static PolishedSet[] AllDistinct(int count, int dimension) => Batches(count, dimension, (i, k) => (float)((PeerNumbers.Uniform(20, (ulong)((i * dimension) + k)) - 0.5) * 10));

    /// <summary>How many minima there are by what a survey does: endpoints join groups as they come, and groups that are one are linked.</summary>
    public static int Apart(PolishedSet[] batches)
    {
        var groups = new EndpointGroups([.. Enumerable.Repeat(1.0, batches[0].Dimension)], Environment.ProcessorCount, Tolerance);
        foreach (var batch in batches)
        {
            groups.Add(batch);
        }

        var rows = PointIdentity.Location(Tolerance).Rows(groups.Stored, Environment.ProcessorCount);
        return Linkage.Of(rows, Tolerance, (a, b, distance) => groups.AreOne(a, b, distance, Tolerance), Environment.ProcessorCount).Roots.Distinct().Count();
    }

    private static PolishedSet[] Batches(int count, int dimension, Func<int, int, double> coordinate)
    {
        var batches = Enumerable.Range(0, count).Chunk(InBatch).Select(chunk => (First: chunk[0], Set: new PolishedSet(dimension, chunk.Length))).ToArray();
        foreach (var (first, set) in batches)
        {
            Array.Fill(set.Stationary, true);
            Array.Fill(set.Residuals, 0);
            for (var e = 0; e < set.Points.Length; e++)
            {
                set.Points[e] = coordinate(first + (e / dimension), e % dimension);
            }
        }

        return [.. batches.Select(b => b.Set)];
    }
}
