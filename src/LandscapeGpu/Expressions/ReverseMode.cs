namespace LandscapeGpu.Expressions;

/// <summary>Derivatives of one value by every coordinate, by passing adjoints from the value back to the point.</summary>
/// <remarks>
/// Adjoints are expressions of the same language. What a loop's body passes to a node outside the loop is summed over the
/// loop; what elements of a vector receive is collected into a vector. Griewank and Walther (2008), Evaluating Derivatives.
/// </remarks>
internal sealed class ReverseMode
{
    private readonly Dictionary<Real, Terms> adjoints = [];
    private readonly Dictionary<Vector, List<Contribution>> collected = [];
    private readonly Dictionary<Real, List<Contribution>> reordered = [];
    private readonly HashSet<object> active;

    // Numbers that a vector is made of, as its elements: read where they were written, not computed again.
    private readonly Dictionary<Real, Real> written = [];

    private ReverseMode(HashSet<object> active, IEnumerable<LoopVector> vectors)
    {
        this.active = active;
        foreach (var vector in vectors.Where(v => v.Body.Free.Contains(v.Variable)))
        {
            written.TryAdd(vector.Body, vector.Element(vector.Variable));
        }
    }

    /// <summary>∇ₓ value, as a vector of as many elements as x.</summary>
    public static Vector Gradient(Real value, Vector x)
    {
        var nodes = Traversal.From(value);
        var reverse = new ReverseMode(Activity.Of(nodes, x), nodes.OfType<LoopVector>());
        reverse.Add(value, Real.Constant(1), value.Free);
        for (var k = nodes.Count - 1; k >= 0; k--)
        {
            if (reverse.active.Contains(nodes[k]) && !ReferenceEquals(nodes[k], x))
            {
                reverse.Pass(nodes[k]);
            }
        }

        return Collection.Of(x.Length, x.Free, reverse.collected.GetValueOrDefault(x) ?? []);
    }

    private void Pass(object node)
    {
        switch (node)
        {
            case Real n when AdjointOf(n) is { } adjoint:
                Pass(n, adjoint);
                break;
            case Vector v when collected.TryGetValue(v, out var contributions):
                Pass(v, Collection.Of(v.Length, v.Free, contributions));
                break;
            default:
                break;
        }
    }

    private void Pass(Real n, Real adjoint)
    {
        switch (n.Operation)
        {
            case Operation.Element:
                Contribute(n.Vector, n.Free, n.Index, adjoint);
                break;
            case Operation.Sum:
                Add(n.A, adjoint, VariableSet.Union(n.Free, VariableSet.Of(n.Index)));
                break;
            default:
                var k = 0;
                foreach (var operand in n.Operands)
                {
                    if (active.Contains(operand))
                    {
                        Add(operand, Partials.Along(n, k, adjoint, written.GetValueOrDefault(n, n)), n.Free);
                    }

                    k++;
                }

                break;
        }
    }

    private void Pass(Vector vector, Vector adjoint)
    {
        switch (vector)
        {
            case LoopVector v:
                Add(v.Body, adjoint.Element(v.Variable), VariableSet.Union(v.Free, VariableSet.Of(v.Variable)));
                break;
            case ComponentVector v:
                for (var k = 0; k < v.Length; k++)
                {
                    if (active.Contains(v.Components[k]))
                    {
                        Add(v.Components[k], adjoint.Element(k), v.Free);
                    }
                }

                break;
            default:
                throw new InvalidOperationException("Second derivatives are taken forward over reverse.");
        }
    }

    private Real? AdjointOf(Real n)
    {
        var adjoint = adjoints.GetValueOrDefault(n);
        if (reordered.TryGetValue(n, out var contributions))
        {
            var (index, length) = Position(n.Free);
            (adjoint ??= new()).Add(Collection.Of(length, VariableSet.Empty, contributions).Element(index));
        }

        return adjoint?.Sum();
    }

    /// <summary>Adds to a node's adjoint, summed over the loops (of those in scope) that the node itself is outside of.</summary>
    /// <remarks>
    /// Where such a loop is around one of the node's own, summing would turn the loops inside out and repeat work; then the
    /// contributions are collected in a vector over the node's own loops.
    /// </remarks>
    private void Add(Real node, Real contribution, VariableSet scope)
    {
        if (contribution.IsConstant && contribution.Value == 0)
        {
            return;
        }

        var missing = scope.Variables.Where(v => !node.Free.Contains(v)).ToList();
        if (missing.Any(v => v.Value < node.Free.Depth))
        {
            if (node.Operation == Operation.Element)
            {
                Contribute(node.Vector, scope, node.Index, contribution);
                return;
            }

            if (!reordered.TryGetValue(node, out var contributions))
            {
                reordered.Add(node, contributions = []);
            }

            contributions.Add(new(scope.Variables, Position(node.Free).Index, contribution));
            return;
        }

        for (var k = missing.Count - 1; k >= 0; k--)
        {
            contribution = Algebra.Sum(missing[k], contribution);
        }

        if (!adjoints.TryGetValue(node, out var terms))
        {
            adjoints.Add(node, terms = new());
        }

        terms.Add(contribution);
    }

    /// <summary>Numbers the iterations of nested loops.</summary>
    private static (Index Index, int Length) Position(VariableSet loops)
    {
        Index index = 0;
        long length = 1;
        foreach (var v in loops.Variables)
        {
            index = (index * (int)v.Extent.Greatest) + v;
            length *= v.Extent.Greatest;
        }

        return length <= int.MaxValue ? (index, (int)length) : throw new ArgumentException(
            $"The derivative would have to keep {length} numbers at once: the loops {string.Join(", ", loops.Variables.Select(v => v.Extent))} are too large together.");
    }

    private void Contribute(Vector vector, VariableSet scope, Index index, Real adjoint)
    {
        if (!collected.TryGetValue(vector, out var contributions))
        {
            collected.Add(vector, contributions = []);
        }

        contributions.Add(new([.. scope.Variables.Where(v => !vector.Free.Contains(v))], index, adjoint));
    }
}

/// <summary>Which nodes depend on a point.</summary>
internal static class Activity
{
    public static HashSet<object> Of(List<object> nodes, Vector x)
    {
        var active = new HashSet<object>(ReferenceEqualityComparer.Instance) { x };
        foreach (var node in nodes.Where(n => n is not Real { Operation: >= Operation.Less } && Traversal.DependenciesOf(n).Any(active.Contains)))
        {
            active.Add(node);
        }

        return active;
    }
}
