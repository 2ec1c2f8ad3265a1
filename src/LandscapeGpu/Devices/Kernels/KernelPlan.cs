using LandscapeGpu.Compilation;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>How a step becomes a kernel: what lives in registers, where the rest is in memory, and the numbers it reads.</summary>
internal sealed class KernelPlan
{
    private readonly StepProgram step;

    private readonly string shared;
    private readonly SampleSplit split;
    private readonly string? notByWarps;
    private readonly string? notInLanes;

    private KernelPlan(StepProgram step, Layout layout, SharedChoice choice, SampleSplit split, Multiprocessor? machine)
    {
        this.step = step;
        Layout = layout;
        Residence = choice.Residence;
        Warps = choice.Warps;
        shared = choice.Reason.Length == 0 ? "" : $"; {choice.Reason}";
        this.split = split;
        var isAlone = step.Noise is null && step.Batch is null;
        (ByWarps, notByWarps) = WarpChoice.For(step.Program, Residence.WithShared([]), split, isAlone, machine ?? Multiprocessor.Typical);
        (InLanes, notInLanes) = LaneChoice.For(step.Program, Residence, isAlone, machine ?? Multiprocessor.Typical);
    }

    public Layout Layout { get; }

    public Residence Residence { get; }

    public Program Program => step.Program;

    /// <summary>How many warps a multiprocessor is to run at once; null for as many as it can.</summary>
    public int? Warps { get; }

    /// <summary>How a warp carries one restart, or a block of several; null where it cannot.</summary>
    public WarpChoice? ByWarps { get; }

    /// <summary>How a warp carries one restart whose state is in memory; null where it cannot, or where some of it is in registers.</summary>
    public LaneChoice? InLanes { get; }

    /// <summary>Whether threads share memory with their block, and the kernel is over a memory that has it.</summary>
    public bool IsInBlocks => Residence.SharedElements > 0;

    /// <param name="step">What is planned.</param>
    /// <param name="inMemory">Keeps all state in memory whatever the size.</param>
    /// <param name="machine">What blocks share; null where kernels are not launched in blocks.</param>
    /// <param name="when">When they share state.</param>
    public static KernelPlan Make(StepProgram step, bool inMemory = false, Multiprocessor? machine = null, SharedState when = SharedState.WhereFaster)
    {
        MaskedSquares.Apply(step.Program);
        // Noise and batches are written by the kernel, from the number of steps: all stay where it can reach them.
        ProgramArray[] outside = [.. new[] { step.Noise, step.Batch }.OfType<ProgramArray>()];
        outside = outside.Length == 0 ? [] : [.. outside, step.Steps];
        var residence = inMemory ? Residence.InMemory(step.Program) : Residence.Choose(step.Program, step.X, outside);
        new TogetherLoops(step.Program, residence, new()).MakeRoom();
        var layout = new Layout(step.Program, new ScalarTarget(step.Program.IsDouble), 1);
        var choice = machine is null ? new(residence)
            : when == SharedState.WhereItFits ? new(SharedChoice.Most(step.Program, residence, outside, machine))
            : inMemory ? new(residence)
            : SharedChoice.For(step.Program, residence, outside, machine);
        return new(step, layout, choice, SampleSplit.For(step.Program, residence), machine);
    }

    /// <summary>The kernel: a restart's life, made of the emitted step.</summary>
    /// <param name="memory">The type through which the device's memory is reached.</param>
    public Type Emit(Type memory) => typeof(Descending<,>).MakeGenericType(EmitStep(memory), memory);

    /// <summary>The struct that kernels are made generic over.</summary>
    public Type EmitStep(Type memory) => KernelCode.Emit(Program, Layout, Residence, memory, Arrays, new() { Split = split });

    /// <summary>The kernel of which some warps carry one restart.</summary>
    /// <param name="memory">The type through which the device's memory is reached, and what these warps share.</param>
    /// <param name="warps">How many.</param>
    public Type EmitByWarps(Type memory, int warps = 1) => typeof(Descending<,>).MakeGenericType(KernelCode.Emit(Program, Layout, ByWarps!.Residence, memory, Arrays, new() { Split = split, Warps = ByWarps, WarpCount = warps }), memory);

    /// <summary>The kernel of which a warp carries one restart whose state is in memory; or a thread, which adds in the order of its lanes.</summary>
    /// <param name="memory">The type through which the device's memory is reached, and what a warp shares if one carries the restart.</param>
    /// <param name="isWarp">Whether one does.</param>
    public Type EmitInLanes(Type memory, bool isWarp) => typeof(Descending<,>).MakeGenericType(
        KernelCode.Emit(Program, Layout, isWarp ? InLanes!.Residence : Residence, memory, Arrays, new() { Lanes = InLanes!.Loops, WarpCount = isWarp ? 1 : 0 }), memory);

