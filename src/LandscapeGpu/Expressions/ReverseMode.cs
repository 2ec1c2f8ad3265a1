namespace LandscapeGpu.Expressions;

/// <summary>Derivatives of one value by every coordinate, by passing adjoints from the value back to the point.</summary>
/// <remarks>
/// Adjoints are expressions of the same language. What a loop's body passes to a node outside the loop is summed over the
/// loop; what elements of a vector receive is collected into a vector. Griewank and Walther (2008), Evaluating Derivatives.
/// </remarks>
internal sealed class ReverseMode
{
    private readonly Dictionary<Real, (Terms Terms, List<TakenBranch?> Where)> adjoints = [];
    private readonly Dictionary<Vector, List<Contribution>> collected = [];
    private readonly Dictionary<Real, List<Contribution>> reordered = [];
    private readonly HashSet<object> active;
    private readonly Tameness tameness;
    private readonly HashSet<Real> arguments;

    // What a lesser or greater of two numbers chose, as the node that chose it: the same number where its branch is taken.
    private readonly Dictionary<Real, Real> chosen = [];

    // Numbers that a vector is made of, as its elements: read where they were written, not computed again.
    private readonly Dictionary<Real, Real> written = [];

    private ReverseMode(HashSet<object> active, List<object> nodes)
    {
        this.active = active;
        tameness = new(nodes);
        arguments = [.. nodes.OfType<Real>().SelectMany(ArgumentsOf)];
        foreach (var vector in nodes.OfType<LoopVector>().Where(v => v.Body.Free.Contains(v.Variable)))
        {
            written.TryAdd(vector.Body, vector.Element(vector.Variable));
        }
    }

    /// <summary>∇ₓ value, as a vector of as many elements as x.</summary>
    public static Vector Gradient(Real value, Vector x)
    {
        var nodes = Traversal.From(value);
        var reverse = new ReverseMode(Activity.Of(nodes, x), nodes);
        reverse.Add(value, Real.Constant(1), value.Free, null);
        for (var k = nodes.Count - 1; k >= 0; k--)
        {
            if (reverse.active.Contains(nodes[k]) && !ReferenceEquals(nodes[k], x))
            {
                reverse.Pass(nodes[k]);
            }
        }

        return Collection.Of(x.Length, x.Free, reverse.collected.GetValueOrDefault(x) ?? [], reverse.arguments);
    }

    /// <summary>The sums that what has an end at 0 is taken of: where (x − t)/s is 0 exactly, x/s − t/s is not, and beside a slope of ∞ the one is nothing and the other anything.</summary>
    private static IEnumerable<Real> ArgumentsOf(Real n) => n.Operation is Operation.Sqrt or Operation.Log or Operation.Power or Operation.Asin or Operation.Acos
        ? Product.Factors(n.A.Operation == Operation.Negate ? n.A.A : n.A).SelectMany<Real, Real>(f => f.Operation == Operation.Subtract ? [f, Algebra.Negate(f)] : [f])
        : [];

    private void Pass(object node)
    {
        switch (node)
        {
            case Real n when AdjointOf(n) is { } adjoint:
                Pass(n, adjoint.Value, adjoint.Where);
                break;
            case Vector v when collected.TryGetValue(v, out var contributions):
                Pass(v, Collection.Of(v.Length, v.Free, contributions, arguments), element => TakenBranch.Any(v.Length, v.Free, contributions, element));
                break;
            default:
                break;
        }
    }

    private void Pass(Real n, Real adjoint, TakenBranch? where)
    {
        switch (n.Operation)
        {
            case Operation.Element:
                Contribute(n.Vector, n.Free, n.Index, adjoint, where);
                break;
            case Operation.Sum:
                Add(n.A, adjoint, VariableSet.Union(n.Free, VariableSet.Of(n.Index)), where);
                break;
            case Operation.Multiply when Quotient.Of(n) is { } quotient && Quotient.Without(TakenBranch.Taken(where, adjoint), quotient.Denominator) is { } left:
                AddActive(quotient.Numerator, TakenBranch.Inside(where, adjoint, _ => left));
                AddActive(quotient.Denominator, TakenBranch.Inside(where, adjoint, _ => -(left * Chosen(n))));
                break;
            default:
                var k = 0;
                foreach (var operand in n.Operands)
                {
                    if (active.Contains(operand))
                    {
                        if (n.Operation is Operation.Min or Operation.Max && n.Free.Variables.All(operand.Free.Contains))
                        {
                            chosen[operand] = Chosen(n);
                        }

                        var (at, value) = (k, written.GetValueOrDefault(n, n));
                        var passed = TakenBranch.Inside(tameness.HasFiniteSlope(n, k) ? null : where, adjoint, direction => Partials.Along(n, at, direction, value));
                        Add(operand, passed, n.Free, Partials.Branch(n, k) is { } branch ? TakenBranch.Both(where, TakenBranch.Of(branch)) : where);
                    }

                    k++;
                }

                break;
        }

        void AddActive(Real operand, Real passed)
        {
            if (active.Contains(operand))
            {
                Add(operand, passed, n.Free, where);
            }
        }
    }

