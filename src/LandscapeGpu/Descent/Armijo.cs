namespace LandscapeGpu.Descent;

/// <summary>Gradient descent with backtracking: the step is halved until f falls by c·t‖g‖², and doubled after it did.</summary>
/// <remarks>One evaluation an iteration, whether the step is taken or not. Armijo (1966), Pacific J. Math. 16, 1.</remarks>
public sealed record Armijo : UpdateRule
{
    /// <inheritdoc/>
    public override string Name => "armijo";

    /// <summary>The first step tried, in the units of the formula; null for 0.01 in those of the landscape, which no reader knows.</summary>
    public double? FirstStep { get; init; }

    private const double OrdinaryStep = 1e-2;

    internal override bool IsScaleFree => FirstStep is null;

    /// <summary>c, the share of the linear decrease asked for.</summary>
    public double Share { get; init; } = 0.3;

    /// <inheritdoc/>
    public override string ToString() => FirstStep is { } step ? FormattableString.Invariant($"{Name} (first step {step})") : Name;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Tunable => [(StepContext.StepName, RuleNumbers.Positive(FirstStep ?? OrdinaryStep, "Armijo's first step"))];

    /// <inheritdoc/>
    public override UpdateRule Shape => this with { FirstStep = 1 };

    /// <inheritdoc/>
    public override bool StaysInRegion => true;

    /// <inheritdoc/>
    public override Vector Write(StepContext step)
    {
        RuleNumbers.Fraction(Share, "Armijo's share of the linear decrease");
        var (x, g) = (step.X, step.Slot("g"));
        var (f, t) = (step.Scalar("f", StepContext.Unknown), step.Scalar("t", 0));
        var trial = step.Project(step.Each(i => x[i] - (t.Value * g[i])));
        var (value, there) = step.At(trial);
        var gradient = step.WithEnds(there, g, trial);
        var decrease = Sum(step.Dimension, i => g[i] * (x[i] - trial[i]));
        // At the first evaluation, of the start itself, there is nothing to compare with.
        var fresh = f.Value >= StepContext.Unknown;
        var accepted = fresh | (value <= f.Value - (Share * decrease) + step.Slack(f.Value));
        var next = step.Each(i => Select(accepted, trial[i], x[i]));
        var slope = step.Each(i => Select(accepted, gradient[i], g[i]));
        step.Keep(g, slope);
        step.Keep(f, Select(accepted, value, f.Value));
        step.Keep(t, Select(fresh, step.Number(StepContext.StepName), Select(accepted, 2 * t.Value, 0.5 * t.Value)));
        step.Tests(slope, next, Select(accepted, value, f.Value));
        step.FailsWhen(fresh & !(Abs(value) < StepContext.Unknown));
        return next;
    }
}
