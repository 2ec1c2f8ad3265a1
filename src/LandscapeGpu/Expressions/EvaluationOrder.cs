namespace LandscapeGpu.Expressions;

/// <summary>The computation of one node: where its value goes and where its operands' values lie.</summary>
internal sealed record Step(object Node, int Place, int[] Operands, Nest[] Nests);

/// <summary>
/// Loops inside one another, outermost first, with the steps that each iteration of each begins with, and the places of the
/// values that the innermost iteration leaves.
/// </summary>
/// <param name="Loops">The loops' indices; none for values that are computed once.</param>
/// <param name="Steps">For each loop, what depends on its index and not on those further in.</param>
/// <param name="Results">The places of the values an innermost iteration leaves.</param>
/// <param name="Indices">Where each result is added, of a scattered vector.</param>
/// <param name="Outside">The nodes that depend on no index of the nest and so are computed before it.</param>
internal sealed record Nest(Index[] Loops, Step[][] Steps, int[] Results, Index[] Indices, object[] Outside);

/// <summary>
/// The order in which to compute expressions, so that a node is computed once for every value of the loop indices it
/// depends on and never inside a loop it does not depend on.
/// </summary>
internal sealed class EvaluationOrder
{
    private static readonly IEqualityComparer<IReadOnlyList<Index>> SameLoops =
        EqualityComparer<IReadOnlyList<Index>>.Create((a, b) => a!.SequenceEqual(b!), loops => loops.Count);

    private readonly Dictionary<object, int> places = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, Nest[]> nests = new(ReferenceEqualityComparer.Instance);

    /// <param name="roots">The reals and vectors that are wanted.</param>
    public EvaluationOrder(params IEnumerable<object> roots) => Steps = Order(roots, null).Inside;

    /// <summary>What is computed once, in order; loops are inside the steps.</summary>
    public Step[] Steps { get; }

    /// <summary>The number of places for values.</summary>
    public int Places => places.Count;

    /// <summary>Where the value of a scheduled node goes.</summary>
    public int this[object node] => places[node];

    private static VariableSet FreeOf(object node) => node is Real real ? real.Free : ((Vector)node).Free;

    /// <summary>What the roots need, operands first: the nodes that depend on the loop, and those that do not.</summary>
    private (Step[] Inside, object[] Outside) Order(IEnumerable<object> roots, Index? loop)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var inside = new List<Step>();
        var outside = new List<object>();
        var stack = new Stack<(object Node, bool Ready)>(roots.Reverse().Select(r => (r, false)));
        while (stack.TryPop(out var top))
        {
            if (top.Ready)
            {
                inside.Add(StepOf(top.Node));
            }
            else if (seen.Add(top.Node))
            {
                if (loop is not null && !FreeOf(top.Node).Contains(loop))
                {
                    outside.Add(top.Node);
                    continue;
                }

                stack.Push((top.Node, true));
                foreach (var dependency in DependenciesOf(top.Node).Reverse())
                {
                    stack.Push((dependency, false));
                }
            }
        }

        return ([.. inside], [.. outside]);
    }

    private Step StepOf(object node) => new(node, PlaceOf(node), [.. DependenciesOf(node).Select(PlaceOf)], NestsOf(node));

    /// <summary>What must be computed before a node: of a loop, only what does not depend on its index.</summary>
    private IEnumerable<object> DependenciesOf(object node) => node switch
    {
        Real { Operation: Operation.Sum } or LoopVector => NestsOf(node)[0].Outside,
        ScatterVector => NestsOf(node).SelectMany(n => n.Outside),
        _ => Traversal.DependenciesOf(node),
    };

    private int PlaceOf(object node)
    {
        if (!places.TryGetValue(node, out var place))
        {
            places.Add(node, place = places.Count);
        }

        return place;
    }

    private Nest[] NestsOf(object node)
    {
        if (!nests.TryGetValue(node, out var made))
        {
            nests.Add(node, made = node switch
            {
                Real { Operation: Operation.Sum } sum => [NestOf([sum.Index], [sum.A], [])],
                LoopVector vector => [NestOf([vector.Variable], [vector.Body], [])],
                // Contributions made by the same loops share what they compute.
                ScatterVector scatter => [.. scatter.Contributions
                    .GroupBy(c => c.Loops, SameLoops)
                    .Select(g => NestOf([.. g.Key], [.. g.Select(c => c.Value)], [.. g.Select(c => c.Index)]))],
                _ => [],
            });
        }

        return made;
    }

    private Nest NestOf(Index[] loops, Real[] values, Index[] indices)
    {
        var steps = new Step[loops.Length][];
        object[] wanted = values;
        for (var level = loops.Length - 1; level >= 0; level--)
        {
            (steps[level], wanted) = Order(wanted, loops[level]);
        }

        return new(loops, steps, [.. values.Select(PlaceOf)], indices, wanted);
    }
}
