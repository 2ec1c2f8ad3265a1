namespace LandscapeGpu.Compilation.Elementary;

/// <summary>The natural logarithm.</summary>
internal static class Logarithm
{
    // (log(1 + f) − f)/f² in f. Minimax on [√½ − 1, √2 − 1]: relative error of the logarithm 2^-25.
    private static ReadOnlySpan<double> CentredSingle =>
    [
        -0.499999910593032837, 0.333339482545852661, -0.250017881393432617, 0.1996216028928756714, -0.1656994521617889404,
        0.1491663753986358643, -0.1431045979261398315, 8.74164402484893799e-2,
    ];

    // 2·artanh(s)/s in s². Minimax on |s| ≤ (√2 − 1)/(√2 + 1): relative error 2^-59.5.
    private static ReadOnlySpan<double> CentredDouble =>
    [
        2, 0.666666666666673402, 0.399999999994170796, 0.285714287418820434, 0.222221986228707341, 0.1818356183665853498,
        0.153141122244788569, 0.147953503011727272,
    ];

    // log(1 + t)/t in t, the first coefficient fixed. Minimax on [0, 1]: relative error 2^-24.8.
    private static ReadOnlySpan<double> UnitSingle =>
    [
        1, -0.499996483325958252, 0.333213299512863159, -0.2485721707344055176, 0.191538482904434204, -0.1375418752431869507,
        7.92088285088539124e-2, -3.006830066442489624e-2, 5.365422461181879044e-3,
    ];

    // 2·artanh(s)/s in s². Minimax on |s| ≤ 1/3: relative error 2^-54.2.
    private static ReadOnlySpan<double> UnitDouble =>
    [
        2, 0.666666666666776986, 0.3999999999604876844, 0.2857142905807471545, 0.2222219290140473313, 0.1818281414991752831,
        0.153642944306752488, 0.1358632333482649168, 9.90278003382595584e-2, 0.1773983616703866117,
    ];

    /// <summary>
    /// log x = e·ln 2 + log m with m = x/2^e in [√½, √2), so that neither term cancels the other. Zero and subnormal numbers
    /// give −∞, negative numbers NaN. Within 1.2 ulp (float) and 2.3 ulp (double).
    /// </summary>
    public static V Log<V>(IPrimitives<V> p, V x)
    {
        var (e, m) = Split(p, x);
        var f = p.Subtract(m, p.Constant(1));
        V result;
        if (p.IsDouble)
        {
            var s = p.Divide(f, p.Add(m, p.Constant(1)));
            var series = Polynomial.Evaluate(p, p.Multiply(s, s), CentredDouble);
            result = p.FusedMultiplyAdd(s, series, p.Multiply(e, p.Constant(0.6931471805599453)));
        }
        else
        {
            var series = Polynomial.Evaluate(p, f, CentredSingle);
            var mantissa = p.FusedMultiplyAdd(p.Multiply(f, f), series, f);
            result = p.FusedMultiplyAdd(e, p.Constant(0.6931471805599453), mantissa);
        }

        var below = p.Select(p.Less(x, p.Constant(0)), p.Constant(double.NaN), p.Constant(double.NegativeInfinity));
        result = p.Select(p.Less(x, p.Constant(double.PositiveInfinity)), result, x);
        return p.Select(p.Less(x, p.Constant(SmallestNormal(p))), below, result);
    }

    /// <summary>log(1 + t) for t in [0, 1], relatively accurate down to zero.</summary>
    internal static V OfOnePlusUnit<V>(IPrimitives<V> p, V t)
    {
        if (!p.IsDouble)
        {
            return p.Multiply(t, Polynomial.Evaluate(p, t, UnitSingle));
        }

        var s = p.Divide(t, p.Add(t, p.Constant(2)));
        return p.Multiply(s, Polynomial.Evaluate(p, p.Multiply(s, s), UnitDouble));
    }

    /// <summary>
    /// e and m with x = m·2^e and m in [√½, √2), for a positive normal x: the exponent of √2·x is that of x, rounded to nearest.
    /// </summary>
    internal static (V Exponent, V Mantissa) Split<V>(IPrimitives<V> p, V x)
    {
        var e = p.Exponent(p.Multiply(x, p.Constant(1.4142135623730951)));
        return (e, p.ScaleByPowerOfTwo(x, p.Negate(e)));
    }

    internal static double SmallestNormal<V>(IPrimitives<V> p) => p.IsDouble ? 2.2250738585072014e-308 : 1.1754943508222875e-38;
}
