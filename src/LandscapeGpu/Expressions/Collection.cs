namespace LandscapeGpu.Expressions;

/// <summary>Turns contributions to the elements of a vector into a vector, by loops over its elements where that is possible.</summary>
internal static class Collection
{
    // A vector of more elements is a loop where most of them get nothing: zeros written out one by one are as much work as other formulas.
    private const int MostZeros = 64;

    public static Vector Of(int length, VariableSet free, List<Contribution> contributions, IReadOnlySet<Real>? whole = null)
    {
        var reduced = contributions.Select(Reduced).ToList();
        if (length - reduced.Count <= MostZeros && reduced.All(c => c.Loops.Count == 0 && c.Index.IsConstant))
        {
            var components = Enumerable.Range(0, length).Select(_ => new Terms(whole)).ToArray();
            foreach (var c in reduced)
            {
                components[(int)c.Index.Value].Add(c.Value);
            }

            return new ComponentVector([.. components.Select(c => c.Sum())]);
        }

        var ordered = reduced.Select(c => InOrder(c, length, free)).ToList();
        var unordered = reduced.Where((_, k) => ordered[k] is null).ToList();
        for (var k = 0; k < reduced.Count; k++)
        {
            // Made in the same loop as what cannot be put in order, it shares that loop's work.
            if (ordered[k] is not null && unordered.Any(c => SharesWork(reduced[k], c)))
            {
                ordered[k] = null;
            }
        }

        var variable = ordered.OfType<LoopVector>().FirstOrDefault()?.Variable ?? Index.Loop(free.Depth + 1, length);
        var terms = new Terms(whole);
        foreach (var v in ordered.OfType<LoopVector>())
        {
            terms.Add(ReferenceEquals(v.Variable, variable) ? v.Body : Rewriting.Replace(v.Body, v.Variable, variable));
        }

        var scattered = reduced.Where((_, k) => ordered[k] is null).ToList();
        if (scattered.Count > 0)
        {
            // Added to element by element afterwards: nothing then waits for what the vector would have to begin with.
            var (factor, rest) = CommonFactor.Of(scattered);
            var scatter = new ScatterVector(length, [.. rest.Select(Regrouped)], free);
            terms.Add(Algebra.Multiply(factor, scatter.Element(variable)));
        }

        return Vectors.Loop(variable, terms.Sum());
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

        var negated = c.Value.Operation == Operation.Negate;
        var factors = Product.Factors(negated ? c.Value.A : c.Value).ToLookup(f => f.Free.Contains(c.Loops[^1]));
        var (inside, outside) = (Product.Of(factors[true]), Product.Of(factors[false]));
        if (inside.IsConstant || outside.IsConstant)
        {
            return c;
        }

        // Not simplified again: that would take the constant to the outside of the product.
        var product = Trace.Node(new RealKey(Operation.Multiply, outside, inside));
        return c with { Value = negated ? Algebra.Negate(product) : product };
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
        if (at > 0 && Traversal.From(c.Value).OfType<Real>().Any(r => RepeatsWork(r, c.Index, others)))
        {
            return null;
        }

        var first = free.Depth + 1;
        var outer = Index.Loop(first, length);
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

    /// <summary>Whether two contributions of one outer loop compute something in it that both need.</summary>
    private static bool SharesWork(Contribution a, Contribution b)
    {
        if (a.Loops.Count == 0 || b.Loops.Count == 0 || !ReferenceEquals(a.Loops[0], b.Loops[0]))
        {
            return false;
        }

        var work = WorkIn(a.Loops[0], b.Value).ToHashSet();
        return WorkIn(a.Loops[0], a.Value).Any(work.Contains);
    }

    /// <summary>Work of the other loops alone, beyond reading memory, would be done again for every element.</summary>
    private static bool RepeatsWork(Real r, Index element, List<Index> others) =>
        IsWork(r) && !r.Free.Contains(element) && others.Any(r.Free.Contains);

    private static IEnumerable<Real> WorkIn(Index loop, Real value) =>
        Traversal.From(node => node is Real r ? !r.Free.Contains(loop) : !((Vector)node).Free.Contains(loop), [value]).OfType<Real>().Where(r => IsWork(r) && r.Free.Contains(loop));

    private static bool IsWork(Real r) => r.Operation is not (Operation.Element or Operation.FromIndex or Operation.Constant or Operation.Parameter);
}
