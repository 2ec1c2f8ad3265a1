namespace LandscapeGpu.Expressions;

/// <summary>What a derivative passes back through a/b where it has b as a factor, as that of b·f(a/b) has: the two cancel, where dividing by b would only bring rounding and work.</summary>
internal static class Quotient
{
    /// <summary>a and b of a·(1/b); null for all else.</summary>
    public static (Real Numerator, Real Denominator)? Of(Real n) => n.Operation != Operation.Multiply ? null
        : n.A.Operation == Operation.Reciprocal ? (n.B, n.A.A)
        : n.B.Operation == Operation.Reciprocal ? (n.A, n.B.A)
        : null;

    /// <summary>A product without the factors of another; null where it has not all of them.</summary>
    public static Real? Without(Real product, Real divisor)
    {
        if (product.Operation == Operation.Negate)
        {
            return Without(product.A, divisor) is { } rest ? Algebra.Negate(rest) : null;
        }

        List<Real> factors = [.. Product.Factors(product)];
        return Product.Factors(divisor).All(factors.Remove) ? Product.Of(factors) : null;
    }
}
