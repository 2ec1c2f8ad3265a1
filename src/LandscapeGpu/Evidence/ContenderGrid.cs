namespace LandscapeGpu.Evidence;

/// <summary>Every combination of the ways in which descents can differ.</summary>
/// <remarks>
/// A rule that finds its step sizes itself is not combined with schedules, clipping, noise or batches where doing without is among
/// what is given: it appears once.
/// </remarks>
public sealed record ContenderGrid
{
    /// <summary>What they all have in common: when a restart ends, and the precision.</summary>
    public DescentOptions Common { get; init; } = new() { IsDouble = true };

    /// <summary>The rules; null for all, but those that nothing of what is given can be combined with.</summary>
    public IReadOnlyList<UpdateRule>? Rules { get; init; }

    /// <summary>Momenta μ for those of the rules that have one; null for the rules as they are.</summary>
    public IReadOnlyList<double>? Momenta { get; init; }

    /// <summary>The schedules that are combined with everything else.</summary>
    public IReadOnlyList<Schedule> Schedules { get; init; } = [Schedule.Constant];

    /// <summary>Lengths that gradients are shortened to; null for no clipping.</summary>
    public IReadOnlyList<double?> Clips { get; init; } = [null];

    /// <summary>T of the noise; 0 for none.</summary>
    public IReadOnlyList<double> Temperatures { get; init; } = [0];

    /// <summary>Mini-batches; null for all samples.</summary>
    public IReadOnlyList<MiniBatch?> Batches { get; init; } = [null];

    /// <summary>Curricula; null for all samples from the first step on.</summary>
    public IReadOnlyList<Curriculum?> Curricula { get; init; } = [null];

    /// <summary>Where restarts begin; null for the comparison's own.</summary>
    public IReadOnlyList<NamedStarts?> Starts { get; init; } = [null];

    /// <summary>The combinations, rules outermost.</summary>
    /// <exception cref="ArgumentException">Momenta are given, and no rule that has one; or a combination contradicts itself.</exception>
    public IReadOnlyList<Contender> All()
    {
        var rules = Rules ?? [.. Descent.Rules.Names.Select(n => Descent.Rules.Named(n))];
        if (Momenta is not null && !rules.Any(r => r is MomentumRule))
        {
            throw new ArgumentException($"Momenta were given, and none of the rules has one ({string.Join(", ", rules.Select(r => r.Name))}); add momentum or nesterov, or leave the momenta out.");
        }

        Contender[] all =
        [
            .. from rule in rules.SelectMany(WithMomenta)
               from schedule in Schedules
               from clip in Clips
               from temperature in Temperatures
               from batch in Batches
               from curriculum in Curricula
               where IsMeant(rule, schedule, clip) && (rule.TakesEstimates || IsMeant(temperature, batch))
                   && (curriculum is null || ((rule.TakesEstimates || IsForced(Curricula.Contains(null))) && (batch is null || !Curricula.Contains(null) || !Batches.Contains(null))))
               from starts in Starts
               select new Contender
               {
                   Descent = Common with { Rule = rule, Schedule = schedule, Clip = clip, Temperature = temperature, Batch = batch, Curriculum = curriculum, Stop = StopOf(batch, temperature) },
                   Starts = starts,
               },
        ];
        // What nobody can run is refused before anybody has.
        Array.ForEach(all, contender => contender.Descent.Require());
        return all;
    }

    /// <summary>Others may end by what a batch cannot tell; and with noise a short gradient is no end, least of all at a saddle.</summary>
    private StopRule StopOf(MiniBatch? batch, double temperature) => batch is not null ? Common.Stop with { GradientTolerance = null, Plateau = null }
        : temperature != 0 ? Common.Stop with { GradientTolerance = null }
        : Common.Stop;

    private IEnumerable<UpdateRule> WithMomenta(UpdateRule rule) => (Momenta, rule) switch
    {
        ({ } masses, MomentumRule m) => masses.Select(mass => m with { Mass = mass }),
        _ => [rule],
    };

    /// <summary>Left out if the rule cannot follow it and is there without; where the user asked for nothing else, the rule itself says what is wrong.</summary>
    private bool IsMeant(UpdateRule rule, Schedule schedule, double? clip) => rule.TakesSchedules
        || ((schedule == Schedule.Constant || IsForced(Schedules.Contains(Schedule.Constant))) && (clip is null || IsForced(Clips.Contains(null))));

    private bool IsMeant(double temperature, MiniBatch? batch) =>
        (temperature == 0 || IsForced(Temperatures.Contains(0))) && (batch is null || IsForced(Batches.Contains(null)));

    private bool IsForced(bool isThereWithout) => Rules is not null && !isThereWithout;
}
