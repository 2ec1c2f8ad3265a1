namespace LandscapeGpu.Compilation.Elementary;

/// <summary>Odd functions T that saturate at ±1, as T = 2t/(1 + t²) of a t that is easier to approximate.</summary>
/// <remarks>
/// The map is flat at t = 1, so an error of t is multiplied by √(1 − T²): nothing of it is left where T nears 1, and t takes
/// about half the coefficients that T would. The quotient cannot round above 1, because τ ≤ 1 + τ²/4 for every τ.
/// </remarks>
internal static class HalfAngle
{
    /// <summary>
    /// T(x) from τ = 2t(|x|) = c·a + a·N(a²)/D(a²), a = |x| up to a bound where T has become 1. The quotient only corrects
    /// the leading term, so that its rounding hardly counts at small arguments. NaN stays NaN.
    /// </summary>
    public static V Evaluate<V>(
        IPrimitives<V> p, V x, double bound, double slope, ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator)
    {
        // Not Min, which may lose a NaN.
        var a = p.Abs(x);
        a = p.Select(p.Less(p.Constant(bound), a), p.Constant(bound), a);

        var square = p.Multiply(a, a);
        var correction = p.Divide(Polynomial.Evaluate(p, square, numerator), Polynomial.Evaluate(p, square, denominator));
        var leading = slope == 1 ? a : p.Multiply(a, p.Constant(slope));
        var twice = p.FusedMultiplyAdd(a, correction, leading);

        // The quarter is taken of τ and not of x: it would drop bits of the smallest normal numbers.
        var one = p.FusedMultiplyAdd(p.Multiply(twice, p.Constant(0.25)), twice, p.Constant(1));
        return p.CopySign(p.Divide(twice, one), x);
    }
}
