using System.Diagnostics;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>Items that are being run, slice by slice: between a slice's begin and its end the host may begin another run's.</summary>
/// <param name="session">Their memory.</param>
/// <param name="launch">What threads are told beside the slice.</param>
/// <param name="slice">How long a slice is.</param>
/// <param name="drawsStarts">Whether a pass of its own draws the starts first.</param>
internal sealed class KernelRun(KernelBatch session, Launch launch, SliceLength slice, bool drawsStarts)
{
    private readonly Stopwatch watch = new();
    private Launch launch = launch;
    private bool hasBegun;
    private bool isAlone;
    private double begunAt;

    public KernelBatch Session => session;

    /// <summary>How many items are done.</summary>
    public int Ended { get; private set; }

    public bool IsDone => Ended >= launch.Count;

    /// <summary>How long its launches took, from their begin until they were waited for.</summary>
    public double LaunchSeconds => watch.Elapsed.TotalSeconds;

    /// <summary>Begins a slice: where threads are launched part by part, all parts but the last are waited for.</summary>
    /// <param name="isAlone">Whether nothing runs beside it, so that its time says how much the next may do.</param>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public void Begin(bool isAlone = true)
    {
        this.isAlone = isAlone;
        watch.Start();
        if (drawsStarts && !hasBegun)
        {
            session.RunEach(typeof(StartDrawing<>), launch);
        }

        hasBegun = true;
        // All threads are as far in a circular memory: each makes these steps before any makes more.
        launch.Steps = slice.Steps;
        var part = launch;
        part.Threads = 0;
        do
        {
            if (part.Threads > 0)
            {
                WaitForPart();
            }

            part.FirstThread += part.Threads;
            part.Threads = Math.Min(slice.Threads(launch.Threads), launch.Threads - part.FirstThread);
            begunAt = watch.Elapsed.TotalSeconds;
            session.Begin(part);
        }
        while (part.FirstThread + part.Threads < launch.Threads);
    }

    /// <summary>Waits for the slice.</summary>
    /// <returns>How many more items are done.</returns>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public int Finish()
    {
        WaitForPart();
        watch.Stop();
        launch.Turn = (launch.Turn + launch.Steps) % Math.Max(1, launch.Turns);
        var before = Ended;
        Ended = session.Ended();
        return Ended - before;
    }

    private void WaitForPart()
    {
        session.Wait();
        if (isAlone)
        {
            slice.Note(watch.Elapsed.TotalSeconds - begunAt);
        }
    }
}
