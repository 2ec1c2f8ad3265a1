using LandscapeGpu.Notebooks;
using LandscapeGpu.Statistics;
using static LandscapeGpu.Evidence.EvidenceText;

namespace LandscapeGpu.Evidence;

/// <summary>What a comparison does.</summary>
public sealed record ComparisonOptions
{
    /// <summary>What is compared; null for every rule with its default step, in double precision.</summary>
    public IReadOnlyList<Contender>? Contenders { get; init; }

    /// <summary>How many starts; every contender has the same ones.</summary>
    public int Restarts { get; init; } = 1_000;

    /// <summary>Start i of every contender is a function of this and i alone.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Where they are; null for the objective's own, or its domain.</summary>
    public Sampler? Starts { get; init; }

    /// <summary>How many of the starts are looked at for plateaus; 0 for none.</summary>
    public int PlateauStarts { get; init; } = 64;

    /// <summary>What descends and polishes, as <see cref="DeviceCatalogue.Choose"/> understands it; null for lanes.</summary>
    public string? Device { get; init; }

    /// <summary>How many threads; null for all cores.</summary>
    public int? Threads { get; init; }

    /// <summary>Where the endpoints of each contender, by its number from 1, are kept and come from; null for nowhere.</summary>
    internal Func<int, Contender, EndpointStore>? Stores { get; init; }
}

/// <summary>How one way to descend fared.</summary>
public sealed record ContenderResult
{
    /// <summary>Who descended.</summary>
    public required Contender Contender { get; init; }

    /// <summary>How its restarts ended.</summary>
    public required OutcomeCounts Outcomes { get; init; }

    /// <summary>Restarts that ran to infinity, or to where f is not finite.</summary>
    public long Diverged => Outcomes.LeftDomain + Outcomes.NotFinite;

    /// <summary>Restarts that ended at no minimum, by value and place, and without a short gradient: at the iteration limit, or where the value fell no more.</summary>
    public required long Stuck { get; init; }

    /// <summary>f where each restart ended, by its number; NaN where it did not.</summary>
    public required IReadOnlyList<double> FinalValues { get; init; }

    /// <summary>The restarts that stopped in the basin of a global minimum, of all.</summary>
    public required Proportion Reached { get; init; }

    /// <summary>
    /// The middle number of steps that a restart needed which reached the global value: the first of 1, 2, 4, … after which it was
    /// there and stayed, or all it made. NaN if none did.
    /// </summary>
    public required double MedianSteps { get; init; }

    /// <summary>
    /// All gradient evaluations over the number of restarts that reached the global value: what one success costs. A batch of
    /// B of n samples counts as B/n.
    /// </summary>
    public required double GradientsPerSuccess { get; init; }

    /// <summary>The middle largest Hessian eigenvalue of the minima restarts ended at: small is flat.</summary>
    public required double MedianSharpness { get; init; }

    /// <summary>The middle largest Hessian eigenvalue of the places where restarts stopped, before polish; NaN where none was finite.</summary>
    public double StoppedSharpness { get; init; } = double.NaN;

    /// <summary>The curvature above which its steps are unstable: 2/η of gradient descent with a fixed step η, 2(1 + μ)/η with momentum μ; NaN for other rules.</summary>
    public double EdgeOfStability => Contender.Descent is { Schedule: var schedule } && schedule != Schedule.Constant ? double.NaN : Contender.Descent.Rule switch
    {
        GradientDescent rule => 2 / (rule.Step ?? rule.DefaultStep),
        Momentum rule => 2 * (1 + rule.Mass) / (rule.Step ?? rule.DefaultStep),
        _ => double.NaN,
    };

    /// <summary>The middle trace of the Hessian there.</summary>
    public required double MedianTrace { get; init; }

    /// <summary>The middle loss on held-out samples where restarts stopped (<see cref="Scores.TestLoss"/>); NaN where none are held out.</summary>
    public double MedianTestLoss { get; init; } = double.NaN;

    /// <summary>The middle length ‖x‖ of the points where restarts stopped.</summary>
    public double MedianNorm { get; init; } = double.NaN;

    /// <summary>The middle distance of these from where they began.</summary>
    public double MedianTravelled { get; init; } = double.NaN;

    /// <summary>What was seen of plateaus; null if it was not looked for.</summary>
    public required Plateaus? Plateaus { get; init; }

    /// <summary>The objective's scores where restarts stopped (the first 200 that are finite), such as the loss on held-out samples; none where it has no scores.</summary>
    public IReadOnlyList<Score> Scores { get; init; } = [];

    /// <summary>How long all restarts descended together, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The middle of one of the scores; NaN where none is a number.</summary>
    internal double MedianOf(Func<Score, double?> score)
    {
        double[] values = [.. Scores.Select(score).OfType<double>().Where(double.IsFinite).Order()];
        return values.Length == 0 ? double.NaN : 0.5 * (values[(values.Length - 1) / 2] + values[values.Length / 2]);
    }
}

