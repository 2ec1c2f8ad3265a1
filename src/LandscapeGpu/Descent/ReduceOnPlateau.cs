namespace LandscapeGpu.Descent;

/// <summary>Multiplied by a factor below 1 whenever the value has made no progress for so many steps.</summary>
/// <remarks>
/// Progress is a new lowest value, by more than a ten-thousandth of all that has been gained since the start: so it is the same for f and for af + b.
/// The idea is that of PyTorch's ReduceLROnPlateau, whose threshold is a share of the value itself.
/// </remarks>
internal sealed record ReduceOnPlateau(double By, int Patience) : Schedule
{
    private const double Progress = 1e-4;

    private int Checked { get; } = RuleNumbers.AtLeastOne(Patience, "The patience of a schedule that reduces on plateaus");

    private double Below { get; } = By is > 0 and < 1
        ? By
        : throw new ArgumentException(FormattableString.Invariant($"A schedule that reduces on plateaus was given the factor {By}; it must be above 0 and below 1."));

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Tunable => [("schedule.by", Below), ("schedule.patience", Checked)];

    /// <inheritdoc/>
    public override Schedule Shape => new ReduceOnPlateau(0.5, 1);

    internal override bool WatchesValue => true;

    /// <inheritdoc/>
    public override Real Factor(Real k, Func<string, Real> number) => throw new InvalidOperationException($"{this} follows the value, not the number of steps.");

    internal override Real Factor(StepContext step)
    {
        var (f, begun) = (step.Value, step.Steps.Value > 0);
        var (first, best, waited, factor) = (step.Scalar("plateau first", 0), step.Scalar("plateau best", 0), step.Scalar("plateau waited", 0), step.Scalar("plateau factor", 1));
        var start = Select(begun, first.Value, f);
        var lowest = Select(begun, best.Value, f);
        var isProgress = f < lowest - (Progress * (start - lowest));
        var wait = Select(begun & !isProgress, waited.Value + 1, 0);
        var isOver = wait > step.Number("schedule.patience");
        var next = Select(isOver, factor.Value * step.Number("schedule.by"), factor.Value);
        step.Keep(first, start);
        step.Keep(best, Select(isProgress, f, lowest));
        step.Keep(waited, Select(isOver, 0, wait));
        step.Keep(factor, next);
        return next;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"reduce-on-plateau:{By}:{Patience}");
}
