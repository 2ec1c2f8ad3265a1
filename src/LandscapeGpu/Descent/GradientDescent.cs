namespace LandscapeGpu.Descent;

/// <summary>x′ = x − ηg.</summary>
public sealed record GradientDescent : CoordinateRule
{
    /// <inheritdoc/>
    public override string Name => "gradient-descent";

    /// <inheritdoc/>
    public override double DefaultStep => 1e-2;

    internal override bool FollowsSlope => true;

    /// <inheritdoc/>
    public override Vector Write(StepContext step)
    {
        var eta = step.StepSize();
        var g = step.Gradient;
        return step.Each(i => step.X[i] - (eta * g[i]));
    }
}
