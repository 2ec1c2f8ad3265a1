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
    private double begunAt;

    public KernelBatch Session => session;

    /// <summary>How many items are done.</summary>
    public int Ended { get; private set; }

    public bool IsDone => Ended >= launch.Count;

    /// <summary>How long its launches took, from their begin until they were waited for.</summary>
    public double LaunchSeconds => watch.Elapsed.TotalSeconds;

    /// <summary>Begins a slice.</summary>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public void Begin()
    {
        watch.Start();
        if (drawsStarts && !hasBegun)
        {
            session.RunEach(typeof(StartDrawing<>), launch);
        }

        hasBegun = true;
        launch.Steps = slice.Steps;
        begunAt = watch.Elapsed.TotalSeconds;
        session.Begin(launch);
    }

    /// <summary>Waits for the slice.</summary>
    /// <param name="isAlone">Whether nothing ran beside it, so that its time says how long the next may be.</param>
    /// <returns>How many more items are done.</returns>
    /// <exception cref="DeviceFailedException">The device failed.</exception>
    public int Finish(bool isAlone = true)
    {
        session.Wait();
        watch.Stop();
        if (isAlone)
        {
            slice.Note(watch.Elapsed.TotalSeconds - begunAt);
        }

        launch.Turn = (launch.Turn + launch.Steps) % Math.Max(1, launch.Turns);
        var before = Ended;
        Ended = session.Ended();
        return Ended - before;
    }
}
