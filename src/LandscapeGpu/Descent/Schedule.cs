namespace LandscapeGpu.Descent;

/// <summary>How the step size changes over the iterations: a factor, as an expression in the number of steps made.</summary>
/// <remarks>A record, because schedules of equal values are one program.</remarks>
public abstract record Schedule
{
    /// <summary>The same step throughout.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    /// <summary>rate^k after k steps; 0 &lt; rate ≤ 1.</summary>
    public static Schedule Exponential(double rate) => new ExponentialSchedule(rate);

    /// <summary>½(1 + cos πk/n) for n steps, then 0.</summary>
    public static Schedule Cosine(int steps) => new CosineSchedule(steps);

    /// <summary>A cosine that begins again after n steps, then after n·multiplier, n·multiplier², …</summary>
    /// <remarks>Loshchilov and Hutter (2017), SGDR: Stochastic gradient descent with warm restarts, ICLR.</remarks>
    public static Schedule WarmRestarts(int steps, double multiplier = 1) => new WarmRestartsSchedule(steps, multiplier);

    /// <summary>(k + 1)/n for the first n steps, then 1.</summary>
    /// <remarks>Goyal et al. (2017), Accurate, large minibatch SGD, section 2.2: gradual warm-up.</remarks>
    public static Schedule WarmUp(int steps) => new WarmUp(steps);

    /// <summary>Multiplied by a factor below 1 whenever the value has made no progress for so many steps.</summary>
    public static Schedule ReduceOnPlateau(double factor = 0.1, int patience = 10) => new ReduceOnPlateau(factor, patience);

    /// <summary>A schedule by name: constant, exponential:RATE, cosine:STEPS, warm-restarts:STEPS[:MULTIPLIER], warm-up:STEPS or reduce-on-plateau:FACTOR:PATIENCE.</summary>
    /// <exception cref="ArgumentException">There is none of that name, or its numbers are wrong.</exception>
    public static Schedule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        return (parts[0], parts.Length) switch
        {
            ("constant", 1) => Constant,
            ("exponential", 2) => Exponential(RuleNumbers.Parse(text, parts[1])),
            ("cosine", 2) => Cosine(Whole(parts[1])),
            ("warm-restarts", 2) => WarmRestarts(Whole(parts[1])),
            ("warm-restarts", 3) => WarmRestarts(Whole(parts[1]), RuleNumbers.Parse(text, parts[2])),
            ("warm-up", 2) => WarmUp(Whole(parts[1])),
            ("reduce-on-plateau", 3) => ReduceOnPlateau(RuleNumbers.Parse(text, parts[1]), Whole(parts[2])),
            _ => throw new ArgumentException($"There is no schedule {text}; there are constant, exponential:RATE, cosine:STEPS, warm-restarts:STEPS[:MULTIPLIER], warm-up:STEPS and reduce-on-plateau:FACTOR:PATIENCE."),
        };

        int Whole(string number) => RuleNumbers.Parse(text, number) is var steps && steps == Math.Round(steps) && Math.Abs(steps) <= int.MaxValue
            ? (int)steps
            : throw new ArgumentException($"In {text}, {number} is not a whole number of steps.");
    }

    /// <summary>Numbers that are changed without compiling.</summary>
    public virtual IEnumerable<(string Name, double Value)> Tunable => [];

    /// <summary>The schedule with those numbers struck out.</summary>
    public virtual Schedule Shape => this;

    /// <summary>The factor after k steps.</summary>
    /// <param name="k">The steps made.</param>
    /// <param name="number">A tunable number by its name.</param>
    public abstract Real Factor(Real k, Func<string, Real> number);

    /// <summary>The factor of a step, of a schedule that sees more than how many steps were made.</summary>
    internal virtual Real Factor(StepContext step) => Factor(step.Steps.Value, step.Number);

    /// <summary>Whether it watches the value, of which a batch's says nothing.</summary>
    internal virtual bool WatchesValue => false;

    private sealed record ConstantSchedule : Schedule
    {
        public override Real Factor(Real k, Func<string, Real> number) => 1;

        public override string ToString() => "constant";
    }

    private sealed record ExponentialSchedule(double Rate) : Schedule
    {
        private double LogRate { get; } = Rate is > 0 and <= 1
            ? Math.Log(Rate)
            : throw new ArgumentException(FormattableString.Invariant($"An exponential schedule was given the rate {Rate}; it must be above 0 and at most 1."));

        public override IEnumerable<(string Name, double Value)> Tunable => [("schedule.log rate", LogRate)];

        public override Schedule Shape => new ExponentialSchedule(1);

        public override Real Factor(Real k, Func<string, Real> number) => Exp(number("schedule.log rate") * k);

        public override string ToString() => FormattableString.Invariant($"exponential:{Rate}");
    }

    private sealed record CosineSchedule(int Steps) : Schedule
    {
        private int Checked { get; } = RuleNumbers.AtLeastOne(Steps, "A cosine schedule");

        public override IEnumerable<(string Name, double Value)> Tunable => [("schedule.steps", Checked)];

        public override Schedule Shape => new CosineSchedule(1);

        public override Real Factor(Real k, Func<string, Real> number) => 0.5 * (1 + Cos(Math.PI * Min(k / number("schedule.steps"), 1)));

        public override string ToString() => $"cosine:{Steps}";
    }

    private sealed record WarmRestartsSchedule(int Steps, double Multiplier) : Schedule
    {
        private int Checked { get; } = RuleNumbers.AtLeastOne(Steps, "A schedule of warm restarts");

        private double Growth { get; } = Multiplier >= 1
            ? Multiplier
            : throw new ArgumentException(FormattableString.Invariant($"A schedule of warm restarts was given the multiplier {Multiplier}; it must be at least 1."));

        public override IEnumerable<(string Name, double Value)> Tunable => [("schedule.steps", Checked), ("schedule.growth", Growth), ("schedule.log growth", Math.Log(Growth))];

        public override Schedule Shape => new WarmRestartsSchedule(1, Growth == 1 ? 1 : 2);

        public override Real Factor(Real k, Func<string, Real> number)
        {
            // Which cycle it is, is asked a quarter of a step later: so whole multiples of the period, which are exact starts, are on their own side of rounding.
            var (periods, cycles) = (k / number("schedule.steps"), (k + 0.25) / number("schedule.steps"));
            if (Growth == 1)
            {
                return 0.5 * (1 + Cos(Math.PI * Max(0, periods - Floor(cycles))));
            }

            // After n cycles (mⁿ − 1)/(m − 1) periods have passed.
            var (growth, logGrowth) = (number("schedule.growth") - 1, number("schedule.log growth"));
            var n = Floor(Log(1 + (cycles * growth)) / logGrowth);
            var length = Exp(n * logGrowth);
            return 0.5 * (1 + Cos(Math.PI * Min(1, Max(0, (periods - ((length - 1) / growth)) / length))));
        }

        public override string ToString() => FormattableString.Invariant($"warm-restarts:{Steps}:{Multiplier}");

        private static Real Floor(Real x)
        {
            var nearest = Algebra.Apply(Operation.Round, x);
            return Select(nearest <= x, nearest, nearest - 1);
        }
    }
}
