using LandscapeGpu.Descent;

namespace LandscapeGpu.Evidence;

/// <summary>One way to descend that is compared with others.</summary>
public sealed record Contender
{
    public required UpdateRule Rule { get; init; }

    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>Gradients longer than this are shortened to it; null for none.</summary>
    public double? Clip { get; init; }

    /// <summary>T of the noise √(2ηT)·N(0, I) added to every step of size η.</summary>
    public double Temperature { get; init; }

    /// <summary>Every combination of rules, schedules, lengths of clipping and temperatures.</summary>
    public static IReadOnlyList<Contender> Combinations(
        IEnumerable<UpdateRule> rules, IEnumerable<Schedule>? schedules = null, IEnumerable<double?>? clips = null, IEnumerable<double>? temperatures = null) =>
    [
        .. from rule in rules
           from schedule in schedules ?? [Schedule.Constant]
           from clip in clips ?? [null]
           from temperature in temperatures ?? [0]
           select new Contender { Rule = rule, Schedule = schedule, Clip = clip, Temperature = temperature },
    ];

    public override string ToString() => Rule
        + (Schedule == Schedule.Constant ? "" : $", {Schedule}")
        + (Clip is { } clip ? $", clip {EvidenceText.Number(clip)}" : "")
        + (Temperature > 0 ? $", noise {EvidenceText.Number(Temperature)}" : "");
}
