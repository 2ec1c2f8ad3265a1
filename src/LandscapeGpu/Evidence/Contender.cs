namespace LandscapeGpu.Evidence;

/// <summary>One way to descend that is compared with others.</summary>
public sealed record Contender
{
    /// <summary>How its restarts descend.</summary>
    public required DescentOptions Descent { get; init; }

    /// <summary>Where restarts begin; null for the comparison's own.</summary>
    public NamedStarts? Starts { get; init; }

    /// <summary>Its descent with another iteration limit.</summary>
    internal DescentOptions Within(int steps) => Descent with { Stop = Descent.Stop with { Iterations = steps } };

    /// <inheritdoc/>
    public override string ToString() => Descent.Rule
        + (Descent.Schedule == Schedule.Constant ? "" : $", {Descent.Schedule}")
        + (Descent.Clip is { } clip ? $", clip {EvidenceText.Number(clip)}" : "")
        + (Descent.Temperature > 0 ? $", noise {EvidenceText.Number(Descent.Temperature)}" : "")
        + (Descent.Batch is null ? "" : $", {Descent.Batch}")
        + (Descent.Curriculum is null ? "" : $", {Descent.Curriculum}")
        + (Starts is null ? "" : $", from {Starts.Name}");
}
