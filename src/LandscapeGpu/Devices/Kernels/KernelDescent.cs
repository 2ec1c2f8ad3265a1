using LandscapeGpu.Compilation;
using LandscapeGpu.Descent;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>Descent by kernels, one restart a thread.</summary>
internal sealed class KernelDescent(Objective objective, DescentOptions options, KernelDevice device, KernelPlan plan, Type kernel) : CompiledDescent
{
    private readonly SliceLength slice = new();

    public KernelPlan Plan => plan;

    /// <summary>How long the launches of the last run took.</summary>
    public double LaunchSeconds { get; private set; }

    public override double FlopsPerStep => OperationCount.Flops(plan.Program);

    public override Endpoints Run(RestartRange range, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(range);
        range.Starts.Validate(objective.Dimension);
        var starts = new StartNumbers(range, objective.Dimension);
        var launch = plan.Launch(objective.Dimension);
        launch.Seed = range.Seed;
        launch.Batch = plan.Batch(range.Seed, options.Batch);
        launch.First = range.First;
        launch.StartKind = (int)starts.Kind;
        var work = new KernelWork(device, kernel, plan.Demand(objective, starts), slice);
        try
        {
            return work.Run(range.Count, starts.Batch, launch, progress, cancellation);
        }
        finally
        {
            LaunchSeconds = work.LaunchSeconds;
        }
    }
}
