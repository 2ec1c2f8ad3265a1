namespace LandscapeGpu.Pathways;

/// <summary>A funnel: minima from which steps over single saddles to ever lower minima lead to one and the same bottom.</summary>
/// <param name="Bottom">The minimum without a lower neighbour.</param>
/// <param name="Minima">Those whose sequence ends there, lowest first, the bottom among them.</param>
public sealed record Funnel(int Bottom, IReadOnlyList<int> Minima)
{
    /// <summary>
    /// Monotonic sequence basins: from each minimum over its lowest saddle that leads to a lower minimum, until there is none. R. S. Berry and R. Breitengraser-Kunz
    /// (1995), Physical Review Letters 74, 3951.
    /// </summary>
    public static IReadOnlyList<Funnel> Of(TransitionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var next = new int?[network.Minima.Count];
        // Minima are numbered by value: a lower number is lower.
        foreach (var edge in network.TransitionStates.Where(t => t.IsJoined && !t.IsDegenerateRearrangement).OrderByDescending(t => t.Value))
        {
            next[Math.Max(edge.From!.Value, edge.To!.Value)] = Math.Min(edge.From.Value, edge.To.Value);
        }

        var bottom = new int[network.Minima.Count];
        for (var m = 0; m < bottom.Length; m++)
        {
            bottom[m] = next[m] is { } lower ? bottom[lower] : m;
        }

        return [.. Enumerable.Range(0, bottom.Length).GroupBy(m => bottom[m]).OrderBy(g => g.Key).Select(g => new Funnel(g.Key, [.. g]))];
    }
}
