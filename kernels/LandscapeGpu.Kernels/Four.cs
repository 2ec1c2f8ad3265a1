namespace LandscapeGpu.Kernels;

/// <summary>Four numbers that lie side by side in memory, from a place that is a multiple of four: devices load them at once.</summary>
public readonly struct Four<T>(T first, T second, T third, T fourth)
    where T : unmanaged
{
    public T First { get; } = first;

    public T Second { get; } = second;

    public T Third { get; } = third;

    public T Fourth { get; } = fourth;
}
