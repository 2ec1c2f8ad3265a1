namespace LandscapeGpu.Expressions;

/// <summary>Derivatives of one value by every coordinate, by passing adjoints from the value back to the point.</summary>
/// <remarks>
/// Adjoints are expressions of the same language. What a loop's body passes to a node outside the loop is summed over the
/// loop; what elements of a vector receive is collected into a vector. Griewank and Walther (2008), Evaluating Derivatives.
/// </remarks>
internal sealed class ReverseMode
{
    private readonly Dictionary<Real, Real> adjoints = [];
    private readonly Dictionary<Vector, List<Contribution>> collected = [];
    private readonly HashSet<object> active;

    private ReverseMode(HashSet<object> active) => this.active = active;

    /// <summary>∇ₓ value, as a vector of as many elements as x.</summary>
    public static Vector Gradient(Real value, Vector x)
    {
        var nodes = Walk.From(value);
        var reverse = new ReverseMode(Activity.Of(nodes, x));
        reverse.adjoints[value] = Real.Constant(1);
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
            case Real n when adjoints.TryGetValue(n, out var adjoint):
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
                Contribute(n, adjoint);
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
                        Add(operand, Partials.Along(n, k, adjoint), n.Free);
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

    /// <summary>Adds to a node's adjoint, summed over the loops (of those in scope) that the node itself is outside of.</summary>
    private void Add(Real node, Real contribution, VariableSet scope)
    {
        foreach (var variable in scope.Variables.Reverse().Where(v => !node.Free.Contains(v)))
        {
            contribution = Algebra.Sum(variable, contribution);
        }

        adjoints[node] = adjoints.TryGetValue(node, out var sum) ? Algebra.Add(sum, contribution) : contribution;
    }

    private void Contribute(Real element, Real adjoint)
    {
        if (adjoint.IsConstant && adjoint.Value == 0)
        {
            return;
        }

        var vector = element.Vector;
        if (!collected.TryGetValue(vector, out var contributions))
        {
            collected.Add(vector, contributions = []);
        }

        contributions.Add(new([.. element.Free.Variables.Where(v => !vector.Free.Contains(v))], element.Index, adjoint));
    }
}

/// <summary>Which nodes depend on a point.</summary>
internal static class Activity
{
    public static HashSet<object> Of(List<object> nodes, Vector x)
    {
        var active = new HashSet<object>(ReferenceEqualityComparer.Instance) { x };
        foreach (var node in nodes.Where(n => n is not Real { Operation: >= Operation.Less } && Walk.DependenciesOf(n).Any(active.Contains)))
        {
            active.Add(node);
        }

        return active;
    }
}
