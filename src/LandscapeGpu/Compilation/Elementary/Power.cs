namespace LandscapeGpu.Compilation.Elementary;

/// <summary>x to a real power.</summary>
/// <remarks>
/// The exponential magnifies the error of y·log₂ x by up to a thousand, so the logarithm is carried in two numbers: every product
/// that matters is accompanied by its rounding error, which the fused multiply-add gives exactly.
/// </remarks>
internal static class Power
{
    private const double Third = 1.0 / 3;

    // (artanh(s)/s − 1 − s²/3)/s⁴ in s². Minimax on |s| ≤ (√2 − 1)/(√2 + 1): relative error 2^-21.3 (float) and 2^-54 (double).
    private static ReadOnlySpan<double> TailSingle => [0.200000077486038208, 0.1428108662366867065, 0.11524992436170578];

    private static ReadOnlySpan<double> TailDouble =>
    [
        0.200000000000000011, 0.1428571428571315527, 0.1111111111138944618, 9.09090907674797305e-2, 7.69230504119241404e-2,
        6.6670658770134214e-2, 5.86074336725979847e-2, 5.792474978547711845e-2,
    ];

    // 2^r in r, the first coefficient fixed. Minimax on [0, 1]: relative error 2^-28.8 (float) and 2^-58.1 (double).
    private static ReadOnlySpan<double> PowerOfTwoSingle =>
    [
        1, 0.693147063255310059, 0.240229085087776184, 5.548618361353874207e-2, 9.67377517372369766e-3, 1.248228945769369602e-3,
        2.156597183784469962e-4,
    ];

    private static ReadOnlySpan<double> PowerOfTwoDouble =>
    [
        1, 0.693147180559945952, 0.2402265069590623914, 5.550410866561533013e-2, 9.61812909945333576e-3, 1.333355863386193095e-3,
        1.540351219032045022e-4, 1.525317720187436555e-5, 1.32083423246337001e-6, 1.025339364371373354e-7, 6.55878306568836758e-9,
        6.26479745848275055e-10,
    ];

    /// <summary>
    /// x^y = 2^(y·log₂ x) with the special cases of IEEE 754: x^0 = 1^y = 1; zeros, infinities and signs as for integer powers;
    /// NaN for negative x and a y that is not an integer (−∞ too). Subnormal x counts as zero, subnormal results are zero.
    /// Within 1.2 ulp (float and double).
    /// </summary>
    public static V Pow<V>(IPrimitives<V> p, V x, V y)
    {
        var magnitude = p.Abs(x);
        var (high, low) = LogarithmOfBaseTwo(p, magnitude);
        var zero = p.Less(magnitude, p.Constant(Logarithm.SmallestNormal(p)));
        high = p.Select(zero, p.Constant(double.NegativeInfinity), high);
        high = p.Select(p.Less(magnitude, p.Constant(double.PositiveInfinity)), high, magnitude);
        var result = p.Select(p.Equal(magnitude, p.Constant(1)), magnitude, PowerOfTwo(p, y, high, low));

        var half = p.Multiply(y, p.Constant(0.5));
        var even = p.Equal(p.Round(half), half);
        var signed = p.Select(even, result, p.CopySign(result, x));
        var unsigned = p.Select(p.Less(x, p.Constant(0)), p.Constant(double.NaN), result);
        result = p.Select(p.Equal(p.Round(y), y), signed, unsigned);

        var one = p.Constant(1);
        return p.Select(p.Equal(x, one), one, p.Select(p.Equal(y, p.Constant(0)), one, result));
    }

