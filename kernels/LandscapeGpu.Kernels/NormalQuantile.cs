using System.Runtime.CompilerServices;
using static System.Math;

namespace LandscapeGpu.Kernels;

/// <summary>The quantile function Φ⁻¹ of the standard normal distribution, the same bit for bit on every device.</summary>
/// <remarks>
/// <para>
/// M. J. Wichura: Algorithm AS 241, the percentage points of the normal distribution, PPND16 (Applied Statistics 37,
/// 1988, 477–484): a ratio of two polynomials of degree 7 in ¼·0.85² − (p − ½)² for the central 85%, in √(−log p) beyond.
/// </para>
/// <para>
/// Only additions, products, quotients, roots and fused multiply-adds are used, each rounded once as IEEE 754 says, and
/// no product feeds a sum unfused: a device compiler that contracts a·b + c has nothing left to contract. The C
/// library's log differs between devices, so it is written out here.
/// </para>
/// </remarks>
public static class NormalQuantile
{
    private const double Ln2 = 0.69314718055994530942;

    /// <summary>x with Φ(x) = p.</summary>
    /// <param name="p">A probability, 2⁻¹⁰²² ≤ p ≤ 1 − 2⁻⁵³; not checked.</param>
    /// <remarks>
    /// Relative error of a few 2⁻⁵³ (of the smaller of p and 1 − p as given). Exactly odd: Of(1 − p) = −Of(p) where
    /// 1 − p is exact.
    /// </remarks>
    public static double Of(double p)
    {
        var q = p - 0.5;
        if (Abs(q) <= 0.425)
        {
            return Central(q);
        }
        // The smaller tail, taken before any rounding: 1 − p is exact for p ≥ ½.
        var root = Sqrt(NegativeLog(q < 0 ? p : 1.0 - p));
        var x = root <= 5.0 ? Tail(root - 1.6) : FarTail(root - 5.0);
        return q < 0 ? -x : x;
    }

    private static double Central(double q)
    {
        var r = FusedMultiplyAdd(-q, q, 0.180625);
        var numerator = Polynomial(
            r, 2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
            1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080);
        var denominator = Polynomial(
            r, 5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
            5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0);
        return q * numerator / denominator;
    }

    // 0.075 ≥ p ≥ e⁻²⁵; r = √(−log p) − 1.6.
    private static double Tail(double r)
    {
        var numerator = Polynomial(
            r, 7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
            3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734);
        var denominator = Polynomial(
            r, 1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
            6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1.0);
        return numerator / denominator;
    }

    // p < e⁻²⁵; r = √(−log p) − 5.
    private static double FarTail(double r)
    {
        var numerator = Polynomial(
            r, 2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
            2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720);
        var denominator = Polynomial(
            r, 2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
            1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0);
        return numerator / denominator;
    }

    // Coefficients from that of r⁷ down to the constant.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Polynomial(double r, double a, double b, double c, double d, double e, double f, double g, double h)
    {
        var sum = FusedMultiplyAdd(FusedMultiplyAdd(a, r, b), r, c);
        sum = FusedMultiplyAdd(FusedMultiplyAdd(sum, r, d), r, e);
        sum = FusedMultiplyAdd(FusedMultiplyAdd(sum, r, f), r, g);
        return FusedMultiplyAdd(sum, r, h);
    }

    // −log x for normal positive x below 1. x = 2ᵉ·m with m in [√½, √2); log m = 2·artanh s = 2s(1 + z/3 + z²/5 + …) with
    // s = (m − 1)/(m + 1) and z = s² ≤ 0.0295: the terms to z¹⁰/21 leave 10⁻¹⁸.
    private static double NegativeLog(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        // Subtracting √½'s bits moves the exponent's step from powers of two to powers of two times √½.
        var exponent = (bits - 0x3FE6A09E667F3BCD) >> 52;
        var m = BitConverter.Int64BitsToDouble(bits - (exponent << 52));
        var s = (m - 1.0) / (m + 1.0);
        var z = s * s;
        var series = 2.0 / 21;
        series = FusedMultiplyAdd(series, z, 2.0 / 19);
        series = FusedMultiplyAdd(series, z, 2.0 / 17);
        series = FusedMultiplyAdd(series, z, 2.0 / 15);
        series = FusedMultiplyAdd(series, z, 2.0 / 13);
        series = FusedMultiplyAdd(series, z, 2.0 / 11);
        series = FusedMultiplyAdd(series, z, 2.0 / 9);
        series = FusedMultiplyAdd(series, z, 2.0 / 7);
        series = FusedMultiplyAdd(series, z, 2.0 / 5);
        series = FusedMultiplyAdd(series, z, 2.0 / 3);
        series = FusedMultiplyAdd(s * z, series, s + s);
        return FusedMultiplyAdd(-exponent, Ln2, -series);
    }
}
