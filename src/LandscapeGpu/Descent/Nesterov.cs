namespace LandscapeGpu.Descent;

/// <summary>Nesterov's momentum: v′ = μv + g, x′ = x − η(g + μv′).</summary>
/// <remarks>
/// Nesterov (1983), in the form of Sutskever et al. (2013), On the importance of initialization and momentum in deep
/// learning, with x standing for the point looked ahead to.
/// </remarks>
public sealed record Nesterov : MomentumRule
{
    /// <inheritdoc/>
    public override string Name => "nesterov";

    // Stable up to 2(1 + μ)/(1 + 2μ)λ; the heavy ball up to 2(1 + μ)/λ, which is more than gradient descent is.
    internal override double StableShare => (1 + Mass) / (1 + (2 * Mass));

    private protected override Real Along(Real g, Real v) => g + (Mass * v);
}