    /// <summary>
    /// log₂ x in two numbers, to about twice the precision, for a positive normal x: e + (2/ln 2)·artanh(s), where
    /// s = (m − 1)/(m + 1) and artanh(s) = s(1 + s²/3 + s⁴·T(s²)). Only the last term is small enough for one number.
    /// </summary>
    private static (V High, V Low) LogarithmOfBaseTwo<V>(IPrimitives<V> p, V x)
    {
        var (e, m) = Logarithm.Split(p, x);
        var numerator = p.Subtract(m, p.Constant(1));
        var denominator = p.Add(m, p.Constant(1));
        var denominatorLow = p.Subtract(numerator, p.Subtract(denominator, p.Constant(2)));
        var s = p.Divide(numerator, denominator);
        var remainder = p.FusedMultiplyAdd(p.Negate(s), denominator, numerator);
        var sLow = p.Divide(p.FusedMultiplyAdd(p.Negate(s), denominatorLow, remainder), denominator);

        var square = p.Multiply(s, s);
        var squareLow = p.FusedMultiplyAdd(p.Add(s, s), sLow, ErrorOfProduct(p, s, s, square));
        var third = p.Constant(Third);
        var series = p.Multiply(square, third);
        var thirdLow = p.Constant(LowPart(p, Third, 1.850371707708594e-17));
        var seriesLow = p.FusedMultiplyAdd(square, thirdLow, ErrorOfProduct(p, square, third, series));
        seriesLow = p.FusedMultiplyAdd(squareLow, third, seriesLow);
        var tail = Polynomial.Evaluate(p, square, p.IsDouble ? TailDouble : TailSingle);
        seriesLow = p.FusedMultiplyAdd(p.Multiply(square, square), tail, seriesLow);

        var correction = p.Multiply(s, series);
        var low = p.Add(ErrorOfProduct(p, s, series, correction), sLow);
        low = p.FusedMultiplyAdd(s, seriesLow, low);
        low = p.FusedMultiplyAdd(sLow, series, low);
        var (arcTangent, rest) = Sum(p, s, correction);
        low = p.Add(low, rest);

        const double twoOverLog = 2.8853900817779268;
        var scale = p.Constant(twoOverLog);
        var fraction = p.Multiply(arcTangent, scale);
        var fractionLow = ErrorOfProduct(p, arcTangent, scale, fraction);
        fractionLow = p.FusedMultiplyAdd(arcTangent, p.Constant(LowPart(p, twoOverLog, 4.0710547481862066e-17)), fractionLow);
        fractionLow = p.FusedMultiplyAdd(low, scale, fractionLow);

        var (high, highRest) = Sum(p, e, fraction);
        return Sum(p, high, p.Add(highRest, fractionLow));
    }

    /// <summary>2^(y·(high + low)): 0 where that would be subnormal, +∞ where it overflows.</summary>
    private static V PowerOfTwo<V>(IPrimitives<V> p, V y, V high, V low)
    {
        var exponent = p.Multiply(y, high);
        var exponentLow = p.FusedMultiplyAdd(y, low, ErrorOfProduct(p, y, high, exponent));
        var n = p.Round(p.Subtract(exponent, p.Constant(0.5)));
        var r = p.Add(p.Subtract(exponent, n), exponentLow);
        var result = p.ScaleByPowerOfTwo(Polynomial.Evaluate(p, r, p.IsDouble ? PowerOfTwoDouble : PowerOfTwoSingle), n);

        result = p.Select(p.Less(exponent, p.Constant(p.IsDouble ? -1022 : -126)), p.Constant(0), result);
        var finite = p.Less(exponent, p.Constant(p.IsDouble ? 1024 : 128));
        return p.Select(finite, result, p.Add(exponent, p.Constant(double.PositiveInfinity)));
    }

    /// <summary>a + b in two numbers, for |a| ≥ |b| or a = 0.</summary>
    private static (V High, V Low) Sum<V>(IPrimitives<V> p, V a, V b)
    {
        var sum = p.Add(a, b);
        return (sum, p.Subtract(b, p.Subtract(sum, a)));
    }

    /// <summary>a·b − product, exactly, where the product is a·b rounded.</summary>
    private static V ErrorOfProduct<V>(IPrimitives<V> p, V a, V b, V product) => p.FusedMultiplyAdd(a, b, p.Negate(product));

    /// <summary>What the constant loses in the precision in use: in double, its own rounding error.</summary>
    private static double LowPart<V>(IPrimitives<V> p, double constant, double low) =>
        p.IsDouble ? low : constant - (float)constant;
}
