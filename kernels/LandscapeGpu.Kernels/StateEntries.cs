namespace LandscapeGpu.Kernels;

/// <summary>A thread's state from an element on.</summary>
public readonly struct StateEntries<TMemory>(ThreadState<TMemory> own, int begin) : IEntries<Scalar, StateEntries<TMemory>>
    where TMemory : struct, IDeviceMemory<double>
{
    private readonly ThreadState<TMemory> own = own;
    private readonly int begin = begin;

    public Scalar this[int at] => own[begin + at];

    public void Set(int at, Scalar value) => own.Set(begin + at, value);

    public StateEntries<TMemory> From(int at) => new(own, begin + at);
}
