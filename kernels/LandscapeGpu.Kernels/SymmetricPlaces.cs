namespace LandscapeGpu.Kernels;

/// <summary>Where a symmetric matrix on its way to eigenvalues lies: its lower triangle row by row, then three vectors.</summary>
public readonly struct SymmetricPlaces(int work, int size)
{
    /// <summary>
    /// A row that is shorter than 1e-145 of the matrix is taken as zero: its square would lose its digits to underflow, and
    /// the eigenvalues move by no more than that.
    /// </summary>
    public const double NegligibleSquare = 1e-290;

    public int Work { get; } = work;

    public int Size { get; } = size;

    public int Diagonal => Row(Size);

    /// <summary>The squares of the off-diagonal; the last is zero.</summary>
    public int OffSquared => Diagonal + Size;

    public int Product => OffSquared + Size;

    /// <summary>How many elements that is.</summary>
    public static int Length(int size) => (size * (size + 1) / 2) + (3 * size);

    /// <summary>Where a row of the lower triangle begins.</summary>
    public int Row(int i) => Work + (i * (i + 1) / 2);
}
