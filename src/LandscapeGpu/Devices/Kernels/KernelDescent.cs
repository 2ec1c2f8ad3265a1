using LandscapeGpu.Compilation;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>Descent by kernels: a thread carries a restart, or a warp.</summary>
/// <param name="objective">What is descended.</param>
/// <param name="options">How.</param>
/// <param name="device">Where.</param>
/// <param name="plan">How a step becomes a kernel.</param>
/// <param name="kernels">That of which threads carry restarts, and that of which warps do; null where they cannot. Whether they do may depend on the number of restarts.</param>
internal sealed class KernelDescent(Objective objective, DescentOptions options, KernelDevice device, KernelPlan plan, (Lazy<Type> ByThreads, Lazy<Type>? ByWarps) kernels) : CompiledDescent
{
    private readonly (SliceLength ByThreads, SliceLength ByWarps) slices = (new(), new());
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
        return (AreByWarps(range.Count)
            ? new(device, kernels.ByWarps!.Value, plan.DemandByWarps(objective, options, starts), slices.ByWarps)
            : new(device, kernels.ByThreads.Value, plan.Demand(objective, options, starts), slices.ByThreads), launch, starts);
    }

    /// <summary>Whether warps carry so many restarts.</summary>
    public bool AreByWarps(int restarts) => kernels.ByWarps is not null && Carriers != Carriers.Threads
        && (Carriers == Carriers.Warps || plan.InLanes is { IsFaster: true } || (plan.ByWarps is not null && device.Limits is { Multiprocessors: > 0 and var multiprocessors } && restarts <= plan.ByWarps.Most(multiprocessors)));
}
