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

    private protected override Real Along(Real g, Real v) => g + (Mass * v);
}
