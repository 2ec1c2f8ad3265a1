namespace LandscapeGpu.Descent;

/// <summary>How restarts descend.</summary>
public sealed record DescentOptions
{
    /// <summary>How a step is made.</summary>
    public UpdateRule Rule { get; init; } = new Lbfgs();

    /// <summary>What the step length is multiplied with as steps go by.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>When a restart ends.</summary>
    public StopRule Stop { get; init; } = new();

    /// <summary>Gradients longer than this are shortened to it; null for none.</summary>
    public double? Clip { get; init; }

    /// <summary>Whether that was not given, and has been chosen with the step.</summary>
    internal bool IsClipChosen { get; init; }

    /// <summary>λ of a term ½λ‖x‖² added to the objective.</summary>
    public double WeightDecay { get; init; }

    /// <summary>T of the noise √(2ηT)·N(0, I) added to every step of size η.</summary>
    public double Temperature { get; init; }

    /// <summary>Each step's gradient is that of a mean over so many samples of the objective; null for all of them.</summary>
    public MiniBatch? Batch { get; init; }

    /// <summary>Samples are taken in one after another, in the order of the data; null for all from the first step on.</summary>
    public Curriculum? Curriculum { get; init; }

    /// <summary>Double or single precision.</summary>
    public bool IsDouble { get; init; }

    /// <summary>Whether descent may run in other units than those of the formula: nothing but a tolerance is given in these.</summary>
    internal bool IsScaleFree => Rule.IsScaleFree && (Clip is null || IsClipChosen) && WeightDecay == 0 && Temperature == 0 && Batch is null && Curriculum is null && !Stop.OnlyIterations;

    /// <summary>Whether a short gradient ends a restart: not where batches or noise drive it on, unless a tolerance was given with the noise.</summary>
    internal bool EndsBySlope => Batch is null && (Temperature == 0 || Stop.GradientTolerance is not null);

    /// <summary>
    /// Whether polish goes on from the iteration limit: where batches or noise leave no other end, and where the rule finds its steps itself and the limit is no lower than it is by default. In a valley whose curvatures
    /// differ by a factor of 10⁸ no number of such steps leads to its end.
    /// </summary>
    internal bool EndsAtLimit => Batch is not null || Temperature > 0 || (Rule is not CoordinateRule && !Stop.OnlyIterations && Stop.Iterations >= new StopRule().Iterations);

    /// <summary>What the program depends on: options of one shape differ in numbers that it reads when it runs.</summary>
    internal DescentOptions Shape => this with
    {
        Rule = Rule.Shape,
        Schedule = Schedule.Shape,
        Stop = Stop.Shape with { GradientTolerance = Temperature != 0 && Stop.GradientTolerance is not null ? 1 : null },
        Clip = Clip is null ? null : 1,
        IsClipChosen = false,
        WeightDecay = WeightDecay == 0 ? 0 : 1,
        Temperature = Temperature == 0 ? 0 : 1,
        Curriculum = Curriculum is null ? null : new(1),
    };

    /// <summary>Those numbers.</summary>
    /// <exception cref="ArgumentException">One of them is out of range.</exception>
    internal IReadOnlyList<Parameter> Numbers
    {
        get
        {
            Require();
            return
            [
                .. Rule.Tunable.Concat(Schedule.Tunable).Concat(Stop.Tunable(IsDouble))
                    .Append(("clip", Clip ?? 1)).Append(("weight decay", WeightDecay)).Append(("temperature", Temperature)).Append((Curriculum.Number, Curriculum?.Steps ?? 1))
                    .Select(n => new Parameter(Prefix + n.Item1, n.Item2)),
            ];
        }
    }

    /// <summary>Keeps them apart from a formula's own parameters.</summary>
    internal const string Prefix = "descent.";

    // A slope of as much has a square that is a number.
    private double Largest => IsDouble ? 1e150 : 1e19;

    /// <exception cref="ArgumentException">A number is out of range, or options contradict each other.</exception>
    internal void Require()
    {
        Stop.Require();
        if (!(WeightDecay >= 0 && WeightDecay <= Largest) || !(Temperature >= 0 && Temperature <= Largest))
        {
            throw new ArgumentException(FormattableString.Invariant($"Weight decay {WeightDecay} and temperature {Temperature} were given; both must be at least 0 and at most {Largest} in {(IsDouble ? "double" : "single")} precision, beyond which the square of a gradient is infinite."));
        }

        if (Clip is { } longest)
        {
            RuleNumbers.Positive(longest, "The longest gradient to be kept");
        }

        if (Batch is not null && (Stop.GradientTolerance is not null || Stop.Plateau > 0))
        {
            throw new ArgumentException(
                "A gradient tolerance or a plateau was given together with mini-batches: a batch's gradient and value do not tell whether the objective is stationary. Leave them out; such restarts end at the iteration limit.");
        }

        if (Curriculum is not null)
        {
            _ = RuleNumbers.AtLeastOne(Curriculum.Steps, "A curriculum");
            if (!Rule.TakesEstimates)
            {
                throw new ArgumentException($"A curriculum was asked for, and {Rule.Name} compares steps with one another, each of which would see another function; use gradient-descent, momentum, nesterov, rmsprop, adam or adamw.");
            }

            if (Batch is not null || Schedule.WatchesValue || Stop.Plateau > 0)
            {
                throw new ArgumentException($"A curriculum was given together with {(Batch is not null ? "mini-batches" : Schedule.WatchesValue ? $"the schedule {Schedule}" : "a plateau")}; leave one out.");
            }
        }

        if (Schedule.WatchesValue && Batch is not null)
        {
            throw new ArgumentException($"The schedule {Schedule} was given together with mini-batches: it waits for the value to fall, and a batch's value does not tell. Use exponential or cosine.");
        }

        if (Schedule != Schedule.Constant && !Rule.TakesSchedules)
        {
            throw new ArgumentException($"The schedule {Schedule} was given, and {Rule.Name} finds its step sizes itself; leave the schedule out, or use another rule.");
        }
    }
}
