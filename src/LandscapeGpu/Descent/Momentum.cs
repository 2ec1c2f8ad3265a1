namespace LandscapeGpu.Descent;

/// <summary>The heavy ball: v′ = μv + g, x′ = x − ηv′.</summary>
/// <remarks>Polyak (1964), Some methods of speeding up the convergence of iteration methods.</remarks>
public sealed record Momentum : MomentumRule
{
    /// <inheritdoc/>
    public override string Name => "momentum";

    private protected override Real Along(Real g, Real v) => v;
}
