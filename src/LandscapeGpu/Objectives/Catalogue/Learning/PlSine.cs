namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>Σ xᵢ² + 3 sin² xᵢ: not convex, yet every stationary point is the global minimum at the origin.</summary>
/// <remarks>
/// Its curvature lies in [−4, 8]; it satisfies the Polyak–Łojasiewicz inequality ½‖∇f‖² ≥ μ(f − f*) with μ = 1/32 (the
/// published constant; the best one is larger), so gradient descent with step 1/8 converges at least as fast as (1 − μ/8)ᵏ.
/// </remarks>
internal sealed class PlSine() : CubeFamily(
    "pl-sine", "Polyak-Lojasiewicz without convexity: one stationary point", 1, (1, 10_000), (-10, 10),
    "Karimi, Nutini and Schmidt (2016), Linear convergence of gradient and proximal-gradient methods under the Polyak-Lojasiewicz condition, ECML PKDD, section 2.2")
{
    protected override Real Formula(int d, Point x) => Sum(d, i => Square(x[i]) + (3 * Square(Sin(x[i]))));

    protected override KnownMinima Known(int d) => new() { Count = 1, GlobalValue = 0, Points = [new double[d]], PointError = 1e-9 };
}
