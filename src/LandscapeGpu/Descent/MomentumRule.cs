namespace LandscapeGpu.Descent;

/// <summary>A rule with a velocity: v′ = μv + g, and x′ = x − ηp with a step p made of v′ and g.</summary>
public abstract record MomentumRule : CoordinateRule
{
    private protected MomentumRule()
    {
    }

    /// <summary>μ, in [0, 1).</summary>
    public double Mass { get; init; } = 0.9;

    /// <inheritdoc/>
    public override double DefaultStep => 1e-3;

    internal override bool FollowsSlope => true;

    internal override double StepShare => 1 - Mass;

    /// <inheritdoc/>
    protected override string Numbers => Mass == 0.9 ? "" : FormattableString.Invariant($", mass {Mass}");

    /// <inheritdoc/>
    public override Vector Write(StepContext step)
    {
        RuleNumbers.Fraction(Mass, $"The momentum of {Name}");
        var eta = step.StepSize();
        var (g, v) = (step.Gradient, step.Slot("v"));
        var next = step.Each(i => (Mass * v[i]) + g[i]);
        step.Keep(v, next);
        return step.Each(i => step.X[i] - (eta * Along(g[i], next[i])));
    }

    /// <summary>p, of the gradient and v′.</summary>
    private protected abstract Real Along(Real g, Real v);
}
