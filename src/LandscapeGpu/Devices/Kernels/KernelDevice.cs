using LandscapeGpu.Compilation;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>A device that runs kernels: one restart a thread, thousands of threads.</summary>
public abstract class KernelDevice : Device
{
    /// <summary>Keeps all state in memory, whatever the planner would choose.</summary>
    internal bool IsMemoryOnly { get; init; }

    /// <summary>Whether state that is not in registers is in memory that blocks share where the planner finds that faster, or wherever there is room.</summary>
    internal SharedState Shared { get; init; }

    /// <summary>Whether warps carry restarts where the planner finds that faster, or always, or never.</summary>
    internal Carriers Carriers { get; init; }

    /// <summary>Whether a thread that carries a restart alone adds in the order of lanes wherever a warp of another device would carry it: to compare them.</summary>
    internal bool AddsAsLanes { get; init; }

    /// <summary>The type through which kernels of which a warp carries each restart, or a block of several, reach this device's memory; null where its warps cannot.</summary>
    internal virtual Type? WarpMemoryType(bool isDouble, bool isBlock = false) => null;

    /// <summary>What blocks share on this device; null where its kernels are not launched in blocks.</summary>
    internal virtual Multiprocessor? Multiprocessor => null;

    /// <summary>What the device has room for now.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    internal abstract KernelLimits Limits { get; }

    /// <summary>What it has room for of one kernel.</summary>
    /// <exception cref="DeviceFailedException">The device failed, or could not compile the kernel.</exception>
    internal virtual KernelLimits LimitsFor(Type kernel, KernelDemand demand) => Limits;

    /// <summary>Whether restarts step together by products of matrices; null where the planner finds that faster.</summary>
    internal bool? ByMatrices { get; init; }

    /// <summary>What multiplies matrices on this device.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    internal virtual ProductLibrary Products => ByMatrices == true ? new("kernels that multiply") : new(null, "this device has no library that multiplies them");

    /// <inheritdoc/>
    public override CompiledDescent Compile(Objective objective, DescentOptions options)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        if (ByMatrices ?? objective.Dimension >= MatrixChoice.LeastWeights)
        {
            var (source, library, memory, shape) = (objective.Compiled, Products, MemoryType(options.IsDouble), options.Shape);
            var choice = CompiledOnce.Of(source.Value, (typeof(MatrixChoice), StepProgram.KeyOf(source, shape), library, memory, ByMatrices), () => MatrixChoice.For(StepProgram.Write(source, shape), memory, library, ByMatrices == true));
            if (choice.Step is { } step)
            {
                return new MatrixDescent(objective, options, this, step, () => CompileKernels(objective, options));
            }
        }

        return CompileKernels(objective, options);
    }

    /// <summary>Descent by kernels that carry one restart after the other.</summary>
    /// <exception cref="ArgumentException">The options contradict each other or the objective.</exception>
    internal KernelDescent CompileKernels(Objective objective, DescentOptions options)
    {
        var (source, memory, shape) = (objective.Compiled, MemoryType(options.IsDouble), options.Shape);
        options.Require();
        var warpMemory = Carriers == Carriers.Threads ? null : WarpMemoryType(options.IsDouble);
        var blockMemory = Multiprocessor is null ? null : BlockMemoryType(options.IsDouble);
        var (plan, kernels) = CompiledOnce.Of(source.Value, (StepProgram.KeyOf(source, shape), memory, blockMemory, warpMemory, IsMemoryOnly, Shared, Multiprocessor, Carriers, AddsAsLanes), () =>
        {
            var made = KernelPlan.Make(StepProgram.Write(source, shape), IsMemoryOnly, Multiprocessor, Shared);
            var ofThreads = made.IsInBlocks ? blockMemory! : memory;
            var isInLanes = made.InLanes is not null && Carriers != Carriers.Threads && (Carriers != Carriers.WhateverIsFaster || made.InLanes.IsFaster);
            var byCarrier = new Dictionary<int, Lazy<Type>> { [0] = new(() => isInLanes && AddsAsLanes ? made.EmitInLanes(ofThreads, isWarp: false) : made.Emit(ofThreads)) };
            if (warpMemory is not null && isInLanes)
            {
                byCarrier.Add(1, new(() => made.EmitInLanes(warpMemory, isWarp: true)));
            }
            else if (warpMemory is not null)
            {
                foreach (var warps in made.ByWarps?.Counts ?? [])
                {
                    byCarrier.Add(warps, new(() => made.EmitByWarps(WarpMemoryType(options.IsDouble, isBlock: warps > 1)!, warps)));
                }
            }

            return Tuple.Create(made, byCarrier);
        });
        return new KernelDescent(objective, options, this, plan, kernels);
    }

    /// <inheritdoc/>
    public override string Explain(Objective objective, DescentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var matrices = ByMatrices == false ? new(null, null) : MatrixChoice.For(StepProgram.Write(objective, options ?? new()), MemoryType(options?.IsDouble ?? new DescentOptions().IsDouble), Products, ByMatrices == true);
        var plan = KernelPlan.Make(StepProgram.Write(objective, options ?? new()), IsMemoryOnly, Multiprocessor, Shared);
        var canCarry = WarpMemoryType(plan.Program.IsDouble) is not null;
        var threads = canCarry && plan.InLanes is { IsFaster: true } ? null : ThreadsAtOnce.Why(plan.Demand(objective, options ?? new(), new StartNumbers(new(objective.DefaultStarts, 1, 0, 1), objective.Dimension)), Limits);
        var carriers = plan.WhoCarries(Limits.Name, Limits.Multiprocessors, canCarry);
        return $"one step of {(options ?? new()).Rule} on {Description}\n{(matrices.Words is null ? "" : $"{matrices.Words}\n")}{(matrices.Step is null ? "" : "where memory has no room for that: ")}{plan}\n{(threads is null ? "" : $"{threads}\n")}{(carriers is null ? "" : $"{carriers}\n")}{Listing.Of(plan.Program)}";
    }

    internal override IPolish? Polish(Objective objective) => objective.Dimension > LanePolish.MostCoordinates
        ? new DescentPolish(objective, this)
        : new KernelPolish(objective, this) is { Fits: true } made ? made : null;

    internal override IDifferentiator Differentiate(Objective objective) => new KernelDifferentiator(objective, this);

    /// <summary>The type through which kernels reach this device's memory.</summary>
    internal abstract Type MemoryType(bool isDouble);

    /// <summary>The type through which kernels that are launched in blocks reach it and what their block shares.</summary>
    internal virtual Type BlockMemoryType(bool isDouble) => throw new NotSupportedException("Kernels of this device are not launched in blocks.");

    /// <summary>Makes room for a batch and readies the kernel.</summary>
    /// <param name="kernel">An <see cref="LandscapeGpu.Kernels.IKernel{TMemory}"/> of this device's memory.</param>
    /// <param name="buffers">The memory of the batch.</param>
    /// <param name="starts">What starts are made of.</param>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    internal abstract KernelBatch Open(Type kernel, KernelBuffers buffers, double[] starts);
}