    /// <summary>What has a node's value where all that it passes on comes from.</summary>
    private Real Chosen(Real n) => !reordered.ContainsKey(n) && adjoints[n].Where.Count == 1 ? chosen.GetValueOrDefault(n, n) : n;

    private void Pass(Vector vector, Vector adjoint, Func<Index, TakenBranch?> where)
    {
        switch (vector)
        {
            case LoopVector v:
                Add(v.Body, adjoint.Element(v.Variable), VariableSet.Union(v.Free, VariableSet.Of(v.Variable)), where(v.Variable));
                break;
            case ComponentVector v:
                for (var k = 0; k < v.Length; k++)
                {
                    if (active.Contains(v.Components[k]))
                    {
                        Add(v.Components[k], adjoint.Element(k), v.Free, where(k));
                    }
                }

                break;
            default:
                throw new InvalidOperationException("Second derivatives are taken forward over reverse.");
        }
    }

    private (Real Value, TakenBranch? Where)? AdjointOf(Real n)
    {
        var isThere = adjoints.TryGetValue(n, out var adjoint);
        if (reordered.TryGetValue(n, out var contributions))
        {
            var (index, length) = Position(n.Free);
            (isThere, adjoint) = (true, isThere ? adjoint : (new(arguments), []));
            adjoint.Terms.Add(Collection.Of(length, VariableSet.Empty, contributions, arguments).Element(index));
            adjoint.Where.Add(TakenBranch.Any(length, VariableSet.Empty, contributions, index));
        }

        return isThere ? (adjoint.Terms.Sum(), TakenBranch.Any(adjoint.Where)) : null;
    }

    /// <summary>Adds to a node's adjoint, summed over the loops (of those in scope) that the node itself is outside of.</summary>
    /// <remarks>
    /// Where such a loop is around one of the node's own, summing would turn the loops inside out and repeat work; then the
    /// contributions are collected in a vector over the node's own loops.
    /// </remarks>
    private void Add(Real node, Real contribution, VariableSet scope, TakenBranch? where)
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
                Contribute(node.Vector, scope, node.Index, contribution, where);
                return;
            }

            if (!reordered.TryGetValue(node, out var contributions))
            {
                reordered.Add(node, contributions = []);
            }

            contributions.Add(new(scope.Variables, Position(node.Free).Index, contribution, where));
            return;
        }

        for (var k = missing.Count - 1; k >= 0; k--)
        {
            contribution = Algebra.Sum(missing[k], contribution);
            where = TakenBranch.Anywhere(missing[k], where);
        }

        if (!adjoints.TryGetValue(node, out var adjoint))
        {
            adjoints.Add(node, adjoint = (new(arguments), []));
        }

        adjoint.Terms.Add(contribution);
        adjoint.Where.Add(where);
    }

    /// <summary>Numbers the iterations of nested loops.</summary>
    private static (Index Index, int Length) Position(VariableSet loops)
    {
        Index index = 0;
        long length = 1;
        foreach (var v in loops.Variables)
        {
            index = (index * Index.Constant(v.Extent.Greatest)) + v;
            length *= v.Extent.Greatest;
        }

        return length <= int.MaxValue ? (index, (int)length) : throw new ArgumentException(
            $"The derivative would have to keep {length} numbers at once: the loops {string.Join(", ", loops.Variables.Select(v => v.Extent))} are too large together.");
    }

    private void Contribute(Vector vector, VariableSet scope, Index index, Real adjoint, TakenBranch? where)
    {
        if (!collected.TryGetValue(vector, out var contributions))
        {
            collected.Add(vector, contributions = []);
        }

        contributions.Add(new([.. scope.Variables.Where(v => !vector.Free.Contains(v))], index, adjoint, where));
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
