using ILGPU;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>A thread's column of what its block shares.</summary>
/// <remarks>
/// Elements of one thread are 32 apart: 32 threads reach the 32 banks of shared memory, each its own, whichever element each is at; in double
/// precision half of a warp at a time.
/// </remarks>
internal readonly struct SharedTile<T>(ArrayView<T> elements, int column) : ISharedTile<T>
    where T : unmanaged
{
    private readonly ArrayView<T> elements = elements;
    private readonly int column = column;

    public T Load(int at, int offset) => GlobalMemory.LoadShared(ref elements[column + at], offset);

    public void Store(int at, int offset, T value) => GlobalMemory.StoreShared(ref elements[column + at], offset, value);

    public int Lane => 0;

    public int OfFirst(int value) => value;

    public T OfOther(T value, int bit) => value;

    public void Wait()
    {
    }
}
