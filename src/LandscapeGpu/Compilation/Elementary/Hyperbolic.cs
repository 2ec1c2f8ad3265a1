namespace LandscapeGpu.Compilation.Elementary;

/// <summary>The hyperbolic tangent.</summary>
internal static class Hyperbolic
{
    // tanh(x)/x = P(x²)/Q(x²). Rational minimax on [0, 9.02], where tanh has become 1: relative error 2^-25.5;
    // then scaled, and the last places searched, for the smallest error of the whole evaluation in floats.
    private static ReadOnlySpan<double> Numerator =>
        [
        1.3547309637069702, 0.18125306069850922, 0.0047327666543424129, 2.7874171792063862e-05, 1.8030101855970315e-08,
    ];

    private static ReadOnlySpan<double> Denominator =>
        [
        1.3547309637069702, 0.63282978534698486, 0.035045593976974487, 0.0004446579550858587, 1.0509560297577991e-06,
    ];

    // (e^2r − 1)/r in r, that is (e^t − 1)/t with powers of two in its coefficients. Minimax on |t| ≤ ln(2)/2: relative error 2^-55.5.
    private static ReadOnlySpan<double> ExponentialLessOne =>
    [
        2, 4 * 0.500000000000000555, 8 * 0.1666666666666659358, 16 * 4.166666666657382195e-2, 32 * 8.33333333338623881e-3,
        64 * 1.388888893228920314e-3, 128 * 1.984126972711162766e-4, 256 * 2.480150456667242504e-5, 512 * 2.75573996590455724e-6,
        1024 * 2.762627619655901076e-7, 2048 * 2.505643072286639174e-8,
    ];

    /// <summary>
    /// tanh x, relatively accurate near 0, ±1 for large |x|. Float: one rational function. Double: E/(E + 2) with
    /// E = e^2|x| − 1 = 2ⁿ(e^2r − 1) + (2ⁿ − 1). Within 4.2 ulp (float) and 2.7 ulp (double).
    /// </summary>
    public static V Tanh<V>(IPrimitives<V> p, V x)
    {
        var result = p.IsDouble ? ByExponential(p, x) : ByQuotient(p, x);
        return p.Select(p.Equal(x, x), result, x);
    }

    private static V ByQuotient<V>(IPrimitives<V> p, V x)
    {
        x = p.Max(p.Min(x, p.Constant(9.02)), p.Constant(-9.02));
        var square = p.Multiply(x, x);
        return p.Divide(p.Multiply(x, Polynomial.Evaluate(p, square, Numerator)), Polynomial.Evaluate(p, square, Denominator));
    }

    private static V ByExponential<V>(IPrimitives<V> p, V x)
    {
        var magnitude = p.Min(p.Abs(x), p.Constant(20));
        var n = p.Round(p.Multiply(magnitude, p.Constant(2 * 1.4426950408889634)));
        var r = p.FusedMultiplyAdd(n, p.Constant(-0.5 * 0.6931471805599453), magnitude);
        r = p.FusedMultiplyAdd(n, p.Constant(-0.5 * 2.3190468138462996e-17), r);
        var fraction = p.Multiply(r, Polynomial.Evaluate(p, r, ExponentialLessOne));
        var power = p.ScaleByPowerOfTwo(p.Constant(1), n);
        var lessOne = p.FusedMultiplyAdd(power, fraction, p.Subtract(power, p.Constant(1)));
        return p.CopySign(p.Divide(lessOne, p.Add(lessOne, p.Constant(2))), x);
    }
}
