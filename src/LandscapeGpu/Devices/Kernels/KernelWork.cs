using System.Diagnostics;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>Items that a kernel turns into rows of numbers: batches that fit the device's memory, each cut into short launches.</summary>
/// <param name="device">What runs them.</param>
/// <param name="kernel">The kernel, closed over the device's memory.</param>
/// <param name="demand">What it asks of memory.</param>
/// <param name="learnt">How long launches were before, for the same kernel; null where nobody knows.</param>
/// <param name="around">What runs slices of a batch of the device's in place of the kernel; null for nothing.</param>
internal sealed class KernelWork(KernelDevice device, Type kernel, KernelDemand demand, SliceLength? learnt = null, Func<KernelBatch, KernelBatch>? around = null)
{
    // What a failing device cannot take back: rows are fetched this often.
    private const double SecondsBetweenDownloads = 2;

    // With fewer items than one for so many threads the processor is done before a device has begun.
    private const int ThreadsToPay = 256;

    private readonly SliceLength slice = learnt ?? new(demand.BlockThreads);

    /// <summary>How long launches took altogether: what is left of a run is memory, copies and waiting for this side.</summary>
    public double LaunchSeconds { get; private set; }

    /// <summary>Whether the device has room for it.</summary>
    public bool Fits => KernelBuffers.Fits(demand, device.Limits);

    /// <summary>Bytes of memory that each thread needs.</summary>
    public double ThreadBytes => demand.ThreadBytes;

    /// <summary>Whether so many items are worth a device.</summary>
    public bool Pays(int count) => count >= Math.Max(1, device.Limits.Threads / ThreadsToPay);

    /// <summary>Runs all items.</summary>
    /// <param name="given">What is given for each item, one after the other.</param>
    /// <param name="launch">What threads are told beside the batch and the slice.</param>
    /// <param name="progress">Told how many more items are done.</param>
    /// <param name="cancellation">Stops early: items that were not finished are <see cref="Outcome.Unfinished"/>.</param>
    /// <returns>A row for each item, with how it ended where rows have outcomes.</returns>
    /// <exception cref="DeviceFailedException">The device failed; what was finished comes with the exception.</exception>
    public Endpoints Run(ReadOnlyMemory<double> given, Launch launch, Action<long>? progress = null, CancellationToken cancellation = default) =>
        Run(given.Length / demand.GivenLength, (begin, size) => Slice(given, begin, size), launch, progress, cancellation);

    /// <summary>Runs items whose givens are made batch by batch, from the number of its first item and how many it has.</summary>
    /// <exception cref="DeviceFailedException">The device failed; what was finished comes with the exception.</exception>
    public Endpoints Run(int count, Func<int, int, double[]> given, Launch launch, Action<long>? progress, CancellationToken cancellation)
    {
        using var session = new KeptBatch();
        return Run(count, given, launch, new Order(session, progress, cancellation));
    }

    /// <summary>Runs all items in the memory of an earlier run where it is of the right size: for work that comes again and again.</summary>
    /// <inheritdoc cref="Run(ReadOnlyMemory{double}, Launch, Action{long}?, CancellationToken)"/>
    public Endpoints Run(ReadOnlyMemory<double> given, Launch launch, KeptBatch session) =>
        Run(given.Length / demand.GivenLength, (begin, size) => Slice(given, begin, size), launch, new Order(session, null, default));

    /// <summary>Makes room for all items at once, whose results stay where they are; nothing has run yet.</summary>
    /// <param name="count">How many.</param>
    /// <param name="launch">What threads are told beside the batch and the slice.</param>
    /// <param name="kept">The memory of an earlier run, and of this.</param>
    /// <param name="given">What is given when memory is made anew, and what when it is used again.</param>
    /// <param name="part">The part of the free memory that may be taken.</param>
    /// <returns>The run; null where there is no room for all items at once.</returns>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public KernelRun? Hold(int count, Launch launch, KeptBatch kept, (Func<double[]> First, Func<double[]> Again) given, double part = 1)
    {
        KernelBuffers? plan = null;
        if (!kept.IsFor(count))
        {
            kept.Dispose();
            var limits = device.LimitsFor(kernel, demand);
            limits = limits with { Bytes = part * limits.Bytes };
            if (!KernelBuffers.Fits(demand, limits) || (plan = KernelBuffers.Plan(demand, count, limits)).Restarts < count)
            {
                return null;
            }
        }

        var starts = plan is null ? given.Again() : given.First();
        var session = kept.Open(count, starts, () => Open(plan!, starts));
        (launch.Count, launch.Threads, launch.StateElements) = (count, session.Threads, demand.StateElements);
        return new(session, launch, slice, demand.DrawsStarts);
    }

    private KernelBatch Open(KernelBuffers plan, double[] given) => device.Open(kernel, plan, given) is var batch && around is not null ? around(batch) : batch;

    private double[] Slice(ReadOnlyMemory<double> given, int begin, int size) => given.Slice(begin * demand.GivenLength, size * demand.GivenLength).ToArray();

    private Endpoints Run(int count, Func<int, int, double[]> given, Launch launch, Order order)
    {
        var first = launch.First;
        var rows = new Endpoints(demand.RowLength, count);
        try
        {
            var (most, size) = (count, 0);
            for (var begin = 0; begin < count && !order.Cancellation.IsCancellationRequested; begin += size)
            {
                KernelBuffers? plan = null;
                size = Math.Min(most, count - begin);
                if (!order.Session.IsFor(size))
                {
                    // What the last batch had is free again; how much there is now decides.
                    order.Session.Dispose();
                    plan = KernelBuffers.Plan(demand, count - begin, device.LimitsFor(kernel, demand));
                    most = size = plan.Restarts;
                }

                var batch = given(begin, size);
                var session = order.Session.Open(size, batch, () => Open(plan!, batch));
                launch.First = first + begin;
                launch.Count = size;
                launch.Threads = session.Threads;
                launch.StateElements = demand.StateElements;
                Run(session, launch, new(rows, begin, size), order);
            }

            return rows;
        }
        catch (Exception failure) when (failure is DeviceFailedException or NoRoomException)
        {
            order.Session.Dispose();
            throw new WorkFailedException<Endpoints>($"{device.Description} failed ({failure.Message.TrimEnd('.')})", rows, failure);
        }
    }

    private void Run(KernelBatch session, Launch launch, Batch batch, Order order)
    {
        var sinceDownload = Stopwatch.StartNew();
        var run = new KernelRun(session, launch, slice, demand.DrawsStarts);
        while (!run.IsDone && !order.Cancellation.IsCancellationRequested)
        {
            run.Begin();
            if (run.Finish() is > 0 and var more)
            {
                order.Progress?.Invoke(more);
            }

            if (sinceDownload.Elapsed.TotalSeconds > SecondsBetweenDownloads)
            {
                session.Download(batch.Rows, batch.Begin, batch.Count);
                sinceDownload.Restart();
            }
        }

        LaunchSeconds += run.LaunchSeconds;
        session.Download(batch.Rows, batch.Begin, batch.Count);
    }

    /// <summary>Part of a run.</summary>
    private sealed record Batch(Endpoints Rows, int Begin, int Count);

    private sealed record Order(KeptBatch Session, Action<long>? Progress, CancellationToken Cancellation);
}
