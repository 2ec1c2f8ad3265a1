namespace LandscapeGpu.Devices.Kernels;

/// <summary>The memory of the last batch, kept for the next of as many items.</summary>
internal sealed class KeptBatch : IDisposable
{
    private KernelBatch? open;
    private int size;

    public bool IsFor(int count) => open is not null && size == count;

    /// <summary>The session that is open, begun anew, or another in its place.</summary>
    public KernelBatch Open(int count, double[] given, Func<KernelBatch> make)
    {
        if (IsFor(count))
        {
            open!.Restart(given);
            return open;
        }

        Dispose();
        open = make();
        size = count;
        return open;
    }

    public void Dispose()
    {
        open?.Dispose();
        open = null;
    }
}
