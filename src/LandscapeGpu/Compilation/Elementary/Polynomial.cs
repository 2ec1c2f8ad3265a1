namespace LandscapeGpu.Compilation.Elementary;

/// <summary>Polynomials in Horner's form: one fused multiply-add a degree, which no other form beats in operations.</summary>
internal static class Polynomial
{
    /// <summary>c₀ + c₁x + c₂x² + …: the degree is one less than the number of coefficients, constant first.</summary>
    public static V Evaluate<V>(IPrimitives<V> p, V x, ReadOnlySpan<double> coefficients)
    {
        var sum = p.Constant(coefficients[^1]);
        for (var k = coefficients.Length - 2; k >= 0; k--)
        {
            sum = p.FusedMultiplyAdd(sum, x, p.Constant(coefficients[k]));
        }

        return sum;
    }
}