/// <summary>The practitioner's questions: how often each way to descend reaches the global value, what it costs, and how flat its minima are.</summary>
/// <remarks>
/// A restart has reached the global value if polishing takes its endpoint to a global minimum, and it has itself gained all but a
/// thousandth of what there is to gain from a start in the middle of all: a rule answers for the basin it stopped in and not for its
/// last digits, nor is one excused that only bounces about. Shares have Wilson's 95% intervals.
/// </remarks>
[TypeFormatterSource(typeof(ResultFormatters))]
public sealed record Comparison
{
    private Comparison()
    {
    }

    /// <summary>The global value that losses are compared with; where none is known and no rule found a minimum, there is none (<see cref="GlobalReference.IsFound"/>).</summary>
    public required GlobalReference Global { get; init; }

    /// <summary>The landscape.</summary>
    public required Objective Objective { get; init; }

    /// <summary>What was asked for.</summary>
    public required ComparisonOptions Options { get; init; }

    /// <summary>What descended.</summary>
    public required string Device { get; init; }

    /// <summary>In the order they were given.</summary>
    public required IReadOnlyList<ContenderResult> Results { get; init; }

    /// <summary>How it was sampled.</summary>
    public required string Sampling { get; init; }

    /// <summary>What went wrong without stopping it, such as a device that failed.</summary>
    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    /// <summary>The finding in words.</summary>
    public string Sentence
    {
        get
        {
            if (!Global.IsFound)
            {
                var (all, lost) = (Results.Sum(r => r.Outcomes.Total), Results.Sum(r => r.Diverged));
                return $"No rule brought any restart on {Objective.Name} to a minimum, and its global value is not known. {Percent((double)lost / all)} of all restarts ran to infinity or to where f is not finite: {(2 * lost > all ? "say where to look, with a domain (Region, --domain)" : "give them more steps")}.";
            }

            var often = Results.MaxBy(r => r.Reached.Share)!;
            var interval = often.Reached.Interval;
            if (often.Reached.Count == 0)
            {
                return $"No rule reached {Global.Text}, {Global.Origin}.";
            }

            var cheap = Results.Where(r => r.Reached.Count > 0).MinBy(r => r.GradientsPerSuccess)!;
            var tied = Results.Where(r => r != often && r.Reached.Interval.Upper >= interval.Lower).ToList();
            return $"{often.Contender} reached {Global.Text}, {Global.Origin}, most often: {Percent(often.Reached.Share)} of restarts ({Percent(interval.Lower)} to {Percent(interval.Upper)}){(tied.Count > 0 ? $", which {Count(tied.Count, "other")} cannot be told from" : "")}; {cheap.Contender} needed the fewest gradients for one success, {Number(cheap.GradientsPerSuccess, 3)}.{Tested()}";
        }
    }

    /// <summary>Which of those that fit best do best on held-out samples: what the way to descend makes of minima of equal loss.</summary>
    private string Tested()
    {
        var fitting = Results.Where(r => r.Reached.Share >= 0.5 && !double.IsNaN(r.MedianTestLoss)).OrderBy(r => r.MedianTestLoss).ToList();
        return fitting.Count < 2 ? "" : $" Of those that reached it in half of the restarts or more, the test loss is least for {fitting[0].Contender}, {Number(fitting[0].MedianTestLoss, 3)}, and largest for {fitting[^1].Contender}, {Number(fitting[^1].MedianTestLoss, 3)}.";
    }

