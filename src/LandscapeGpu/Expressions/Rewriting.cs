namespace LandscapeGpu.Expressions;

/// <summary>Rebuilds expressions with indices or vectors replaced, simplifying again as it goes.</summary>
internal class Rewriting(Dictionary<Index, Index>? indices = null, Dictionary<Vector, Vector>? vectors = null)
{
    private readonly Dictionary<Index, Index> indices = indices ?? [];
    private readonly Dictionary<Vector, Vector> vectors = vectors ?? [];
    private readonly Dictionary<Real, Real> rewritten = [];

    protected IReadOnlyDictionary<Index, Index> Indices => indices;

    /// <summary>The expression with an index replaced.</summary>
    public static Real Replace(Real node, Index variable, Index by) => new Rewriting(new() { [variable] = by }).Apply(node);

    /// <summary>The same rewriting with more indices replaced.</summary>
    protected virtual Rewriting Extended(Dictionary<Index, Index> indices) => new(indices, vectors);

    public Real Apply(Real node)
    {
        if (!Concerns(node))
        {
            return node;
        }

        if (!rewritten.TryGetValue(node, out var result))
        {
            rewritten.Add(node, result = DeepStack.Call(Rebuild, node));
        }

        return result;
    }

    public Index Apply(Index index)
    {
        if (indices.TryGetValue(index, out var by))
        {
            return by;
        }

        return index.Operation switch
        {
            _ when index.Free.IsEmpty => index,
            IndexOperation.Add => Apply(index.A!) + Apply(index.B!),
            IndexOperation.Subtract => Apply(index.A!) - Apply(index.B!),
            IndexOperation.Multiply => Apply(index.A!) * Apply(index.B!),
            IndexOperation.Divide => Apply(index.A!) / Apply(index.B!),
            IndexOperation.Modulo => Apply(index.A!) % Apply(index.B!),
            IndexOperation.Gather => Index.Gather(index.Key.Data!, Apply(index.A!)),
            IndexOperation.Drawn => Index.Drawn(index.Value, Apply(index.A!)),
            _ => index,
        };
    }

    public Vector Apply(Vector vector)
    {
        if (vectors.TryGetValue(vector, out var by))
        {
            return by;
        }

        if (vector is Point or Data || !Concerns(vector))
        {
            return vector;
        }

        var result = DeepStack.Call(Rebuild, vector);
        vectors[vector] = result;
        return result;
    }

    protected virtual bool Concerns(Real node) => vectors.Count > 0 || node.Free.Variables.Any(indices.ContainsKey);

    protected virtual bool Concerns(Vector vector) => vectors.Count > 0 || vector.Free.Variables.Any(indices.ContainsKey);

    protected virtual Vector Rebuild(Vector vector)
    {
        switch (vector)
        {
            case LoopVector v:
                var (variable, inner) = Bind(v.Variable);
                return Vectors.Loop(variable, inner.Apply(v.Body));
            case ComponentVector v:
                return new ComponentVector([.. v.Components.Select(Apply)]);
            case ScatterVector v when indices.Count == 0:
                return new ScatterVector(v.Length, [.. v.Contributions.Select(c => c with { Value = Apply(c.Value) })], v.Free);
            default:
                throw new InvalidOperationException("Vectors that are scattered into are made outside of all loops and depend on no index.");
        }
    }

    protected virtual Real RebuildElement(Real element) => Apply(element.Vector).Element(Apply(element.Index));

    protected virtual Real RebuildSum(Real sum)
    {
        var (variable, inner) = Bind(sum.Index);
        return Algebra.Sum(variable, inner.Apply(sum.A));
    }

    private Real Rebuild(Real n) => n.Operation switch
    {
        Operation.Constant or Operation.Parameter => n,
        Operation.Element => RebuildElement(n),
        Operation.FromIndex => Apply(n.Index),
        Operation.Sum => RebuildSum(n),
        Operation.IndexLess or Operation.IndexEqual => Condition.Compared(n.Operation, Apply(n.Index), Apply(n.Key.Index2!)),
        _ => RebuildOperation(n, [.. n.Operands.Select(Apply)]),
    };

    protected virtual Real RebuildOperation(Real n, Real[] operands) => With(n, operands);

    /// <summary>The node with other operands.</summary>
    public static Real With(Real n, Real[] operands) => n.Operation switch
    {
        Operation.Add => Algebra.Add(operands[0], operands[1]),
        Operation.Subtract => Algebra.Subtract(operands[0], operands[1]),
        Operation.Multiply => Algebra.Multiply(operands[0], operands[1]),
        Operation.Negate => Algebra.Negate(operands[0]),
        Operation.Reciprocal => Algebra.Reciprocal(operands[0]),
        Operation.WholePower => Algebra.Power(operands[0], n.Exponent),
        Operation.Select => Algebra.Select(operands[0], operands[1], operands[2]),
        Operation.And => (new Condition(operands[0]) & new Condition(operands[1])).Mask,
        Operation.Or => (new Condition(operands[0]) | new Condition(operands[1])).Mask,
        Operation.Not => (!new Condition(operands[0])).Mask,
        _ when operands.Length == 1 => Algebra.Apply(n.Operation, operands[0]),
        _ => Algebra.Apply(n.Operation, operands[0], operands[1]),
    };

    /// <summary>
    /// The index a rebuilt loop runs over, and the rewriting of its body. A replacement that would be caught by the loop's
    /// own index makes that index a deeper one.
    /// </summary>
    private (Index Variable, Rewriting Inner) Bind(Index variable)
    {
        var extent = Apply(variable.Extent);
        var free = indices.Where(p => !ReferenceEquals(p.Key, variable)).Aggregate(VariableSet.Empty, (set, p) => VariableSet.Union(set, p.Value.Free));
        var renamed = Index.Loop(variable.Value, extent);
        if (free.Contains(renamed))
        {
            renamed = Index.Loop(Math.Max(free.Depth, variable.Value) + 1, extent);
        }

        if (ReferenceEquals(renamed, variable) && !indices.ContainsKey(variable))
        {
            return (variable, this);
        }

        return (renamed, Extended(new(indices) { [variable] = renamed }));
    }
}
