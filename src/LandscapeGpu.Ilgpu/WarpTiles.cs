using ILGPU;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>What a block of one warp shares that carries one restart: all of its threads reach the same elements.</summary>
/// <remarks>Where all store to one element they store the same number, and one of them is kept.</remarks>
internal readonly struct OneWarp<T>(ArrayView<T> elements) : ISharedTile<T>
    where T : unmanaged
{
    private readonly ArrayView<T> elements = elements;

    public T Load(int at, int offset) => GlobalMemory.LoadShared(ref elements[at], offset);

    public void Store(int at, int offset, T value) => GlobalMemory.StoreShared(ref elements[at], offset, value);

    public int Lane => Group.IdxX;

    public int OfFirst(int value) => Warp.Shuffle(value, 0);

    public T OfOther(T value, int bit) => Warp.ShuffleXor(value, bit);

    public void Wait() => Group.Barrier();
}

/// <summary>What a block of several warps shares that carry one restart, in single precision: a warp's, but for what all of them ask of the first.</summary>
internal readonly struct SingleWarps(OneWarp<float> own) : ISharedTile<float>
{
    private readonly OneWarp<float> own = own;

    public float Load(int at, int offset) => own.Load(at, offset + 1);

    public void Store(int at, int offset, float value) => own.Store(at, offset + 1, value);

    public int Lane => Group.IdxX;

    /// <remarks>By the first number that the block shares, a whole one: nobody asks again before all have been at another barrier.</remarks>
    public int OfFirst(int value)
    {
        if (Group.IdxX == 0)
        {
            own.Store(0, 0, Interop.IntAsFloat((uint)value));
        }

        Wait();
        return (int)Interop.FloatAsInt(own.Load(0, 0));
    }

    public float OfOther(float value, int bit) => own.OfOther(value, bit);

    public void Wait() => Group.Barrier();
}

/// <summary>The same in double precision.</summary>
internal readonly struct DoubleWarps(OneWarp<double> own) : ISharedTile<double>
{
    private readonly OneWarp<double> own = own;

    public double Load(int at, int offset) => own.Load(at, offset + 1);

    public void Store(int at, int offset, double value) => own.Store(at, offset + 1, value);

    public int Lane => Group.IdxX;

    /// <remarks>By the first number that the block shares, a whole one: nobody asks again before all have been at another barrier.</remarks>
    public int OfFirst(int value)
    {
        if (Group.IdxX == 0)
        {
            own.Store(0, 0, value);
        }

        Wait();
        return (int)own.Load(0, 0);
    }

    public double OfOther(double value, int bit) => own.OfOther(value, bit);

    public void Wait() => Group.Barrier();
}