    private RestartArrays Arrays => new(step.X, step.Status, step.Steps, step.Slots, step.Noise is not null, step.Batch is not null);

    /// <summary>What a batch asks of a device's memory.</summary>
    public KernelDemand Demand(Objective objective, DescentOptions options, StartNumbers starts) => new()
    {
        IsDouble = Program.IsDouble,
        StateElements = Layout.StateElements,
        SharedElements = Residence.SharedElements,
        Warps = Warps,
        Numbers = [.. ProgramNumbers.Of(Program, objective, options.Numbers)],
        Integers = Integers(),
        Common = starts.Common,
        GivenLength = starts.Kind == StartKind.Given ? starts.Dimension : 0,
        RowLength = starts.Dimension,
        DrawsStarts = true,
        StepBytes = (double)(Layout.StateElements - Residence.Registers - Residence.SharedElements) * (Program.IsDouble ? sizeof(double) : sizeof(float)),
    };

    /// <summary>The same where a warp carries a restart, or several do.</summary>
    public KernelDemand DemandByWarps(Objective objective, DescentOptions options, StartNumbers starts, int warps = 1)
    {
        var demand = Demand(objective, options, starts) with { ThreadsPerItem = warps * StateTiles.Width, Warps = null, StepBytes = 0 };
        return InLanes is null
            ? demand with { SharedElements = Tiles(ByWarps!.ElementsOf(warps)), Numbers = ByWarps.Copies.With(demand.Numbers) }
            // All of a tile is one restart's.
            : demand with { SharedElements = Tiles(InLanes.Elements), StateElements = Tiles(demand.StateElements) };

        static int Tiles(int elements) => (elements + StateTiles.Width - 1) / StateTiles.Width;
    }

    /// <summary>Which restarts a warp carries each, and why, as a line; null where there are no sums over samples.</summary>
    /// <param name="name">What the device is called.</param>
    /// <param name="multiprocessors">How many it has; 0 where nobody knows.</param>
    /// <param name="isAble">Whether the device's warps can carry restarts.</param>
    public string? WhoCarries(string name, int multiprocessors, bool isAble)
    {
        if (!Residence.IsInRegisters)
        {
            return InLanes is null ? $"a thread for each restart, however few there are: {notInLanes}"
                : !isAble ? "a thread for each restart, however few there are, since this device's warps carry none"
                : InLanes.IsFaster ? $"a warp for each restart, however many there are, its lanes taking coordinates: {InLanes}"
                : $"a thread for each restart, however few there are: {InLanes}";
        }

        if (ByWarps is null)
        {
            return notByWarps is null ? null : $"a thread for each restart, however few there are: {notByWarps}";
        }

        if (!isAble || multiprocessors == 0)
        {
            return $"a thread for each restart, however few there are, since this device's warps carry none; sums over samples are added in the order of {split.Groups * SampleSplit.Parts} lanes all the same";
        }

        return ByWarps.Words(name, multiprocessors) ?? $"a thread for each restart on {name}, however few there are: by the model a warp for each would not be clearly faster";
    }

    /// <summary>Bytes of state that one step of one restart moves between global memory and registers.</summary>
    public double BytesPerStep => StateTraffic.Of(Program, Residence).GlobalNumbers * (Program.IsDouble ? sizeof(double) : sizeof(float));

    public int[] Integers() => [.. Program.Indices.SelectMany(i => i.Values.Values)];

    /// <summary>What every launch is told, but for the batch and the slice.</summary>
    public Launch Launch(int dimension) => new()
    {
        Turns = Math.Max(1, step.Turns),
        Dimension = dimension,
        StepsAt = step.Steps.Offset,
        NoiseAt = step.Noise?.Offset ?? 0,
        BatchAt = step.Batch?.Offset ?? 0,
    };

    public override string ToString() => Residence.IsInRegisters
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"register-resident: {Residence.Registers} of {Layout.StateElements} numbers of state in registers, {Residence.Operations} operations written out{Loops}{shared}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"memory-resident: {Layout.StateElements} numbers of state a restart, {Residence.Operations} statements with loops{shared}");

    /// <summary>How a run draws batches.</summary>
    public BatchPlan Batch(ulong seed, MiniBatch? batch) => new()
    {
        Seed = seed,
        Size = batch?.Size ?? 0,
        Samples = step.Samples,
        WithReplacement = batch is { WithReplacement: true } ? 1 : 0,
    };

    private string Loops => Residence.Loops switch
    {
        0 => "",
        1 => ", 1 loop kept",
        var several => string.Create(CultureInfo.InvariantCulture, $", {several} loops kept"),
    };
}
