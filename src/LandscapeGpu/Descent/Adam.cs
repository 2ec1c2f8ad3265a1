namespace LandscapeGpu.Descent;

/// <summary>m′ = β₁m + (1 − β₁)g, s′ = β₂s + (1 − β₂)g², x′ = x − η m̂/(√ŝ + ε) with m̂ = m′/(1 − β₁ᵏ), ŝ = s′/(1 − β₂ᵏ).</summary>
/// <remarks>Kingma and Ba (2015), Adam: A method for stochastic optimization, ICLR.</remarks>
public record Adam : NormedRule
{
    /// <inheritdoc/>
    public override string Name => "adam";

    /// <summary>β₁, in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <inheritdoc/>
    public override double DefaultStep => 1e-2;

    // Of shares of the width from a two-thousandth to a two-hundredth the one by which most restarts of the catalogue came to a minimum, and in fewest steps.
    internal override double LengthIn(Region region) => region.Width is { } width ? width / 400 : DefaultStep;

    /// <inheritdoc/>
    public override Vector Write(StepContext step)
    {
        RuleNumbers.Fraction(Beta1, "Adam's β₁");
        RuleNumbers.Fraction(Beta2, "Adam's β₂");
        var eta = step.StepSize();
        var g = step.Gradient;
        var (m, s) = (step.Slot("m"), step.Slot("s"));
        // β^k as a number carried along: one product a step instead of a power.
        var (power1, power2) = (step.Scalar("power1", 1), step.Scalar("power2", 1));
        var (next1, next2) = (power1.Value * Beta1, power2.Value * Beta2);
        step.Keep(power1, next1);
        step.Keep(power2, next2);
        var mean = step.Each(i => (Beta1 * m[i]) + ((1 - Beta1) * g[i]));
        var square = step.Each(i => (Beta2 * s[i]) + ((1 - Beta2) * Square(g[i])));
        step.Keep(m, mean);
        step.Keep(s, square);
        var rate = eta / (1 - next1);
        var correction = 1 / (1 - next2);
        return step.Each(i => Decayed(step.X[i], eta) - (rate * mean[i] / Norm(square[i] * correction)));
    }

    /// <summary>The coordinate before the gradient's part of the step.</summary>
    internal virtual Real Decayed(Real x, Real eta) => x;
}
