namespace LandscapeGpu.Expressions;

/// <summary>Visits every node of expressions once, operands before what is made of them.</summary>
internal sealed class Traversal(Func<object, bool>? isLeaf)
{
    private readonly HashSet<object> seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Real and Vector nodes, each after everything it depends on.</summary>
    public List<object> Nodes { get; } = [];

    public static List<object> From(params IEnumerable<object> roots) => From(null, roots);

    /// <summary>The same, without looking into what a leaf is made of.</summary>
    public static List<object> From(Func<object, bool>? isLeaf, IEnumerable<object> roots)
    {
        var walk = new Traversal(isLeaf);
        foreach (var root in roots)
        {
            walk.Visit(root);
        }

        return walk.Nodes;
    }

    public static IEnumerable<object> DependenciesOf(object node) => node switch
    {
        Real { Operation: Operation.Element } r => [r.Vector],
        Real r => r.Operands,
        LoopVector v => [v.Body],
        ComponentVector v => v.Components,
        ScatterVector v => v.Contributions.Select(c => c.Value),
        _ => [],
    };

    private void Visit(object root)
    {
        // An explicit stack: a sum written out over thousands of terms is deeper than the thread's own.
        var stack = new Stack<(object Node, bool Ready)>();
        stack.Push((root, false));
        while (stack.TryPop(out var top))
        {
            if (top.Ready)
            {
                Nodes.Add(top.Node);
            }
            else if (seen.Add(top.Node))
            {
                stack.Push((top.Node, true));
                foreach (var dependency in isLeaf?.Invoke(top.Node) == true ? [] : DependenciesOf(top.Node).Reverse())
                {
                    stack.Push((dependency, false));
                }
            }
        }
    }
}

/// <summary>The parameters an expression names.</summary>
internal static class Parameters
{
    public static IEnumerable<Parameter> Of(Real value)
    {
        var parameters = Traversal.From(value).OfType<Real>().Where(r => r.Operation == Operation.Parameter).Select(r => r.Parameter).Distinct().ToList();
        return parameters.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new ArgumentException($"Two parameters are called {twice.Key} and have different values; a name means one number.")
            : parameters;
    }
}
