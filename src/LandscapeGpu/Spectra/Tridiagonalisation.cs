using System.Runtime.CompilerServices;

namespace LandscapeGpu.Spectra;

/// <summary>Reduces symmetric matrices, one in each lane, to tridiagonal ones with the same eigenvalues.</summary>
/// <remarks>
/// Householder's reduction from the last row upwards: A ← (I − vvᵀ/h) A (I − vvᵀ/h), h = vᵀv/2, as the update of rank two
/// A − vwᵀ − wvᵀ. (4/3)n³ operations. G. Golub, C. Van Loan: Matrix Computations (4th edition, 2013), §8.3.1.
/// </remarks>
internal static class Tridiagonalisation<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>
    /// A row that is shorter than 1e-145 of the matrix is taken as zero: its square would lose its digits to underflow, and
    /// the eigenvalues move by no more than that.
    /// </summary>
    internal const double NegligibleSquare = 1e-290;

    /// <summary>Overwrites the matrix and fills the diagonal and the squares of the off-diagonal.</summary>
    /// <param name="matrix">The lower triangle, row by row, n(n + 1)/2; its largest entry has magnitude about 1.</param>
    /// <param name="diagonal">n entries.</param>
    /// <param name="offSquared">n entries, of which entry i is the square of element (i + 1, i); the last is zero.</param>
    /// <param name="work">n entries of working space.</param>
    internal static void Reduce(Span<T> matrix, Span<T> diagonal, Span<T> offSquared, Span<T> work)
    {
        var n = diagonal.Length;
        offSquared[n - 1] = T.Zero;
        for (var k = n - 1; k > 0; k--)
        {
            var row = matrix.Slice(k * (k + 1) / 2, k + 1);
            diagonal[k] = row[k];
            offSquared[k - 1] = k == 1 ? row[0] * row[0] : Eliminate(matrix, row[..k], work[..k]);
        }

        diagonal[0] = matrix[0];
    }

    /// <summary>Turns a row onto its last entry and the leading matrix with it; returns that entry's square.</summary>
    // Fully optimised from the first call on: a batch is often over before tiering up would be.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Eliminate(Span<T> matrix, Span<T> v, Span<T> w)
    {
        var last = v.Length - 1;
        var beyond = T.Zero;
        for (var j = 0; j < last; j++)
            beyond = T.MultiplyAdd(v[j], v[j], beyond);

        var turned = T.Greater(beyond, T.All(NegligibleSquare));
        var end = v[last];
        var square = T.MultiplyAdd(end, end, T.Select(turned, beyond, T.Zero));
        if (!T.Any(turned))
            return square;

        // The sign that adds magnitudes: the last entry of v never cancels.
        var length = T.CopySign(T.Sqrt(square), end);
        var longer = end + length;
        v[last] = longer;
        var h = longer * length;
        // A lane with nothing to eliminate is reflected by nothing.
        var inverse = T.Select(turned, T.All(1) / h, T.Zero);
        Multiply(matrix, v, w);

        var along = T.Zero;
        for (var j = 0; j <= last; j++)
        {
            w[j] *= inverse;
            along = T.MultiplyAdd(w[j], v[j], along);
        }

        var half = T.Zero - along * inverse * T.All(0.5);
        for (var j = 0; j <= last; j++)
            w[j] = T.MultiplyAdd(half, v[j], w[j]);

        Subtract(matrix, v, w);
        return square;
    }

    /// <summary>w = A v, with each entry of the lower triangle read once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(ReadOnlySpan<T> matrix, ReadOnlySpan<T> v, Span<T> w)
    {
        for (int i = 0, start = 0; i < v.Length; i++, start += i)
        {
            var row = matrix.Slice(start, i + 1);
            var vs = v[..row.Length];
            var ws = w[..row.Length];
            var (vi, sum) = (v[i], T.Zero);
            for (var j = 0; j < i; j++)
            {
                sum = T.MultiplyAdd(row[j], vs[j], sum);
                ws[j] = T.MultiplyAdd(row[j], vi, ws[j]);
            }

            ws[i] = T.MultiplyAdd(row[i], vi, sum);
        }
    }

    /// <summary>A ← A − vwᵀ − wvᵀ on the lower triangle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(Span<T> matrix, ReadOnlySpan<T> v, ReadOnlySpan<T> w)
    {
        for (int i = 0, start = 0; i < v.Length; i++, start += i)
        {
            var row = matrix.Slice(start, i + 1);
            var vs = v[..row.Length];
            var ws = w[..row.Length];
            var (vi, wi) = (T.Zero - v[i], T.Zero - w[i]);
            for (var j = 0; j < row.Length; j++)
                row[j] = T.MultiplyAdd(vi, ws[j], T.MultiplyAdd(wi, vs[j], row[j]));
        }
    }
}
