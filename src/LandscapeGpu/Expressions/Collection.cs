namespace LandscapeGpu.Expressions;

/// <summary>Turns contributions to the elements of a vector into a vector, by loops over its elements where that is possible.</summary>
internal static class Collection
{
    public static Vector Of(int length, VariableSet free, List<Contribution> contributions)
    {
        var reduced = contributions.Select(Reduced).ToList();
        if (reduced.All(c => c.Loops.Count == 0 && c.Index.IsConstant))
        {
            var components = Enumerable.Range(0, length).Select(_ => new Terms()).ToArray();
            foreach (var c in reduced)
            {
                components[c.Index.Value].Add(c.Value);
            }

            return new ComponentVector([.. components.Select(c => c.Sum())]);
        }

        var ordered = reduced.Select(c => InOrder(c, length, free)).ToList();
        var scattered = reduced.Where((_, k) => ordered[k] is null).ToList();
        var loops = ordered.OfType<LoopVector>().ToList();
        Vector? initial = null;
        if (loops.Count > 0)
        {
            var variable = loops[0].Variable;
            var terms = new Terms();
            foreach (var v in loops)
            {
                terms.Add(ReferenceEquals(v.Variable, variable) ? v.Body : Rewriting.Replace(v.Body, v.Variable, variable));
            }

            var body = terms.Sum();
            initial = Trace.Node(variable, body);
        }

        return scattered.Count == 0 ? initial! : new ScatterVector(length, initial, [.. scattered.Select(Regrouped)], free);
    }

    /// <summary>Sums over innermost loops that the element does not depend on, so that it is touched once.</summary>
    private static Contribution Reduced(Contribution c)
    {
        while (c.Loops.Count > 0 && !c.Index.Free.Contains(c.Loops[^1]))
        {
            c = new([.. c.Loops.Take(c.Loops.Count - 1)], c.Index, Algebra.Sum(c.Loops[^1], c.Value));
        }

        return c;
    }

    /// <summary>Multiplies what does not depend on the innermost loop before it begins: (−4c³)·A, not −4(c³·A).</summary>
    private static Contribution Regrouped(Contribution c)
    {
        if (c.Loops.Count == 0)
        {
            return c;
        }

        var factors = new List<Real>();
        Flatten(c.Value, factors);
        var (inside, outside) = (Real.Constant(1), Real.Constant(1));
        foreach (var factor in factors)
        {
            if (factor.Free.Contains(c.Loops[^1]))
            {
                inside = Algebra.Multiply(inside, factor);
            }
            else
            {
                outside = Algebra.Multiply(outside, factor);
            }
        }

        // Not simplified again: that would take the constant to the outside of the product.
        return inside.IsConstant || outside.IsConstant ? c : c with { Value = Trace.Node(new RealKey(Operation.Multiply, outside, inside)) };
    }

    private static void Flatten(Real product, List<Real> factors)
    {
        if (product.Operation != Operation.Multiply)
        {
            factors.Add(product);
            return;
        }

        Flatten(product.A, factors);
        Flatten(product.B, factors);
    }

    /// <summary>
    /// The contribution as a vector written in the order of its elements, if its index is that of one of its loops: the
    /// loops are renamed so that this one is the outermost. Null where that is impossible or would repeat work.
    /// </summary>
    private static LoopVector? InOrder(Contribution c, int length, VariableSet free)
    {
        var at = c.Loops.ToList().IndexOf(c.Index);
        if (at < 0 || !c.Index.Extent.IsConstant || c.Index.Extent.Value != length
            || c.Loops.Any(v => !ReferenceEquals(v, c.Index) && v.Extent.Free.Contains(c.Index))
            || c.Index.Extent.Free.Variables.Length > 0)
        {
            return null;
        }

        var others = c.Loops.Where(v => !ReferenceEquals(v, c.Index)).ToList();
        if (at > 0 && Walk.From(c.Value).OfType<Real>().Any(r => RepeatsWork(r, c.Index, others)))
        {
            return null;
        }

        var first = free.Depth + 1;
        Index outer = Index.Loop(first, length);
        var names = new Dictionary<Index, Index> { [c.Index] = outer };
        var inner = new List<Index>();
        foreach (var v in others)
        {
            var renamed = Index.Loop(first + inner.Count + 1, new Rewriting(names).Apply(v.Extent));
            names[v] = renamed;
            inner.Add(renamed);
        }

        foreach (var same in names.Where(p => ReferenceEquals(p.Key, p.Value)).Select(p => p.Key).ToList())
        {
            names.Remove(same);
        }

        var body = names.Count == 0 ? c.Value : new Rewriting(names).Apply(c.Value);
        for (var k = inner.Count - 1; k >= 0; k--)
        {
            body = Algebra.Sum(inner[k], body);
        }

        return Trace.Node(outer, body);
    }

    /// <summary>Work of the other loops alone, beyond reading memory, would be done again for every element.</summary>
    private static bool RepeatsWork(Real r, Index element, List<Index> others) =>
        r.Operation is not (Operation.Element or Operation.FromIndex or Operation.Constant or Operation.Parameter)
        && !r.Free.Contains(element) && others.Any(r.Free.Contains);
}
