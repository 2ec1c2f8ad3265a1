namespace LandscapeGpu.Descent;

/// <summary>s′ = ρs + (1 − ρ)g², x′ = x − ηg/(√s′ + ε).</summary>
/// <remarks>Tieleman and Hinton (2012), Lecture 6.5, Neural networks for machine learning.</remarks>
public sealed record RmsProp : NormedRule
{
    /// <inheritdoc/>
    public override string Name => "rmsprop";

    /// <summary>ρ, in [0, 1).</summary>
    public double Decay { get; init; } = 0.99;

    /// <inheritdoc/>
    public override double DefaultStep => 1e-3;

    /// <inheritdoc/>
    public override Vector Write(StepContext step)
    {
        RuleNumbers.Fraction(Decay, "RMSProp's decay");
        var eta = step.StepSize();
        var g = step.Gradient;
        var s = step.Slot("s");
        var next = step.Each(i => (Decay * s[i]) + ((1 - Decay) * Square(g[i])));
        step.Keep(s, next);
        return step.Each(i => step.X[i] - (eta * g[i] / Norm(next[i])));
    }
}
