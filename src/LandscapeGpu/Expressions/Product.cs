namespace LandscapeGpu.Expressions;

/// <summary>A product as its factors.</summary>
internal static class Product
{
    // Squares of squares have as many factors as two to the number of squares: a long product counts as one factor.
    private const int MostFactors = 32;

    /// <summary>What is multiplied, from left to right; of something else, that alone.</summary>
    public static Real[] Factors(Real product)
    {
        var factors = new List<Real>();
        return Flatten(product, factors) ? [.. factors] : [product];
    }

    public static Real Of(IEnumerable<Real> factors) => factors.Aggregate(Real.Constant(1), Algebra.Multiply);

    private static bool Flatten(Real product, List<Real> factors)
    {
        if (product.Operation == Operation.Multiply)
        {
            return Flatten(product.A, factors) && Flatten(product.B, factors);
        }

        factors.Add(product);
        return factors.Count <= MostFactors;
    }
}
