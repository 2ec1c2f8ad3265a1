using System.Numerics;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>A thread's column of what its block shares, as an array that holds no number before one is stored.</summary>
internal readonly struct ArrayTile<T> : ISharedTile<T>
    where T : unmanaged, INumberBase<T>
{
    private readonly T[] column;

    /// <param name="length">Elements that each thread has.</param>
    public ArrayTile(int length)
    {
        column = new T[length];
        Array.Fill(column, T.CreateTruncating(double.NaN));
    }

    public T Load(int at, int offset) => column[(at + offset) / StateTiles.Width];

    public void Store(int at, int offset, T value) => column[(at + offset) / StateTiles.Width] = value;

    public int Lane => 0;

    public int OfFirst(int value) => value;

    public T OfOther(T value, int bit) => value;

    public void Wait()
    {
    }
}
