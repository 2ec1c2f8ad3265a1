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

    /// <summary>The largest entry of the diagonal; of a matrix of zeros that of the right side, whose step is then as long as the longest that is tried.</summary>
    public double Largest<TMemory>(ThreadState<TMemory> own)
        where TMemory : struct, IDeviceMemory<double>
    {
        var (largest, steepest) = (0.0, 0.0);
        for (var i = 0; i < Size; i++)
        {
            largest = Math.Max(largest, Math.Abs(own[At(i, i)]));
            steepest = Math.Max(steepest, Math.Abs(own[Right + i]));
        }

        return largest > 0 ? largest : steepest > 0 ? steepest : 1;
    }
}
