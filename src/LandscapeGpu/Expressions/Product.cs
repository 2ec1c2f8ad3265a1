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
        var pending = new Stack<Real>([product]);
        while (pending.TryPop(out var next))
        {
            if (next.Operation != Operation.Multiply)
            {
                factors.Add(next);
                continue;
            }

            pending.Push(next.B);
            pending.Push(next.A);
            if (factors.Count + pending.Count > MostFactors)
            {
                return [product];
            }
        }

        return [.. factors];
    }

    public static Real Of(IEnumerable<Real> factors) => factors.Aggregate(Real.Constant(1), Algebra.Multiply);
}
