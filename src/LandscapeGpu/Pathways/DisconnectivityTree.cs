namespace LandscapeGpu.Pathways;

/// <summary>A branch of a disconnectivity tree: a minimum, or minima that are joined below a height.</summary>
/// <param name="Minimum">The lowest minimum of the branch.</param>
/// <param name="Value">A minimum's value, or the height at which the parts are joined: that of the saddle.</param>
/// <param name="Parts">What is joined, the part with the lowest minimum first; none for a minimum.</param>
public sealed record DisconnectivityBranch(int Minimum, double Value, IReadOnlyList<DisconnectivityBranch> Parts)
{
    /// <summary>The minima of the branch, in the order they are drawn.</summary>
    public IEnumerable<DisconnectivityBranch> Leaves => Parts.Count == 0 ? [this] : Parts.SelectMany(p => p.Leaves);
}

/// <summary>Which minima are joined below which height: the disconnectivity graph.</summary>
/// <remarks>O. M. Becker and M. Karplus (1997), Journal of Chemical Physics 106, 1495. Not at levels chosen beforehand, but at the saddles themselves.</remarks>
public sealed class DisconnectivityTree
{
    private DisconnectivityTree(IReadOnlyList<DisconnectivityBranch> roots) => Roots = roots;

    /// <summary>One branch for each group of minima between which no path is known, the one with the lowest minimum first.</summary>
    public IReadOnlyList<DisconnectivityBranch> Roots { get; }

    internal static DisconnectivityTree Of(TransitionNetwork network, int count)
    {
        var sets = new DisjointSets(network.Minima.Count);
        // Of minima that are not drawn only what they join is.
        var branches = new DisconnectivityBranch?[network.Minima.Count];
        for (var m = 0; m < count; m++)
        {
            branches[m] = new(m, network.Minima[m].ShownValue, []);
        }

        foreach (var edge in network.TransitionStates.Where(t => t.IsJoined).OrderBy(t => t.Value))
        {
            var (a, b) = (sets.Find(edge.From!.Value), sets.Find(edge.To!.Value));
            if (a == b)
            {
                continue;
            }

            var (first, second) = (branches[a], branches[b]);
            var joined = first is null ? second : second is null ? first
                : new DisconnectivityBranch(Math.Min(first.Minimum, second.Minimum), edge.Value, first.Minimum < second.Minimum ? [first, second] : [second, first]);
            sets.Join(a, b);
            branches[sets.Find(a)] = joined;
        }

        return new([.. Enumerable.Range(0, network.Minima.Count).Where(m => sets.Find(m) == m).Select(m => branches[m]).OfType<DisconnectivityBranch>().OrderBy(r => r.Minimum)]);
    }
}