    /// <summary>Runs every contender from the same starts.</summary>
    /// <param name="objective">The landscape.</param>
    /// <param name="options">Who is compared, from how many starts; null for every rule.</param>
    /// <param name="progress">Told how many restarts of which contender have ended.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ArgumentException">Options contradict each other or the objective.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before the first contender had run; later, those that had are compared.</exception>
    public static Comparison Run(Objective objective, ComparisonOptions? options = null, Action<SurveyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        using var cell = CellWork.Begin(ref cancellation);
        options ??= new();
        if (options.Restarts < 1)
        {
            throw new ArgumentException($"{options.Restarts} restarts were asked for; at least one is needed.");
        }

        var contenders = options.Contenders ?? new ContenderGrid().All();
        if (contenders.Count == 0)
        {
            throw new ArgumentException("A comparison was given nothing to compare; give at least one contender, or none at all for every rule.");
        }

        foreach (var contender in contenders)
        {
            contender.Descent.Require();
        }

        Sampler?[] telling = [.. contenders.Select(c => TellingStarts(objective, c, options))];
        objective = UntoldScale.Told(objective, telling.FirstOrDefault(s => s is not null));
        var told = telling.Distinct().Select(starts => new ToldByStarts(objective, starts)).ToList();
        ToldByStarts[] chosen = [.. telling.Select(starts => told.First(c => Equals(c.Starts, starts)))];
        contenders = [.. contenders.Select((c, k) => chosen[k].Steps.For(c.Descent) is var descent && ReferenceEquals(descent, c.Descent) ? c : c with { Descent = descent })];
        var device = FallbackDevice.Choose(options.Device, options.Threads);
        var sampler = objective.StartsFrom(options.Starts);
        var runs = Runs(objective, [.. contenders.Select((c, k) => WithTolerance(c, chosen[k].Tolerance, DescentInUnits.AreKnown(chosen[k].Units, objective)))], options, chosen, device, progress, cancellation);

        // The lowest minimum that any of them found, where none is known.
        var minima = runs.SelectMany(r => r.Minima).OrderBy(m => m.Value).ToList();
        var global = GlobalReference.Of(objective, minima);
        var results = runs.Select((r, k) => r.Judge(global, options with { Starts = chosen[k].Starts }, cancellation) with { Contender = contenders[k] }).ToList();
        return new()
        {
            Global = global,
            Results = results,
            Warnings = Warning.Of(device),
            Objective = objective,
            Options = options,
            Device = device.Description,
            Sampling = $"{Count(options.Restarts, "start")} ({Starts(contenders, sampler)}), the same for every rule; at most {Count(contenders.Max(c => c.Descent.Stop.Iterations), "step")} each"
                + (runs.Count < contenders.Count ? $"; stopped when {runs.Count} of {contenders.Count} had run" : ""),
        };
    }

    /// <summary>The starts that tell how large distances are to a contender: its own, unless they are those of the landscape or so many times as far out, as beside a saddle.</summary>
    private static Sampler? TellingStarts(Objective objective, Contender contender, ComparisonOptions options) =>
        contender.Starts is { Sampler: not Scaled and var own } && !own.Equals(objective.ShownStarts) ? own : options.Starts;

    /// <summary>What starts tell: units, the tolerance of gradients, and steps.</summary>
    private sealed record ToldByStarts
    {
        public ToldByStarts(Objective objective, Sampler? starts)
        {
            Starts = starts;
            (Units, Tolerance) = UnitChoice.ToCompare(objective, starts);
            Steps = new(objective, starts, Units);
        }

        public Sampler? Starts { get; }

        public Units Units { get; }

        public double? Tolerance { get; }

        public StepChoice Steps { get; }
    }

    /// <summary>A contender whose tolerance, where nobody gave one, is so much of the landscape's slopes as the default is of 1.</summary>
    private static Contender WithTolerance(Contender contender, double? tolerance, bool isKnown) => contender.Descent is var descent
        && (tolerance is null || descent is not { EndsBySlope: true, Stop: { GradientTolerance: null, OnlyIterations: false } } || !(descent.IsScaleFree || isKnown)) ? contender : contender with
        {
            Descent = descent with { Stop = descent.Stop with { GradientTolerance = tolerance * (descent.IsDouble ? 1 : StopRule.SingleTolerance / StopRule.DoubleTolerance), IsToleranceChosen = true } },
        };

    /// <summary>Contenders in order; who was interrupted is left out, since it would be judged by fewer restarts than the others.</summary>
    private static List<ContenderRun> Runs(Objective objective, IReadOnlyList<Contender> contenders, ComparisonOptions options, IReadOnlyList<ToldByStarts> told, FallbackDevice device, Action<SurveyProgress>? progress, CancellationToken cancellation)
    {
        var (runs, sampler) = (new List<ContenderRun>(), objective.StartsFrom(options.Starts));
        foreach (var (index, contender) in contenders.Index())
        {
            var store = options.Stores?.Invoke(index + 1, contender);
            try
            {
                var run = ContenderRun.Of(objective, contender with { Starts = StartsOf(objective, contender) ?? new("", sampler) }, options with { Starts = told[index].Starts }, told[index].Units, device, store, Ended, cancellation);
                cancellation.ThrowIfCancellationRequested();
                runs.Add(run);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            void Ended(long done) => progress?.Invoke(new(FormattableString.Invariant($"{index + 1} of {contenders.Count}, {contender}"), done, options.Restarts));
        }

        return runs.Count > 0 ? runs : throw new OperationCanceledException(cancellation);
    }

    private static string Starts(IEnumerable<Contender> contenders, Sampler otherwise) =>
        string.Join("; ", contenders.Select(c => c.Starts is { } own ? $"{own.Name}: {own.Sampler.Describe()}" : otherwise.Describe()).Distinct());

    /// <summary>A contender's own starts, as coordinates that move.</summary>
    private static NamedStarts? StartsOf(Objective objective, Contender contender) =>
        contender.Starts is { } own ? own with { Sampler = objective.StartsFrom(own.Sampler) } : null;
}
