using LandscapeGpu.Compilation;

namespace LandscapeGpu.Descent;

/// <summary>One step of descent as a program: objective, derivative, rule, schedule, domain and stop rule in one piece.</summary>
internal sealed class StepProgram
{
    // Formulas that become at most this many operations with their derivative are written out: beyond about a thousand
    // operations in one method the JIT compiler stops optimising.
    private const int UnrolledTraversal = 250;

    private StepProgram()
    {
    }

    public required Program Program { get; init; }

    public required ProgramArray X { get; init; }

    /// <summary>The <see cref="Outcome"/> of a flagged lane.</summary>
    public required ProgramArray Status { get; init; }

    public required ProgramArray Steps { get; init; }

    /// <summary>What is kept between steps, and what it holds when a restart begins.</summary>
    public required IReadOnlyList<(ProgramArray Array, double Initial)> Slots { get; init; }

    /// <summary>How many places the circular memory has; 0 for none.</summary>
    public int Turns => Program.Turns;

    /// <summary>Noise that the device fills in before each step; null for none.</summary>
    public ProgramArray? Noise { get; init; }

    /// <summary>Numbers of samples that the device fills in before each step; null where all are used.</summary>
    public ProgramArray? Batch { get; init; }

    /// <summary>How many samples they are drawn from.</summary>
    public int Samples { get; init; }

    /// <summary>What a step's program depends on besides the formula: programs of equal keys are one.</summary>
    /// <param name="objective">What is descended: of it the region, whether data are built in, and which sum is the one over samples.</param>
    /// <param name="shape">How.</param>
    public static object KeyOf(Objective objective, DescentOptions shape) => (shape, objective.Region, objective.KeepsData, objective.SamplesMeant);

    /// <exception cref="ArgumentException">The options contradict each other or the objective.</exception>
    public static StepProgram Write(Objective objective, DescentOptions options)
    {
        options.Require();
        return objective.Trace.Run(() =>
        {
            // Counted on its own: the value is written before what is kept between steps.
            var passed = new ScalarSlot(new Point("curriculum", 1));
            var numbers = options.Numbers;
            var (whole, samples) = options.Batch?.Of(objective, options)
                ?? (options.Curriculum is null ? objective.Value : Curriculum.ValueOf(objective, passed.Value, numbers.Single(n => n.Name == DescentOptions.Prefix + Curriculum.Number)), 0);
            var formula = options.WeightDecay == 0
                ? whole
                : whole + (0.5 * new Parameter(DescentOptions.Prefix + "weight decay", options.WeightDecay) * Sum(objective.Dimension, i => Square(objective.Point[i])));
            var value = Unrolling.Unroll(formula, UnrolledTraversal);
            var context = new StepContext(objective, options, value, ReverseMode.Gradient(value, objective.Point));
            if (options.Curriculum is not null)
            {
                context.Slots.Add((passed.Point, 0));
                context.Keep(passed, passed.Value + 1);
            }

            var next = context.Finish(options.Rule.Write(context));
            var (status, ended) = context.Ending.Judge(next);
            return Assemble(context, options, samples, (next, status, ended));
        });
    }

    private static StepProgram Assemble(StepContext context, DescentOptions options, int samples, (Vector Next, Real Status, Condition Ended) step)
    {
        var x = new ProgramArray("x", context.Dimension, Memory.State);
        var outcome = new ProgramArray("status", 1, Memory.State);
        var inputs = new Dictionary<Vector, Storage>(ReferenceEqualityComparer.Instance as IEqualityComparer<Vector>) { [context.X] = new(x, 0) };
        var state = new List<ProgramArray> { x, outcome };
        ProgramArray? noise = null;
        if (context.Noise is { } point)
        {
            noise = new ProgramArray("noise", context.Dimension, Memory.State);
            inputs.Add(point, new(noise, 0));
            state.Add(noise);
        }

        var batch = options.Batch is { } drawn ? new ProgramArray("batch", drawn.Size, Memory.State) : null;
        if (batch is not null)
        {
            state.Add(batch);
        }

        var slots = new List<(ProgramArray Array, double Initial)>();
        foreach (var (slot, initial) in context.Slots)
        {
            var array = new ProgramArray(slot.Name, slot.Length, Memory.State);
            inputs.Add(slot, new(array, 0));
            slots.Add((array, initial));
            state.Add(array);
        }

        var outputs = new List<Output> { new Output.OfVector(step.Next, new(x, 0)) };
        outputs.AddRange(context.Kept.Select(k => new Output.OfVector(k.Value, new(inputs[k.Slot].Array, k.At))));
        outputs.Add(new Output.OfReal(step.Status, new(outcome, 0)));
        outputs.Add(new Output.Any(step.Ended.Mask));
        var program = Lowering.Lower(options.IsDouble, state, inputs, outputs);
        (program.Batch, program.Turns) = (batch, context.Turns);
        return new()
        {
            Program = program,
            X = x,
            Status = outcome,
            Steps = inputs[context.Steps.Point].Array,
            Slots = slots,
            Noise = noise,
            Batch = batch,
            Samples = samples,
        };
    }
}
