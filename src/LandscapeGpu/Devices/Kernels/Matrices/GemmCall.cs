namespace LandscapeGpu.Devices.Kernels;

/// <summary>A product as BLAS is asked for it, strided and batched: C ← op(A)·op(B) + C for each of some restarts, matrices column by column.</summary>
/// <remarks>
/// Read column by column, a matrix that is kept row by row is its transpose. So Cᵀ = Bᵀ·Aᵀ is asked for: what BLAS calls its first matrix is the product's second. What all restarts
/// share has a stride of 0. Strides and places are in elements, from where state and shared numbers begin.
/// </remarks>
/// <param name="IsTurned">Whether the second matrix is to be transposed.</param>
/// <param name="M">Rows of C, as BLAS counts them.</param>
/// <param name="N">Columns of C.</param>
/// <param name="K">What is summed over.</param>
/// <param name="First">The first matrix.</param>
/// <param name="Second">The second.</param>
/// <param name="Result">C.</param>
/// <param name="Count">How many restarts.</param>
internal sealed record GemmCall(bool IsTurned, int M, int N, int K, GemmCall.Operand First, GemmCall.Operand Second, GemmCall.Operand Result, int Count)
{
    /// <summary>A matrix: among the shared numbers or in the state, where it begins for the first restart, from column to column, and from restart to restart.</summary>
    public sealed record Operand(bool IsShared, long At, int Leading, long Stride);

    /// <param name="product">A product that is of BLAS.</param>
    /// <param name="launch">For which restarts.</param>
    public static GemmCall Of(BatchedProduct product, Launch launch)
    {
        var (leading, isTurned) = product.LeadingOfA ?? throw new ArgumentException("BLAS has no such product.");
        return new(
            isTurned, product.Columns, product.Rows, product.Inner,
            Of(product.B, product.LeadingOfB), Of(product.A, leading), Of(product.C, product.LeadingOfC), launch.Seats);

        Operand Of(MatrixPlace m, int leading) => m.IsShared
            ? new(true, m.At, leading, 0)
            : new(false, m.At + ((long)launch.FirstSeat * launch.StateElements), leading, launch.StateElements);
    }
}
