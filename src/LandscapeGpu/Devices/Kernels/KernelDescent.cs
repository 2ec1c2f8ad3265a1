using LandscapeGpu.Compilation;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>Descent by kernels: a thread carries a restart, or a warp, or a block of several.</summary>
/// <param name="objective">What is descended.</param>
/// <param name="options">How.</param>
/// <param name="device">Where.</param>
/// <param name="plan">How a step becomes a kernel.</param>
/// <param name="kernels">By how many warps carry a restart, 0 for a thread. Which does may depend on the number of restarts.</param>
internal sealed class KernelDescent(Objective objective, DescentOptions options, KernelDevice device, KernelPlan plan, IReadOnlyDictionary<int, Lazy<Type>> kernels) : CompiledDescent
{
    private readonly Dictionary<int, SliceLength> slices = kernels.Keys.ToDictionary(warps => warps, warps => new SliceLength(Math.Max(1, warps) * StateTiles.Width));
    private bool hasRun;

    public KernelPlan Plan => plan;

    /// <summary>What carries restarts: as the device says, if nothing else is said.</summary>
    public Carriers Carriers { get; init; } = device.Carriers;

    /// <summary>The same by whatever else carries restarts: to compare them.</summary>
    public KernelDescent By(Carriers carriers) => new(objective, options, device, plan, kernels) { Carriers = carriers };

    /// <summary>How long the launches of the last run took.</summary>
    public double LaunchSeconds { get; private set; }

    public override double FlopsPerStep => OperationCount.Flops(plan.Program);

    public override Endpoints Run(RestartRange range, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var (work, launch, starts) = Prepare(range);
        try
        {
            var ends = work.Run(range.Count, starts.Batch, launch, progress, cancellation);
            hasRun = true;
            return ends;
        }
        catch (WorkFailedException<Endpoints> failure) when (!hasRun && failure is { InnerException: NoRoomException, Rows: var rows } && rows.Totals.Unfinished == range.Count)
        {
            // Nothing has been done yet: whoever asked can ask for less.
            throw new ArgumentException(failure.InnerException.Message, failure);
        }
        finally
        {
            LaunchSeconds = work.LaunchSeconds;
        }
    }

    /// <summary>What runs restarts, what its threads are told, and what starts are made of.</summary>
    public (KernelWork Work, Launch Launch, StartNumbers Starts) Prepare(RestartRange range)
    {
        range.Starts.Validate(objective.Dimension);
        var starts = new StartNumbers(range, objective.Dimension);
        var launch = plan.Launch(objective.Dimension);
        launch.Seed = range.Seed;
        launch.Batch = plan.Batch(range.Seed, options.Batch);
        launch.First = range.First;
        launch.StartKind = (int)starts.Kind;
        var warps = WarpsFor(range.Count);
        return (new(device, kernels[warps].Value, warps == 0 ? plan.Demand(objective, options, starts) : plan.DemandByWarps(objective, options, starts, warps), slices[warps]), launch, starts);
    }

    /// <summary>How many warps carry each of so many restarts; 0 for a thread.</summary>
    public int WarpsFor(int restarts) => kernels.Count == 1 ? 0
        : Carriers == Carriers.WhateverIsFaster && plan.ByWarps is { } choice ? device.Limits is { Multiprocessors: > 0 and var multiprocessors } ? choice.WarpsFor(restarts, multiprocessors) : 0
        : Carriers == Carriers.WhateverIsFaster && plan.InLanes is not { IsFaster: true } ? 0
        : Carriers switch { Carriers.Threads => 0, Carriers.Blocks => kernels.Keys.Max(), _ => 1 };
}
