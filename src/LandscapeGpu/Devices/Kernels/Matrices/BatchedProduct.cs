namespace LandscapeGpu.Devices.Kernels;

/// <summary>A matrix in the state of each restart, or in the data that all share: element (i, j) at At + i·Row + j·Column.</summary>
internal sealed record MatrixPlace(bool IsShared, int At, int Row, int Column);

/// <summary>C += A·B for each of some restarts side by side.</summary>
/// <param name="Rows">Those of A and C.</param>
/// <param name="Columns">Those of B and C.</param>
/// <param name="Inner">The columns of A, and the rows of B.</param>
/// <param name="A">Rows × inner.</param>
/// <param name="B">Inner × columns.</param>
/// <param name="C">Rows × columns.</param>
internal sealed record BatchedProduct(int Rows, int Columns, int Inner, MatrixPlace A, MatrixPlace B, MatrixPlace C)
{
    public double Flops => 2.0 * Rows * Columns * Inner;

    /// <summary>From row to row of A, in memory that lies as BLAS reads it, and whether rows are its columns there.</summary>
    public (int Distance, bool IsTurned)? LeadingOfA => Leading(A, Rows, Inner) is { } rows ? (rows, false)
        : Leading(A with { Row = A.Column, Column = A.Row }, Inner, Rows) is { } columns ? (columns, true)
        : null;

    /// <summary>The same of B and C, whose rows are read one number after the other; 0 where they cannot be.</summary>
    public int LeadingOfB => Leading(B, Inner, Columns) ?? 0;

    public int LeadingOfC => Leading(C, Rows, Columns) ?? 0;

    /// <summary>Whether BLAS can do it: the numbers of a row, or of a column of A, lie one after the other, and rows are no nearer than they are long.</summary>
    public bool IsOfBlas => LeadingOfA is not null && LeadingOfB > 0 && LeadingOfC > 0;

    /// <summary>The plan of a <see cref="PlainProduct{TMemory}"/>.</summary>
    public int[] Plan => [Rows, Columns, Inner, .. Numbers(A), .. Numbers(B), .. Numbers(C)];

    private static int[] Numbers(MatrixPlace m) => [m.IsShared ? 1 : 0, m.At, m.Row, m.Column];

    // What there is once may lie at any distance.
    private static int? Leading(MatrixPlace m, int rows, int columns) =>
        columns > 1 && m.Column != 1 ? null : rows == 1 ? Math.Max(1, columns) : m.Row >= columns ? m.Row : null;
}
