using ILGPU;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>What a block of one warp shares that carries one restart, in single precision: all of its threads reach the same elements.</summary>
/// <remarks>Where all store to one element they store the same number, and one of them is kept.</remarks>
internal readonly struct SingleWarp(ArrayView<float> elements) : ISharedTile<float>
{
    private readonly ArrayView<float> elements = elements;

    public float Load(int at, int offset) => GlobalMemory.LoadShared(ref elements[at], offset);

    public void Store(int at, int offset, float value) => GlobalMemory.StoreShared(ref elements[at], offset, value);

    public int Lane => Group.IdxX;

    public int OfFirst(int value) => Warp.Shuffle(value, 0);

    public float OfOther(float value, int bit) => Warp.ShuffleXor(value, bit);

    public void Wait() => Group.Barrier();
}

/// <summary>The same in double precision.</summary>
internal readonly struct DoubleWarp(ArrayView<double> elements) : ISharedTile<double>
{
    private readonly ArrayView<double> elements = elements;

    public double Load(int at, int offset) => GlobalMemory.LoadShared(ref elements[at], offset);

    public void Store(int at, int offset, double value) => GlobalMemory.StoreShared(ref elements[at], offset, value);

    public int Lane => Group.IdxX;

    public int OfFirst(int value) => Warp.Shuffle(value, 0);

    public double OfOther(double value, int bit) => Warp.ShuffleXor(value, bit);

    public void Wait() => Group.Barrier();
}
