namespace LandscapeGpu.Compilation.Elementary;

/// <summary>Sine and cosine of an angle in turns, sin 2πu and cos 2πu: the cheapest periodic functions there are.</summary>
/// <remarks>
/// u − round(u) is exact, so there is no error of reduction however large u is. With v that rest, a sine is a cosine a quarter away from it: both are
/// polynomials in w = |v|(½ − |v|) = 1/16 − (¼ − |v|)², which goes up to 1/16 only, so that they are short; no coefficient is negative. The zeros are
/// factored out, and ½ − |v| and ¼ − |v| are exact next to theirs, so that results are relatively accurate there. Infinities and NaN give NaN.
/// </remarks>
internal static class Turns
{
    // sin(2πv)/(v(½ − |v|)) in w. Minimax on [0, 1/16]: relative error 2^-25.1 (float) and 2^-54.5 (double).
    private static ReadOnlySpan<double> SineSingle =>
        [12.566370964050293, 50.26528549194336, 71.40718841552734, 51.962867736816406, 28.086627960205078];

    private static ReadOnlySpan<double> SineDouble =>
    [
        12.566370614359172, 50.26548245743763, 71.39024173600414, 52.43518155092076, 23.59927577471914, 7.1836625663616385,
        1.5773283605195119, 0.2717160832086669,
    ];

    // cos(2πv)/(¼ − |v|) in w, the first coefficient fixed so that cos 0 = 1. Minimax on [0, 1/16]: relative error 2^-27.3
    // (float) and 2^-60.6 (double).
    private static ReadOnlySpan<double> CosineSingle => [4, 31.99998664855957, 68.17483520507812, 66.65416717529297, 39.6600227355957];

    private static ReadOnlySpan<double> CosineDouble =>
    [
        4, 31.999999999999996, 68.1726591651423, 66.76254664194593, 37.55941710914102, 13.719665577534938, 3.5169596944168138,
        0.6672362840937728, 0.10110907838831881,
    ];

    /// <summary>sin 2πu = v(½ − |v|)·S(w) with v = u − round(u). Within 3.3 ulp (float) and 2.6 ulp (double) for every u.</summary>
    /// <remarks>Exactly zero at integers and half integers.</remarks>
    public static V Sin<V>(IPrimitives<V> p, V u)
    {
        var v = Rest(p, u);
        var zeros = Zeros(p, v);
        return p.Multiply(zeros, Polynomial.Evaluate(p, p.Abs(zeros), p.IsDouble ? SineDouble : SineSingle));
    }

    /// <summary>cos 2πu = (¼ − |v|)·C(w) with v = u − round(u). Within 2.3 ulp (float) and 2 ulp (double) for every u.</summary>
    /// <remarks>Exactly zero at odd quarters.</remarks>
    public static V Cos<V>(IPrimitives<V> p, V u)
    {
        var v = Rest(p, u);
        var quarter = p.Subtract(p.Constant(0.25), p.Abs(v));
        return p.Multiply(quarter, Polynomial.Evaluate(p, p.Abs(Zeros(p, v)), p.IsDouble ? CosineDouble : CosineSingle));
    }

    private static V Rest<V>(IPrimitives<V> p, V u) => p.Subtract(u, p.Round(u));

    /// <summary>v(½ − |v|), whose magnitude is w: a magnitude costs less than a second product.</summary>
    private static V Zeros<V>(IPrimitives<V> p, V v) => p.Multiply(v, p.Subtract(p.Constant(0.5), p.Abs(v)));
}
