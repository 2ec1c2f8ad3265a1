namespace LandscapeGpu.Compilation.Elementary;

/// <summary>Sine and cosine of an angle in turns, sin 2πu and cos 2πu: the cheapest periodic functions there are.</summary>
/// <remarks>
/// u − round(u) is exact, so there is no error of reduction however large u is. The zeros are factored out, and a fused v² − ¼ is
/// rounded once, so that results are relatively accurate next to the zeros. Infinities and NaN give NaN.
/// </remarks>
internal static class Turns
{
    // sin(2πv)/(v(v² − ¼)) in v². Minimax on [0, ½]: relative error 2^-25.1 (float) and 2^-54.5 (double).
    private static ReadOnlySpan<double> SineSingle =>
    [
        -25.13274192810058594, 64.83587646484375, -67.07769775390625, 38.50479888916015625, -14.08272933959960937,
        3.20673203468322754,
    ];

    private static ReadOnlySpan<double> SineDouble =>
    [
        -25.13274122871834493, 64.8358440467253274, -67.077620917366545, 38.5129553413506116, -14.1829543792945536,
        3.646752269532854474, -0.692796263011679625, 0.1012725878346018016, -1.169568710850362597e-2, 1.001914149036888966e-3,
    ];

    // cos(2πv)/(v² − 1/16) in v², the first coefficient fixed so that cos 0 = 1. Minimax on [0, ½]: relative error 2^-25.5
    // (float) and 2^-53.9 (double).
    private static ReadOnlySpan<double> CosineSingle =>
        [-16, 59.8272895812988281, -81.7902450561523437, 58.5789947509765625, -25.59965896606445312, 6.5910496711730957];

    private static ReadOnlySpan<double> CosineDouble =>
    [
        -16, 59.82734083485903653, -81.7928510048759563, 58.62345922467496706, -25.93891421500726935, 7.797478449881942275,
        -1.696895306535543213, 0.2796847314768631243, -3.594012400707650295e-2, 3.370372274159633315e-3,
    ];

    /// <summary>sin 2πu = v(v² − ¼)·S(v²) with v = u − round(u). Within 2.7 ulp (float) and 2.4 ulp (double) for every u.</summary>
    /// <remarks>Exactly zero at integers and half integers.</remarks>
    public static V Sin<V>(IPrimitives<V> p, V u)
    {
        var v = p.Subtract(u, p.Round(u));
        var zeros = p.Multiply(v, p.FusedMultiplyAdd(v, v, p.Constant(-0.25)));
        return p.Multiply(zeros, Polynomial.Evaluate(p, Square(p, v), p.IsDouble ? SineDouble : SineSingle));
    }

    /// <summary>cos 2πu = (v² − 1/16)·C(v²) with v = u − round(u). Within 3.5 ulp (float) and 3.1 ulp (double) for every u.</summary>
    /// <remarks>Exactly zero at odd quarters.</remarks>
    public static V Cos<V>(IPrimitives<V> p, V u)
    {
        var v = p.Subtract(u, p.Round(u));
        var zeros = p.FusedMultiplyAdd(v, v, p.Constant(-0.0625));
        return p.Multiply(zeros, Polynomial.Evaluate(p, Square(p, v), p.IsDouble ? CosineDouble : CosineSingle));
    }

    /// <summary>v², kept out of the subnormal numbers, which some processors compute a hundred times slower; it is added to 1 at least.</summary>
    private static V Square<V>(IPrimitives<V> p, V v) => p.FusedMultiplyAdd(v, v, p.Constant(p.IsDouble ? 1e-300 : 1e-30));
}
