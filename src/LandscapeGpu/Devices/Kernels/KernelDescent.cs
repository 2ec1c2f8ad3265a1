using LandscapeGpu.Compilation;
using LandscapeGpu.Descent;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>Descent by kernels, one restart a thread; what a device that fails leaves behind is done on lanes.</summary>
internal sealed class KernelDescent(Objective objective, DescentOptions options, KernelDevice device, KernelPlan plan, Type kernel) : CompiledDescent
{
    private readonly List<string> warnings = [];
    private readonly SliceLength slice = new();

    public KernelPlan Plan => plan;

    /// <summary>How long the launches of the last run took.</summary>
    public double LaunchSeconds { get; private set; }

    public override double FlopsPerStep => OperationCount.Flops(plan.Program);

    public override IReadOnlyList<string> Warnings => warnings;

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
        var reported = 0L;
        Action<long>? counted = progress is null ? null : done =>
        {
            reported += done;
            progress(done);
        };
        try
        {
            var work = new KernelWork(device, kernel, plan.Demand(objective, starts), slice);
            var ends = work.Run(range.Count, starts.Batch, launch, counted, cancellation);
            LaunchSeconds = work.LaunchSeconds;
            return ends;
        }
        catch (WorkFailedException failure)
        {
            warnings.Add($"{failure.Message}; the run went on on lanes.");
            ContinueOnLanes(range, failure.Rows, progress is null ? null : (reported, progress), cancellation);
            return failure.Rows;
        }
    }

    /// <summary>Runs what is unfinished on the processor: a restart is a pure function of its number, so the result is the one asked for.</summary>
    private void ContinueOnLanes(RestartRange range, Endpoints endpoints, (long Reported, Action<long> Progress)? so, CancellationToken cancellation)
    {
        var first = Array.IndexOf(endpoints.Outcomes, (byte)Outcome.Unfinished);
        if (first < 0)
        {
            return;
        }

        var last = Array.LastIndexOf(endpoints.Outcomes, (byte)Outcome.Unfinished);
        var again = last - first + 1;
        // Some of these have been reported already: they had ended but were not fetched, or lie between others.
        var owed = so is { } far ? new OwedProgress(again - (range.Count - far.Reported), far.Progress) : null;
        var rest = new LaneDevice().Compile(objective, options)
            .Run(range with { First = range.First + first, Count = again }, owed is null ? null : owed.Report, cancellation);
        var d = endpoints.Dimension;
        for (var r = first; r <= last; r++)
        {
            if (endpoints.Outcomes[r] == (byte)Outcome.Unfinished)
            {
                endpoints.Outcomes[r] = rest.Outcomes[r - first];
                endpoints.Steps[r] = rest.Steps[r - first];
                Array.Copy(rest.Points, (long)(r - first) * d, endpoints.Points, (long)r * d, d);
            }
        }
    }
}
