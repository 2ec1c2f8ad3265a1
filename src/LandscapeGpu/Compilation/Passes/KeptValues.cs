namespace LandscapeGpu.Compilation;

/// <summary>Finds what one loop computes at some expense and a later loop over the same index needs again: it is kept instead of computed twice.</summary>
internal sealed class KeptValues(Scope scope)
{
    // Beyond this many numbers a restart, reading them back is no cheaper than most of what is computed.
    public const int MostElements = 4096;

    private readonly Dictionary<Real, int> madeBy = [];
    private readonly Dictionary<int, List<Real>> keep = [];

    /// <summary>For the loops of a block in the order they run, the nodes that each has to keep.</summary>
    public static IReadOnlyDictionary<int, List<Real>> Of(IReadOnlyList<IGrouping<Index, Member>> loops, Scope scope)
    {
        var values = new KeptValues(scope);
        var twice = loops.Select(l => l.Key).GroupBy(v => v).Where(g => g.Count() > 1 && g.Key.Extent.Greatest <= MostElements).Select(g => g.Key).ToHashSet();
        for (var k = 0; k < loops.Count; k++)
        {
            if (twice.Contains(loops[k].Key))
            {
                values.Visit(k, loops[k]);
            }
        }

        return values.keep;
    }

    private void Visit(int loop, IGrouping<Index, Member> group)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var made = new List<Real>();
        var pending = new Stack<object>(group.Select(m => m switch
        {
            SumMember s => s.Sum.A,
            VectorMember { Vector: LoopVector v } => v.Body,
            _ => m.Root,
        }));
        while (pending.TryPop(out var node))
        {
            if (scope.IsThere(node) || scope.IsHere(node) || !seen.Add(node))
            {
                continue;
            }

            if (node is Real r && scope.IsOncePer(r, group.Key))
            {
                if (IsExpensive(r) && madeBy.TryGetValue(r, out var maker))
                {
                    Keep(maker, r);
                    continue;
                }

                made.Add(r);
            }

            foreach (var dependency in scope.DependenciesOf(node))
            {
                pending.Push(dependency);
            }
        }

        foreach (var r in made)
        {
            madeBy.TryAdd(r, loop);
        }
    }

    private void Keep(int maker, Real node)
    {
        if (!keep.TryGetValue(maker, out var nodes))
        {
            keep.Add(maker, nodes = []);
        }

        if (!nodes.Contains(node))
        {
            nodes.Add(node);
        }
    }

    /// <summary>Inner loops, functions, and divisions; a product or two is cheaper than memory.</summary>
    public static bool IsExpensive(Real r) => r.Operation is Operation.Sum or Operation.Reciprocal or (>= Operation.Sqrt and <= Operation.Power);
}
