namespace LandscapeGpu.LinearAlgebra;

/// <summary>Vectors of lanes one behind the other.</summary>
internal readonly unsafe struct LaneEntries<T>(T* first) : IEntries<T, LaneEntries<T>>
    where T : unmanaged, ILanes<T>
{
    public T this[int at] => first[at];

    public void Set(int at, T value) => first[at] = value;

    public LaneEntries<T> From(int at) => new(first + at);
}

/// <summary>Vectors of lanes that are part of longer ones.</summary>
/// <param name="first">The first of them.</param>
/// <param name="stride">How many doubles the longer ones have.</param>
internal readonly unsafe struct StridedEntries<T>(double* first, int stride) : IEntries<T, StridedEntries<T>>
    where T : unmanaged, ILanes<T>
{
    public T this[int at] => *(T*)(first + ((nint)at * stride));

    public void Set(int at, T value) => *(T*)(first + ((nint)at * stride)) = value;

    public StridedEntries<T> From(int at) => new(first + ((nint)at * stride), stride);
}
