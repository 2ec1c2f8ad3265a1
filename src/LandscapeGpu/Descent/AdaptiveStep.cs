namespace LandscapeGpu.Descent;

/// <summary>Gradient descent with step 1/(2β̂), β̂ the smoothness seen in the last step: ‖g′ − g‖/‖x′ − x‖.</summary>
/// <remarks>η′ = min(√(1 + η/η₋)·η, ‖Δx‖/(2‖Δg‖)). Malitsky and Mishchenko (2020), Adaptive gradient descent without descent, ICML.</remarks>
public sealed record AdaptiveStep : UpdateRule
{
    /// <inheritdoc/>
    public override string Name => "adaptive";

    /// <summary>The first step, taken before any smoothness has been seen, in the units of the formula; null for 1e-6 in those of the landscape, which no reader knows.</summary>
    public double? FirstStep { get; init; }

    private const double OrdinaryStep = 1e-6;

    // Of the first step: none is shorter.
    private const double LeastShare = 1e-3;

    internal override bool IsScaleFree => FirstStep is null;

    /// <inheritdoc/>
    public override bool TakesSchedules => true;

    /// <inheritdoc/>
    public override string ToString() => FirstStep is { } step ? FormattableString.Invariant($"{Name} (first step {step})") : Name;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Tunable => [(StepContext.StepName, RuleNumbers.Positive(FirstStep ?? OrdinaryStep, "The first step"))];

    /// <inheritdoc/>
    public override UpdateRule Shape => this with { FirstStep = 1 };

    /// <inheritdoc/>
    public override Vector Write(StepContext step)
    {
        var firstStep = step.Number(StepContext.StepName);
        var (x, g) = (step.X, step.Gradient);
        var (lastX, lastG) = (step.Slot("last x"), step.Slot("last g"));
        var (eta, ratio) = (step.Scalar("eta", 0), step.Scalar("ratio", 0));
        var moved = Sum(step.Dimension, i => Square(x[i] - lastX[i]));
        var turned = Sum(step.Dimension, i => Square(g[i] - lastG[i]));
        var first = eta.Value <= 0;
        // Guarded against 0/0 where the gradient does not change at all.
        var local = 0.5 * Sqrt(moved / Max(turned, step.Tiny));
        var next = Select(first, firstStep, Min(Sqrt(1 + ratio.Value) * eta.Value, local));
        // A step that has shrunk to nothing by rounding must be able to grow again.
        next = Max(next, firstStep * LeastShare);
        step.Keep(ratio, Select(first, 1e9, next / Max(eta.Value, step.Tiny)));
        step.Keep(eta, next);
        step.Keep(lastX, step.Each(i => x[i]));
        step.Keep(lastG, step.Each(i => g[i]));
        var scaled = step.Scheduled(next);
        return step.Each(i => x[i] - (scaled * g[i]));
    }
}
