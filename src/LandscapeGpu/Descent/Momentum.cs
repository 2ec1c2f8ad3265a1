namespace LandscapeGpu.Descent;

/// <summary>The heavy ball: v′ = μv + g, x′ = x − ηv′.</summary>
/// <remarks>Polyak (1964), Some methods of speeding up the convergence of iteration methods.</remarks>
public sealed record Momentum : CoordinateRule
{
    /// <inheritdoc/>
    public override string Name => "momentum";

    /// <summary>μ, in [0, 1).</summary>
    public double Mass { get; init; } = 0.9;

    /// <inheritdoc/>
    public override double DefaultStep => 1e-3;

    /// <inheritdoc/>
    protected override string Numbers => Mass == 0.9 ? "" : FormattableString.Invariant($", mass {Mass}");

    /// <inheritdoc/>
    public override Vector Write(StepContext step)
    {
        RuleNumbers.Fraction(Mass, "The heavy ball's momentum");
        var eta = step.StepSize();
        var g = step.Gradient;
        var v = step.Slot("v");
        var next = step.Each(i => (Mass * v[i]) + g[i]);
        step.Keep(v, next);
        return step.Each(i => step.X[i] - (eta * next[i]));
    }
}
