using System.Diagnostics;
using LandscapeGpu.Compilation;
using LandscapeGpu.Descent;
using LandscapeGpu.Kernels;
using LandscapeGpu.Objectives;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>Descent by kernels: batches that fit the device's memory, each cut into launches of a fraction of a second.</summary>
internal sealed class KernelDescent(Objective objective, DescentOptions options, KernelDevice device, KernelPlan plan, Type kernel) : CompiledDescent
{
    // What a failing device cannot take back: endpoints are fetched this often.
    private const double SecondsBetweenDownloads = 2;

    private readonly List<string> warnings = [];
    private readonly SliceLength slice = new(32);

    public KernelPlan Plan => plan;

    private DescentOptions Options => options;

    public override double FlopsPerStep => OperationCount.Flops(plan.Program);

    public override IReadOnlyList<string> Warnings => warnings;

    public override Endpoints Run(RestartRange range, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(range);
        range.Starts.Validate(objective.Dimension);
        var endpoints = new Endpoints(objective.Dimension, range.Count);
        if (range.Count == 0)
        {
            return endpoints;
        }

        var starts = new StartNumbers(range, objective.Dimension);
        var reported = 0L;
        Action<long>? counted = progress is null ? null : done =>
        {
            reported += done;
            progress(done);
        };
        var buffers = KernelBuffers.Plan(plan.Demand(objective, starts), range.Count, device.Limits);
        try
        {
            for (var begin = 0; begin < range.Count && !cancellation.IsCancellationRequested; begin += buffers.Restarts)
            {
                new Batch(this, range, starts, begin, Math.Min(buffers.Restarts, range.Count - begin)).Run(buffers, endpoints, counted, cancellation);
            }
        }
        catch (DeviceFailedException failure)
        {
            warnings.Add($"{device.Description} failed ({failure.Message}); the run went on on lanes.");
            ContinueOnLanes(range, endpoints, progress is null ? null : (reported, progress), cancellation);
        }

        return endpoints;
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

    private sealed class Batch(KernelDescent descent, RestartRange range, StartNumbers starts, int begin, int count)
    {
        private readonly Stopwatch sinceDownload = Stopwatch.StartNew();
        private int turn;
        private int ended;

        public void Run(KernelBuffers buffers, Endpoints endpoints, Action<long>? progress, CancellationToken cancellation)
        {
            using var session = descent.Open(buffers with { Restarts = count, Threads = Math.Min(buffers.Threads, count) }, starts.Batch(begin, count));
            while (ended < count && !cancellation.IsCancellationRequested)
            {
                Slice(session, Math.Min(buffers.Threads, count));
                var now = session.Ended();
                if (now > ended)
                {
                    progress?.Invoke(now - ended);
                    ended = now;
                }

                if (sinceDownload.Elapsed.TotalSeconds > SecondsBetweenDownloads)
                {
                    session.Download(endpoints, begin, count);
                    sinceDownload.Restart();
                }
            }

            session.Download(endpoints, begin, count);
        }

        private void Slice(KernelSession session, int threads)
        {
            var launch = descent.Plan.Launch(starts.Dimension);
            launch.Seed = range.Seed;
            launch.Batch = descent.Plan.Batch(range.Seed, descent.Options.Batch);
            launch.First = range.First + begin;
            launch.Count = count;
            launch.Threads = threads;
            launch.StartKind = (int)starts.Kind;
            launch.Turn = turn;
            launch.Steps = descent.slice.Steps;
            var watch = Stopwatch.StartNew();
            session.Run(launch);
            turn = (turn + launch.Steps) % launch.Turns;
            descent.slice.Note(watch.Elapsed.TotalSeconds);
        }
    }

    private KernelSession Open(KernelBuffers buffers, double[] batch) => device.Open(kernel, buffers, batch);
}
