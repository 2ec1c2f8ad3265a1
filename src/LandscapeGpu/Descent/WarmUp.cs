namespace LandscapeGpu.Descent;

/// <summary>(k + 1)/n for the first n steps, then 1: small steps where curvature is not known yet.</summary>
internal sealed record WarmUp(int Steps) : Schedule
{
    private int Checked { get; } = RuleNumbers.AtLeastOne(Steps, "A warm-up");

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Tunable => [("schedule.steps", Checked)];

    /// <inheritdoc/>
    public override Schedule Shape => new WarmUp(1);

    /// <inheritdoc/>
    public override Real Factor(Real k, Func<string, Real> number) => Min(1, (k + 1) / number("schedule.steps"));

    /// <inheritdoc/>
    public override string ToString() => $"warm-up:{Steps}";
}
