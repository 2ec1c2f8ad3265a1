namespace LandscapeGpu.Descent;

/// <summary>Nesterov's momentum: v′ = μv + g, x′ = x − η(g + μv′).</summary>
/// <remarks>
/// Nesterov (1983), in the form of Sutskever et al. (2013), On the importance of initialization and momentum in deep
/// learning, with x standing for the point looked ahead to.
/// </remarks>
public sealed record Nesterov : CoordinateRule
{
    /// <inheritdoc/>
    public override string Name => "nesterov";

    /// <summary>μ, in [0, 1).</summary>
    public double Mass { get; init; } = 0.9;

    /// <inheritdoc/>
    public override double DefaultStep => 1e-3;

    /// <inheritdoc/>
    protected override string Numbers => Mass == 0.9 ? "" : FormattableString.Invariant($", mass {Mass}");

    /// <inheritdoc/>
    public override Vector Write(StepContext step)
    {
        RuleNumbers.Fraction(Mass, "Nesterov's momentum");
        var eta = step.StepSize();
        var g = step.Gradient;
        var v = step.Slot("v");
        var next = step.Each(i => (Mass * v[i]) + g[i]);
        step.Keep(v, next);
        return step.Each(i => step.X[i] - (eta * (g[i] + (Mass * next[i]))));
    }
}
