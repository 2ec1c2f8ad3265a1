namespace LandscapeGpu.Compilation.Elementary;

/// <summary>The exponential, and the two functions of learning that are made of it.</summary>
/// <remarks>
/// e^x = 2ⁿ·e^r with n = ⌊x/ln 2⌋, so that e^r is in [1, 2] and 2ⁿ·e^r is a normal number up to the very ends of the range.
/// Results below the smallest normal number are zero.
/// </remarks>
internal static class Exponential
{
    // e^r in r, the first coefficient fixed so that e^0 = 1. Minimax on [0, ln 2]: relative error 2^-23.5 (float), 2^-58.1 (double).
    private static ReadOnlySpan<double> Single =>
    [
        1, 1.000005960464477539, 0.4998708367347717285, 0.167554900050163269, 3.906265273690223694e-2, 1.16693638265132904e-2,
    ];

    private static ReadOnlySpan<double> Double =>
    [
        1, 1.000000000000000888, 0.4999999999999223954, 0.1666666666690055643, 4.166666663172954865e-2, 8.33333363493602222e-3,
        1.388887259738725427e-3, 1.98418434734741353e-4, 2.478823214143316558e-5, 2.77606620398973078e-6, 2.562267085916402664e-7,
        3.529578731200538234e-8,
    ];

    /// <summary>
    /// e^x over the whole range: 0 below −87.3365 (float) or −708.396 (double), where results would be subnormal, +∞ from overflow on.
    /// Within 2.6 ulp (float) and 1.6 ulp (double).
    /// </summary>
    public static V Exp<V>(IPrimitives<V> p, V x)
    {
        var result = p.Select(p.Less(x, Lowest(p)), p.Constant(0), Normal(p, x, 1));

        // x + ∞ is +∞ beyond the range and NaN for NaN, which the comparison sends here too.
        return p.Select(p.LessOrEqual(x, Highest(p)), result, p.Add(x, p.Constant(double.PositiveInfinity)));
    }

    /// <summary>1/(1 + e^−x): 0 where e^−x overflows, 1 for large x. Within 3.0 ulp (float) and 2.0 ulp (double).</summary>
    public static V Sigmoid<V>(IPrimitives<V> p, V x)
    {
        // Beyond the bound e^−x is lost beside 1 and must only stay normal.
        var power = Normal(p, p.Min(x, p.Constant(p.IsDouble ? 700 : 80)), -1);
        var inRange = p.LessOrEqual(p.Constant(-HighestValue(p)), x);
        var finite = p.Select(inRange, power, p.Subtract(p.Constant(double.PositiveInfinity), x));
        return p.Divide(p.Constant(1), p.Add(finite, p.Constant(1)));
    }

    /// <summary>
    /// log(1 + e^x) = max(x, 0) + log(1 + e^−|x|): both terms are positive, so nothing cancels. Within
    /// 3.1 ulp (float) and 2.7 ulp (double).
    /// </summary>
    public static V Softplus<V>(IPrimitives<V> p, V x)
    {
        var magnitude = p.Abs(x);
        var lost = p.Less(p.Constant(-LowestValue(p)), magnitude);
        var power = p.Select(lost, p.Constant(0), Normal(p, magnitude, -1));

        // Not Max, which may lose a NaN.
        var positive = p.Select(p.Less(x, p.Constant(0)), p.Constant(0), x);
        return p.Add(positive, Logarithm.OfOnePlusUnit(p, power));
    }

    /// <summary>e^(sign·x) where it is a normal number; unspecified elsewhere. The sign, ±1, costs nothing.</summary>
    private static V Normal<V>(IPrimitives<V> p, V x, int sign)
    {
        var n = p.Round(p.FusedMultiplyAdd(x, p.Constant(sign * 1.4426950408889634), p.Constant(-0.5)));

        // ln 2 in two parts. The first step is exact: both operands are multiples of the last place of ln 2.
        var r = p.FusedMultiplyAdd(n, p.Constant(-sign * (p.IsDouble ? 0.6931471805599453 : 0.6931471824645996)), x);
        r = p.FusedMultiplyAdd(n, p.Constant(-sign * (p.IsDouble ? 2.3190468138462996e-17 : -1.9046542121259336e-09)), r);

        Span<double> coefficients = stackalloc double[p.IsDouble ? Double.Length : Single.Length];
        (p.IsDouble ? Double : Single).CopyTo(coefficients);
        for (var k = 1; k < coefficients.Length; k += 2)
        {
            coefficients[k] *= sign;
        }

        return p.ScaleByPowerOfTwo(Polynomial.Evaluate(p, r, coefficients), n);
    }

    private static V Lowest<V>(IPrimitives<V> p) => p.Constant(LowestValue(p));

    private static V Highest<V>(IPrimitives<V> p) => p.Constant(HighestValue(p));

    // Just inside the logarithm of the smallest normal number, so that n stays at its exponent.
    private static double LowestValue<V>(IPrimitives<V> p) => p.IsDouble ? -708.396 : -87.3365;

    // The largest number whose exponential is finite.
    private static double HighestValue<V>(IPrimitives<V> p) => p.IsDouble ? 709.78271289338397 : 88.72283172607422;
}
