namespace LandscapeGpu.Compilation.Elementary;

/// <summary>The arc tangent of a number, and the angle of a point of the plane.</summary>
internal static class ArcTangent
{
    // (atan(z) − z)/z³ in z². Minimax on [0, 1]: relative error of the arc tangent 2^-25.8 (float) and 2^-55 (double).
    private static ReadOnlySpan<double> Single =>
    [
        -0.3333315253257751465, 0.1999376863241195679, -0.1421102285385131836, 0.1066588014364242554, -7.55195170640945435e-2,
        4.320875927805900574e-2, -1.636600308120250702e-2, 2.920203376561403275e-3,
    ];

    private static ReadOnlySpan<double> Double =>
    [
        -0.3333333333333186044, 0.1999999999975519138, -0.1428571427134187888, 0.111111106789051256, -9.09090123753468204e-2,
        7.69221295033065827e-2, -6.6658604931834578e-2, 5.8773084003196259e-2, -5.23923529403051841e-2, 4.673955995152271475e-2,
        -4.092651939097362995e-2, 3.406803869895923265e-2, -2.58270884931102694e-2, 1.697832121893296659e-2,
        -9.1847683985695136e-3, 3.856086079733823165e-3, -1.164112185152818123e-3, 2.230313930699736778e-4,
        -2.02594758462281606e-5,
    ];

    /// <summary>atan x: the series for |x| ≤ 1, and π/2 − atan(1/|x|) beyond. Within 1.8 ulp (float) and 1.6 ulp (double).</summary>
    public static V Atan<V>(IPrimitives<V> p, V x)
    {
        var magnitude = p.Abs(x);
        var steep = p.Less(p.Constant(1), magnitude);
        var angle = OfUnit(p, p.Select(steep, p.Divide(p.Constant(1), magnitude), magnitude));
        return p.CopySign(p.Select(steep, p.Subtract(p.Constant(Math.PI / 2), angle), angle), x);
    }

    /// <summary>
    /// The angle of the point (x, y) in [−π, π], with the signs of zeros and at infinity as in IEEE 754: the octant's angle is
    /// atan(smaller/larger). Within 2.0 ulp (float) and 1.4 ulp (double) where the quotient is a normal number.
    /// </summary>
    public static V Atan2<V>(IPrimitives<V> p, V y, V x)
    {
        var height = p.Abs(y);
        var width = p.Abs(x);

        // Selected, not Min and Max, so that a NaN in either place stays in the quotient.
        var steep = p.Less(width, height);
        var larger = p.Select(steep, height, width);
        var smaller = p.Select(steep, width, height);

        // ∞/∞ is the diagonal and 0/0 the angle 0; NaN is equal to nothing and stays in the quotient.
        var quotient = p.Select(p.Equal(width, height), p.Constant(1), p.Divide(smaller, larger));
        var angle = OfUnit(p, p.Select(p.Equal(larger, p.Constant(0)), smaller, quotient));

        angle = p.Select(steep, p.Subtract(p.Constant(Math.PI / 2), angle), angle);
        var behind = p.Less(p.CopySign(p.Constant(1), x), p.Constant(0));
        return p.CopySign(p.Select(behind, p.Subtract(p.Constant(Math.PI), angle), angle), y);
    }

    private static V OfUnit<V>(IPrimitives<V> p, V z)
    {
        var square = p.Multiply(z, z);
        return p.FusedMultiplyAdd(p.Multiply(z, square), Polynomial.Evaluate(p, square, p.IsDouble ? Double : Single), z);
    }
}
