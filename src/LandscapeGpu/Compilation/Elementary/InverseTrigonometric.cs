namespace LandscapeGpu.Compilation.Elementary;

/// <summary>Arc sine and arc cosine. Arguments outside [−1, 1] give NaN, through the square root.</summary>
internal static class InverseTrigonometric
{
    // (asin(z) − z)/z³ in z². Minimax on [0, ½]: relative error of the arc sine 2^-27.6 (float) and 2^-55.9 (double).
    private static ReadOnlySpan<double> SineSingle =>
    [
        0.1666675209999084473, 7.49531015753746033e-2, 4.54690195620059967e-2, 2.418550290167331696e-2, 4.21570129692554474e-2,
    ];

    private static ReadOnlySpan<double> SineDouble =>
    [
        0.1666666666666540841, 7.50000000033710229e-2, 4.46428568282701277e-2, 3.038195913898112527e-2, 2.237175800873783538e-2,
        1.735970531637235845e-2, 1.38852306020397151e-2, 1.216924034452072402e-2, 6.52786270798404698e-3, 1.9528546896388492e-2,
        -1.622466016607629694e-2, 3.19125289178087482e-2,
    ];

    // acos(a)/√(1 − a) in a. Minimax on [0, 1]: relative error 2^-24.3 (float) and 2^-54.5 (double).
    private static ReadOnlySpan<double> CosineSingle =>
    [
        1.57079625129699707, -0.2145967334508895874, 8.89561474323272705e-2, -5.00635802745819092e-2, 3.061720915138721466e-2,
        -1.672411523759365082e-2, 6.424892693758010864e-3, -1.196526456624269485e-3,
    ];

    private static ReadOnlySpan<double> CosineDouble =>
    [
        1.570796326794896558, -0.2146018366025251034, 8.90486225452554736e-2, -5.07928144134010412e-2, 3.368128402065310306e-2,
        -2.437429077883556533e-2, 1.867194739985827967e-2, -1.488387624684887021e-2, 1.220501051132584502e-2,
        -1.01820913408778805e-2, 8.49616174360131281e-3, -6.88743740099305012e-3, 5.196601511063516504e-3,
        -3.462293961843962084e-3, 1.9228736100242456e-3, -8.35343796877730904e-4, 2.62025642820625491e-4,
        -5.224670155478009046e-5, 4.939837354093894063e-6,
    ];

    /// <summary>
    /// asin x: the series for |x| ≤ ½, and π/2 − 2·asin √((1 − |x|)/2) beyond. Within 2.3 ulp (float) and 1.9 ulp (double).
    /// </summary>
    public static V Asin<V>(IPrimitives<V> p, V x)
    {
        var magnitude = p.Abs(x);
        var small = p.LessOrEqual(magnitude, p.Constant(0.5));
        var halfRest = p.FusedMultiplyAdd(magnitude, p.Constant(-0.5), p.Constant(0.5));
        var square = p.Select(small, p.Multiply(x, x), halfRest);
        var z = p.Select(small, magnitude, p.Sqrt(halfRest));
        var series = Polynomial.Evaluate(p, square, p.IsDouble ? SineDouble : SineSingle);
        var angle = p.FusedMultiplyAdd(p.Multiply(z, square), series, z);
        var large = p.FusedMultiplyAdd(angle, p.Constant(-2), p.Constant(Math.PI / 2));
        return p.CopySign(p.Select(small, angle, large), x);
    }

    /// <summary>
    /// acos x = √(1 − |x|)·A(|x|), and π minus that for negative x: the root carries the singularity at 1, where the result is
    /// relatively accurate. Within 2.6 ulp (float) and 1.8 ulp (double).
    /// </summary>
    public static V Acos<V>(IPrimitives<V> p, V x) => Acos(p, x, p.Less(x, p.Constant(0)));

    /// <summary>acos −x, without turning x round.</summary>
    public static V AcosOfNegative<V>(IPrimitives<V> p, V x) => Acos(p, x, p.Less(p.Constant(0), x));

    private static V Acos<V>(IPrimitives<V> p, V x, V isObtuse)
    {
        var magnitude = p.Abs(x);
        var root = p.Sqrt(p.Subtract(p.Constant(1), magnitude));
        var angle = p.Multiply(root, Polynomial.Evaluate(p, magnitude, p.IsDouble ? CosineDouble : CosineSingle));
        return p.Select(isObtuse, p.Subtract(p.Constant(Math.PI), angle), angle);
    }
}
