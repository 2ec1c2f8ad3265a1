namespace LandscapeGpu.Kernels;

/// <summary>The batch of a thread's restart, in its state.</summary>
internal readonly struct ThreadBatch<TMemory>(TMemory memory, int first) : IBatch
    where TMemory : struct, IDeviceMemory
{
    private readonly TMemory memory = memory;
    private readonly int first = first;

    public void Set(int position, int sample) => memory.SetState(first + (position * StateTiles.Width), sample);
}
