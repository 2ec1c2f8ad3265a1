using ILGPU;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>A thread's column of what its block shares, in single precision.</summary>
/// <remarks>Elements of one thread are 32 apart: 32 threads reach the 32 banks of shared memory, each its own, whichever element each is at.</remarks>
internal readonly struct SingleTile(ArrayView<float> elements, int column) : ISharedTile<float>
{
    private readonly ArrayView<float> elements = elements;
    private readonly int column = column;

    public float Load(int at, int offset) => GlobalMemory.LoadShared(ref elements[column + at], offset);

    public void Store(int at, int offset, float value) => GlobalMemory.StoreShared(ref elements[column + at], offset, value);

    public int Lane => 0;

    public int OfFirst(int value) => value;

    public float OfOther(float value, int bit) => value;

    public void Wait()
    {
    }
}

/// <summary>The same in double precision: half of a warp at a time.</summary>
internal readonly struct DoubleTile(ArrayView<double> elements, int column) : ISharedTile<double>
{
    private readonly ArrayView<double> elements = elements;
    private readonly int column = column;

    public double Load(int at, int offset) => GlobalMemory.LoadShared(ref elements[column + at], offset);

    public void Store(int at, int offset, double value) => GlobalMemory.StoreShared(ref elements[column + at], offset, value);

    public int Lane => 0;

    public int OfFirst(int value) => value;

    public double OfOther(double value, int bit) => value;

    public void Wait()
    {
    }
}
