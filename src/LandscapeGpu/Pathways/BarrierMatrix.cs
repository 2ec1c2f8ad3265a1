namespace LandscapeGpu.Pathways;

/// <summary>For each two of the lowest minima the lowest highest point of a path between them: min over paths of the max of f.</summary>
/// <remarks>
/// On the graph it is exact: edges are taken lowest first, and the one that joins two components is the barrier between every two of their minima (the
/// bottleneck of the minimum spanning tree; Hu 1961, Operations Research 9, 898). On the landscape it is an upper bound, since a lower saddle may not have been found.
/// </remarks>
public sealed class BarrierMatrix
{
    private readonly double[,] heights;

    private BarrierMatrix(double[,] heights, int components) => (this.heights, Components) = (heights, components);

    /// <summary>How many minima it is of.</summary>
    public int Count => heights.GetLength(0);

    /// <summary>How many groups of these minima there are between which no path is known.</summary>
    public int Components { get; }

    /// <summary>f at the highest point of the lowest path known between two minima; infinite where none is known, and the minimum's own value on the diagonal.</summary>
    public double this[int a, int b] => heights[a, b];

    internal static BarrierMatrix Of(TransitionNetwork network, int count, bool withBands = false)
    {
        var heights = new double[count, count];
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                heights[a, b] = a == b ? network.Minima[a].Value : double.PositiveInfinity;
            }
        }

        var sets = new DisjointSets(network.Minima.Count);
        var members = Enumerable.Range(0, network.Minima.Count).Select(m => m < count ? new List<int> { m } : []).ToArray();
        var edges = network.TransitionStates.Where(t => t.IsJoined).Select(t => (From: t.From!.Value, To: t.To!.Value, Height: t.Value));
        foreach (var edge in edges.Concat(withBands ? network.BandPaths.Select(p => (p.From, p.To, Height: p.Highest)) : []).Where(e => double.IsFinite(e.Height)).OrderBy(e => e.Height))
        {
            var (a, b) = (sets.Find(edge.From), sets.Find(edge.To));
            if (a == b)
            {
                continue;
            }

            foreach (var m in members[a])
            {
                foreach (var n in members[b])
                {
                    heights[m, n] = heights[n, m] = edge.Height;
                }
            }

            sets.Join(a, b);
            var root = sets.Find(a);
            members[root] = [.. members[a], .. members[b]];
        }

        return new(heights, Enumerable.Range(0, count).Select(sets.Find).Distinct().Count());
    }
}
