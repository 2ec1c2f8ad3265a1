namespace LandscapeGpu.Expressions;

/// <summary>What all contributions to a vector have as a factor and no loop changes: multiplied once an element, not once a contribution.</summary>
internal static class CommonFactor
{
    public static (Real Factor, List<Contribution> Others) Of(List<Contribution> contributions)
    {
        var split = contributions.ConvertAll(Split);
        var (first, magnitude) = (split[0].Unchanging, Math.Abs(split[0].Constant));
        var common = split.TrueForAll(s => s.Unchanging.SequenceEqual(first)) ? first : [];
        if (!split.TrueForAll(s => Math.Abs(s.Constant) == magnitude))
        {
            magnitude = 1;
        }

        if (common.Length == 0 && magnitude == 1)
        {
            return (Real.Constant(1), contributions);
        }

        return (
            Algebra.Multiply(Real.Constant(magnitude), Product.Of(common)),
            [.. contributions.Select((c, k) => c with { Value = Algebra.Multiply(Real.Constant(split[k].Constant / magnitude), Without(c.Value, common)) })]);
    }

    /// <summary>A product's constant factors, and those that none of the contribution's loops changes.</summary>
    private static (double Constant, Real[] Unchanging) Split(Contribution c)
    {
        var negated = c.Value.Operation == Operation.Negate;
        var factors = Product.Factors(negated ? c.Value.A : c.Value);
        var constant = factors.Where(f => f.IsConstant).Aggregate(negated ? -1.0 : 1.0, (product, f) => product * f.Value);
        return (constant, [.. factors.Where(f => !f.IsConstant && !c.Loops.Any(f.Free.Contains)).OrderBy(f => f.Number)]);
    }

    /// <summary>A product without its constants and these factors; what holds none of them stays the node it is, which others may share.</summary>
    private static Real Without(Real product, Real[] factors)
    {
        switch (product.Operation)
        {
            case Operation.Negate:
                return Without(product.A, factors);
            // A long product counts as one factor, as above.
            case Operation.Multiply when Product.Factors(product).Length > 1:
                var (a, b) = (Without(product.A, factors), Without(product.B, factors));
                return ReferenceEquals(a, product.A) && ReferenceEquals(b, product.B) ? product : Algebra.Multiply(a, b);
            default:
                return product.IsConstant || factors.Contains(product) ? Real.Constant(1) : product;
        }
    }
}
