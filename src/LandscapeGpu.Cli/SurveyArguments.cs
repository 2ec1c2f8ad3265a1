using LandscapeGpu.Identity;

namespace LandscapeGpu.Cli;

/// <summary>The arguments that say how a landscape is explored.</summary>
internal sealed class SurveyArguments : ISharedArguments
{
    private readonly Option<long?> restarts = NumberOption.Whole("--restarts", "how many descents (default 10,000)");
    private readonly Option<long?> first = NumberOption.Whole("--first", "the number of the first of them, for runs that share the work (default 0)", 0, 1L << 55);
    private readonly Option<ulong?> seed = NumberOption.Seed("--seed", "all randomness follows from it (default 1)");
    private readonly Option<string?> rule = new("--rule") { Description = $"how the point moves, {RuleText.Names} (default lbfgs; adam with --batch or --curriculum)", HelpName = "RULE" };
    private readonly Option<double?> step = NumberOption.Positive("--step", "the rule's step size");
    private readonly Option<string?> schedule = new("--schedule") { Description = "how the step changes: constant, exponential:RATE, cosine:STEPS or warm-restarts:STEPS[:MULTIPLIER]", HelpName = "SCHEDULE" };
    private readonly Option<int?> iterations = NumberOption.Small("--iterations", "the iteration limit (default 10,000)", 1, 16_000_000);
    private readonly Option<double?> gradientTolerance = NumberOption.Positive("--gradient-tolerance", "converged when the gradient's norm is at most this");
    private readonly Option<double?> tolerance = NumberOption.Positive("--tolerance", "the distance within which two points are one");
    private readonly Option<string?> precision = ChoiceOption.Create("--precision", "the precision of descent (default single; everything is decided in double)", "single", "double");
    private readonly Option<string?> identity = ChoiceOption.Create("--identity", "how points are told apart (default auto)", "auto", "location", "symmetry", "fingerprint");
    private readonly Option<int?> mostPoints = NumberOption.Small("--most-points", "how many stationary points are told apart and listed, the lowest (default 131,072); memory follows this");
    private readonly Option<double?> clip = NumberOption.Positive("--clip", "gradients longer than this are shortened to it");
    private readonly Option<double?> weightDecay = NumberOption.Positive("--weight-decay", "λ of a term ½λ‖x‖² added for descent", orZero: true);
    private readonly Option<double?> temperature = NumberOption.Positive("--temperature", "T of the noise √(2ηT)·N(0, I) in every step", orZero: true);
    private readonly Option<MiniBatch?> batch = BatchOption.Create();
    private readonly Option<int?> curriculum = NumberOption.Small("--curriculum", "samples are taken in one after another, in the order of the data, all of them after so many steps", 1);
    private readonly Option<int?> plateau = NumberOption.Small("--plateau", "stalled after so many iterations without progress; 0 for never", 0);
    private readonly Option<double?> untilCoverage = NumberOption.Fraction("--until-coverage", "add restarts until Good and Turing's coverage is this");
    private readonly Option<long?> budget = NumberOption.Whole("--budget", "no more restarts than this with --until-coverage (default 10,000,000)");

    /// <summary>The device, its threads and vectors.</summary>
    public DeviceArguments Device { get; } = new();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            restarts, first, seed, rule, step, schedule, iterations, gradientTolerance, tolerance, precision, identity, mostPoints,
            clip, weightDecay, temperature, batch, curriculum, plateau, untilCoverage, budget,
        })
        {
            command.Options.Add(option);
        }

        Device.AddTo(command);
    }

    private DescentOptions Descent(ParseResult parsed, DescentOptions defaults) => defaults with
    {
        // L-BFGS compares steps with one another, which batches and curricula do not allow.
        Rule = RuleText.Parse("--rule", parsed.GetValue(rule) ?? (parsed.GetValue(batch) is null && parsed.GetValue(curriculum) is null ? "lbfgs" : "adam"), parsed.GetValue(step)),
        Schedule = Schedule.Parse(parsed.GetValue(schedule) ?? "constant"),
        Stop = defaults.Stop with
        {
            Iterations = parsed.GetValue(iterations) ?? defaults.Stop.Iterations,
            GradientTolerance = parsed.GetValue(gradientTolerance),
            Plateau = parsed.GetValue(plateau),
        },
        Clip = parsed.GetValue(clip),
        WeightDecay = parsed.GetValue(weightDecay) ?? 0,
        Temperature = parsed.GetValue(temperature) ?? 0,
        Batch = parsed.GetValue(batch),
        Curriculum = parsed.GetValue(curriculum) is { } steps ? new(steps) : null,
        IsDouble = parsed.GetValue(precision) == "double",
    };

    /// <summary>Whether the command line gives the step, or the batch, one value.</summary>
    public bool Gives(ParseResult parsed, string name) => name == "step"
        ? parsed.GetValue(step) is not null || parsed.GetValue(rule)?.Contains(':', StringComparison.Ordinal) == true
        : parsed.GetValue(batch) is not null;

    /// <summary>The name of the first option given that says how many restarts there are; null for none.</summary>
    public string? Counting(ParseResult parsed) => new Option[] { restarts, first, untilCoverage, budget }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;

    /// <summary>The options that are meant.</summary>
    /// <exception cref="MistakeException">They contradict each other.</exception>
    /// <exception cref="ArgumentException">There is no such rule or schedule.</exception>
    public SurveyOptions Read(ParseResult parsed)
    {
        var defaults = new SurveyOptions();
        var coverage = parsed.GetValue(untilCoverage);
        if (coverage is null && parsed.GetValue(budget) is not null)
        {
            throw new MistakeException("--budget was given without --until-coverage; --restarts says how many restarts there are.");
        }

        return defaults with
        {
            Restarts = parsed.GetValue(restarts) ?? defaults.Restarts,
            First = parsed.GetValue(first) ?? 0,
            Seed = parsed.GetValue(seed) ?? defaults.Seed,
            Descent = Descent(parsed, defaults.Descent),
            Identity = Enum.Parse<IdentityKind>(parsed.GetValue(identity) ?? "auto", ignoreCase: true),
            Tolerance = parsed.GetValue(tolerance),
            MostPoints = parsed.GetValue(mostPoints) ?? defaults.MostPoints,
            Device = Device.Choice(parsed),
            Threads = Device.Threads(parsed),
            VectorBits = Device.VectorBits(parsed),
            UntilCoverage = coverage,
            Budget = parsed.GetValue(budget) ?? defaults.Budget,
        };
    }
}
