using LandscapeGpu.Descent;
using LandscapeGpu.Expressions;
using static LandscapeGpu.Expressions.Functions;

/// <summary>x′ᵢ = xᵢ − η·mᵢ/(|mᵢ| + ε) with the running mean m of gradients: steps as long in every coordinate. An update rule of one's own is one record.</summary>
public sealed record SignDescent : CoordinateRule
{
    public override string Name => "sign-descent";

    public override double DefaultStep => 1e-2;

    public override Vector Write(StepContext step)
    {
        var (eta, gradient, mean) = (step.StepSize(), step.Gradient, step.Slot("mean"));
        var next = step.Each(i => (0.9 * mean[i]) + (0.1 * gradient[i]));
        step.Keep(mean, next);
        return step.Each(i => step.X[i] - (eta * next[i] / (Abs(next[i]) + 1e-3)));
    }
}
