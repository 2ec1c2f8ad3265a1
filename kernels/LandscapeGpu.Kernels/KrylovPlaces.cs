namespace LandscapeGpu.Kernels;

/// <summary>Where a thread keeps Lanczos' basis and the tridiagonal matrix, in its state.</summary>
public readonly struct KrylovPlaces(int work, int dimension, int most)
{
    public int Work { get; } = work;

    public int Dimension { get; } = dimension;

    public int Most { get; } = most;

    /// <summary>The largest ‖Hv‖ seen.</summary>
    public int Size => Work;

    public int Diagonal => Work + 1;

    public int Off => Diagonal + Most;

    /// <summary>The first entries of the tridiagonal matrix's eigenvectors.</summary>
    public int FirstRow => Off + Most;

    /// <summary>Their last entries.</summary>
    public int LastRow => FirstRow + Most;

    /// <summary>How many elements that is.</summary>
    public static int Length(int dimension, int most) => 1 + (4 * most) + (most * dimension);

    public int Basis(int k) => LastRow + Most + (k * Dimension);
}
