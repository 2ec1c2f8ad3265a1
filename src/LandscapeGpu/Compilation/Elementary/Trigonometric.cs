namespace LandscapeGpu.Compilation.Elementary;

/// <summary>Sine, cosine and tangent of an angle in radians.</summary>
/// <remarks>
/// <para>
/// The multiple of π is taken off in three fused multiply-adds (Cody and Waite). The first is exact, because the remainder and
/// both operands are multiples of one small power of two; the second rounds relative to what is left; the third adds the digits
/// of π that matter where x is next to a multiple of π. So zeros are relatively accurate.
/// </para>
/// <para>
/// Far outside the useful range there is no digit of the remainder left and the result is arbitrary, but finite and, for sine
/// and cosine, within [−1, 1] (in double, the peak may round to the neighbour of 1): the sign below comes out as zero once n
/// fills the significand, and the squared remainder is bounded.
/// A zero result does not keep the sign of −0. Infinities and NaN give NaN.
/// </para>
/// </remarks>
internal static class Trigonometric
{
    // π in three parts, each the nearest number to what the earlier ones leave.
    private static ReadOnlySpan<double> PiSingle => [3.1415927410125732, -8.742277657347586e-08, -3.4302490200117637e-15];

    private static ReadOnlySpan<double> PiDouble => [3.141592653589793, 1.2246467991473532e-16, -2.9947698097183397e-33];

    // 4·sin(r)/r in r², the first coefficient fixed. Minimax on [0, π/2] (relative error 2^-27.3 and 2^-61.6), whose last places
    // were then searched so that cos 0 = 1 and, in float, no peak rounds above 1. Within [−4, 4] after multiplication by any |r| ≤ 4.
    private static ReadOnlySpan<double> SineSingle =>
        [4, -0.66666644811630249, 0.033332284539937973, -0.00079238950274884701, 1.0424146239529364e-05];

    private static ReadOnlySpan<double> SineDouble =>
    [
        4, -0.66666666666666696, 0.033333333333332965, -0.00079365079364851054, 1.1022927684692098e-05, -1.0020842768910427e-07,
        6.4235767611522974e-10, -3.0572164820296807e-12, 1.088638578733101e-14,
    ];

    // tan(r)/r = P(r²)/Q(r²). Rational minimax on [0, π/4]: relative error 2^-26.1 (float) and 2^-55.6 (double).
    private static ReadOnlySpan<double> TangentNumeratorSingle => [0.9999999858006026, -0.09580175490658588];

    private static ReadOnlySpan<double> TangentDenominatorSingle => [1.0, -0.42913576045172047, 0.009716853085102891];

    private static ReadOnlySpan<double> TangentNumeratorDouble =>
        [1.0, -0.12828352154501907, 0.002805923938086064, -7.483690111868569e-06];

    private static ReadOnlySpan<double> TangentDenominatorDouble =>
        [1.0, -0.4616168548783496, 0.023344875564132707, -0.00020844886199221905];

    /// <summary>
    /// sin x = (−1)ⁿ sin(x − nπ) with n = round(x/π). Within 2.7 ulp (float) and 2.3 ulp (double) over |x| ≤ 10⁵ (float) and
    /// 10⁹ (double).
    /// </summary>
    public static V Sin<V>(IPrimitives<V> p, V x)
    {
        var n = p.Round(p.Multiply(x, p.Constant(1 / Math.PI)));
        var quarter = p.FusedMultiplyAdd(n, p.Constant(0.5), p.Constant(0.25));
        return Alternate(p, Remainder(p, x, n, 1), p.Subtract(quarter, p.Round(quarter)));
    }

    /// <summary>
    /// cos x = −(−1)ᵐ sin(x − (m + ½)π) with m = round(x/π − ½). Within 2.6 ulp (float) and 2.4 ulp (double) over |x| ≤ 10⁵ (float)
    /// and 10⁹ (double).
    /// </summary>
    public static V Cos<V>(IPrimitives<V> p, V x)
    {
        var m = p.Round(p.FusedMultiplyAdd(x, p.Constant(1 / Math.PI), p.Constant(-0.5)));
        var n = p.Add(m, p.Constant(0.5));
        var quarter = p.Multiply(n, p.Constant(0.5));
        return Alternate(p, Remainder(p, x, n, 1), p.Subtract(p.Round(quarter), quarter));
    }

    /// <summary>
    /// tan x = tan r for even n and −1/tan r for odd n, where n = round(2x/π) and r = x − nπ/2: one division either way.
    /// Within 3.4 ulp (float) and 2.6 ulp (double) over |x| ≤ 10⁵ (float) and 10⁹ (double).
    /// </summary>
    public static V Tan<V>(IPrimitives<V> p, V x)
    {
        var n = p.Round(p.Multiply(x, p.Constant(2 / Math.PI)));
        var r = Remainder(p, x, n, 0.5);
        var square = p.Min(p.Multiply(r, r), p.Constant(1));
        var numerator = p.Multiply(r, Polynomial.Evaluate(p, square, p.IsDouble ? TangentNumeratorDouble : TangentNumeratorSingle));
        var denominator = Polynomial.Evaluate(p, square, p.IsDouble ? TangentDenominatorDouble : TangentDenominatorSingle);
        var half = p.Multiply(n, p.Constant(0.5));
        var even = p.Equal(half, p.Round(half));
        return p.Divide(p.Select(even, numerator, denominator), p.Select(even, denominator, p.Negate(numerator)));
    }

    /// <summary>x − n·(scale·π), where the scale is a power of two.</summary>
    private static V Remainder<V>(IPrimitives<V> p, V x, V n, double scale)
    {
        foreach (var part in p.IsDouble ? PiDouble : PiSingle)
        {
            x = p.FusedMultiplyAdd(n, p.Constant(-scale * part), x);
        }

        return x;
    }

    /// <summary>
    /// 4·sign·sin r. The sign is ±¼, what n/2 + ¼ leaves after rounding, exact and two operations shorter than a comparison;
    /// the 4 is in the coefficients.
    /// </summary>
    private static V Alternate<V>(IPrimitives<V> p, V r, V sign)
    {
        var square = p.Min(p.Multiply(r, r), p.Constant(16));
        return p.Multiply(p.Multiply(sign, r), Polynomial.Evaluate(p, square, p.IsDouble ? SineDouble : SineSingle));
    }
}
