namespace LandscapeGpu.Evidence;

/// <summary>One way to descend that is compared with others.</summary>
public sealed record Contender
{
    /// <summary>How it makes a step.</summary>
    public required UpdateRule Rule { get; init; }

    /// <summary>What its step length is multiplied with as steps go by.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>Gradients longer than this are shortened to it; null for none.</summary>
    public double? Clip { get; init; }

    /// <summary>T of the noise √(2ηT)·N(0, I) added to every step of size η.</summary>
    public double Temperature { get; init; }

    /// <summary>Each step's gradient is that of a mean over so many samples; null for all of them.</summary>
    public MiniBatch? Batch { get; init; }

    /// <summary>Where restarts begin; null for the comparison's own.</summary>
    public NamedStarts? Starts { get; init; }

    /// <summary>It as the options of a descent.</summary>
    /// <param name="stop">When a restart ends.</param>
    /// <param name="isDouble">Double or single precision.</param>
    public DescentOptions Descent(StopRule stop, bool isDouble) => new()
    {
        Rule = Rule,
        Schedule = Schedule,
        Clip = Clip,
        Temperature = Temperature,
        Batch = Batch,
        // Others may end by what a batch cannot tell.
        Stop = Batch is null ? stop : stop with { GradientTolerance = null, Plateau = null },
        IsDouble = isDouble,
    };

    /// <inheritdoc/>
    public override string ToString() => Rule
        + (Schedule == Schedule.Constant ? "" : $", {Schedule}")
        + (Clip is { } clip ? $", clip {EvidenceText.Number(clip)}" : "")
        + (Temperature > 0 ? $", noise {EvidenceText.Number(Temperature)}" : "")
        + (Batch is null ? "" : $", {Batch}")
        + (Starts is null ? "" : $", from {Starts.Name}");
}
