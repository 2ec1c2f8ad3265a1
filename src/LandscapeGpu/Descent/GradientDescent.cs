using LandscapeGpu.Expressions;

namespace LandscapeGpu.Descent;

/// <summary>x′ = x − ηg.</summary>
public sealed record GradientDescent : CoordinateRule
{
    public override string Name => "gradient-descent";

    public override double DefaultStep => 1e-2;

    public override Vector Write(StepContext step)
    {
        var eta = step.StepSize();
        var g = step.Gradient;
        return step.Each(i => step.X[i] - (eta * g[i]));
    }
}
