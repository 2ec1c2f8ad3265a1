namespace LandscapeGpu.Kernels;

/// <summary>Where a thread's symmetric matrix, a right side and room for pivots are in its state.</summary>
public readonly struct LinearSystem(int matrix, int right, int pivots, int size)
{
    public int Matrix { get; } = matrix;

    public int Right { get; } = right;

    public int Pivots { get; } = pivots;

    public int Size { get; } = size;

    /// <summary>Where entry (i, j) is.</summary>
    public int At(int i, int j) => Matrix + (i * Size) + j;
}
