namespace LandscapeGpu.Compilation.Elementary;

/// <summary>The error function, 2/√π ∫₀ˣ e^−t² dt.</summary>
internal static class ErrorFunction
{
    // erf(x)/x = P(x²)/Q(x²). Rational minimax on [0, 3.93]: relative error 2^-25.6.
    private static ReadOnlySpan<double> NumeratorSingle =>
    [
        1.128379144785803, 0.19079273675157005, 0.05279115900988519, 0.0037798710527673475, 0.00028479495053246995,
        2.041671785565116e-06,
    ];

    private static ReadOnlySpan<double> DenominatorSingle =>
    [
        1.0, 0.5024183816012405, 0.11426091809077983, 0.014998024349376202, 0.0011652368000856935, 3.8000205366071576e-05,
    ];

    // The same on [0, 5.93]: relative error 2^-54.8.
    private static ReadOnlySpan<double> NumeratorDouble =>
    [
        1.4708916397554648, 0.28699781735048141, 0.086191194218837183, 0.0089804900245980136, 0.0011153593719932758,
        7.4224891263688163e-05, 5.0841658286211323e-06, 2.2091368937036568e-07, 8.8114575248235369e-09, 2.2417340173869008e-10,
        4.3492270629979344e-12, 2.9028461723505606e-14, 2.0483175014614666e-17,
    ];

    private static ReadOnlySpan<double> DenominatorDouble =>
    [
        1.3035437755746513, 0.68885978514038315, 0.17565050787636738, 0.028659699402717405, 0.0033431424230535869,
        0.00029471340431385035, 2.0202260811162025e-05, 1.0884389367929226e-06, 4.5824551608677711e-08, 1.4658700490671244e-09,
        3.3231905119880397e-11, 4.3266912701928193e-13, 1.1537815320103577e-15,
    ];

    /// <summary>
    /// erf x by one rational function, relatively accurate near 0. Past its interval the quotient is a growing multiple of x, which
    /// the bounds of the result turn into ±1. Within MAXERF.
    /// </summary>
    public static V Erf<V>(IPrimitives<V> p, V x)
    {
        var bound = p.IsDouble ? 5.93 : 3.93;
        var square = p.Min(p.Multiply(x, x), p.Constant(bound * bound));
        var numerator = p.Multiply(x, Polynomial.Evaluate(p, square, p.IsDouble ? NumeratorDouble : NumeratorSingle));
        var result = p.Divide(numerator, Polynomial.Evaluate(p, square, p.IsDouble ? DenominatorDouble : DenominatorSingle));
        result = p.Max(p.Min(result, p.Constant(1)), p.Constant(-1));
        return p.Select(p.Equal(x, x), result, x);
    }
}
