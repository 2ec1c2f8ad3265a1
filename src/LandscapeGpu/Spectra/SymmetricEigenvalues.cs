using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace LandscapeGpu.Spectra;

/// <summary>All eigenvalues of real symmetric matrices.</summary>
/// <remarks>
/// Matrices are row by row, n × n. The mean of a matrix and its transpose is used, so that entries (i, j) and (j, i) which
/// differ by rounding do no harm. A computed eigenvalue is an exact one of a matrix within a small multiple of n·ε·‖A‖
/// (ε = 2⁻⁵³, ‖A‖ the largest eigenvalue in magnitude): an error relative to the largest eigenvalue, not to each. A matrix
/// with an entry that is not finite has NaN for every eigenvalue.
/// </remarks>
internal static class SymmetricEigenvalues
{
    // From here on eigenvectors that nobody asked for would take minutes.
    private const int FewestLarge = 257;

    /// <summary>The n eigenvalues of one matrix, ascending.</summary>
    /// <exception cref="ArgumentException">The matrix is not n × n.</exception>
    public static double[] Of(ReadOnlySpan<double> matrix, int n)
    {
        if (n < FewestLarge)
        {
            return Decompose(matrix, n).Values;
        }

        Require(matrix.Length, n, 1, nameof(matrix));
        var largest = LargestOf(matrix);
        if (!double.IsFinite(largest) || largest == 0)
        {
            return Filled(n, largest * 0);
        }

        var exponent = Math.ILogB(largest);
        return [.. LargeEigenvalues.Of(Scaled(matrix, n, exponent), n).Select(v => Math.ScaleB(v, exponent))];
    }

    /// <summary>The eigenvalues of one matrix, ascending, and orthonormal eigenvectors.</summary>
    /// <exception cref="ArgumentException">The matrix is not n × n.</exception>
    public static SymmetricEigenvectors Decompose(ReadOnlySpan<double> matrix, int n)
    {
        Require(matrix.Length, n, 1, nameof(matrix));
        if (n == 0)
        {
            return new SymmetricEigenvectors([], []);
        }

        var largest = LargestOf(matrix);
        if (!double.IsFinite(largest))
        {
            return new SymmetricEigenvectors(Filled(n, double.NaN), Filled(n * n, double.NaN));
        }

        if (largest == 0)
        {
            return new SymmetricEigenvectors(new double[n], Identity(n));
        }

        var exponent = Math.ILogB(largest);
        var solved = new DenseMatrix(n, n, Scaled(matrix, n, exponent)).Evd(Symmetricity.Symmetric);
        var values = new double[n];
        for (var i = 0; i < n; i++)
        {
            values[i] = Math.ScaleB(solved.EigenValues[i].Real, exponent);
        }

        var vectors = solved.EigenVectors.ToColumnMajorArray();
        return Sorted(values, vectors);
    }

    /// <summary>The eigenvalues of many small matrices, one matrix in each lane of a vector.</summary>
    /// <remarks>
    /// Meant for n up to about a hundred. The eigenvalues of a matrix are the same bit for bit whatever else is in the batch,
    /// on any number of threads and any width of vectors.
    /// </remarks>
    /// <param name="matrices">count × n × n, row by row.</param>
    /// <param name="n">Rows of each matrix.</param>
    /// <param name="count">How many matrices.</param>
    /// <param name="eigenvalues">Receives count × n, ascending for each matrix.</param>
    /// <param name="threads">How many threads may be used; 0 for as many as there are processors.</param>
    /// <exception cref="ArgumentException">A span is not of the length that n and count ask for.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n, count or threads is negative.</exception>
    public static unsafe void Batch(ReadOnlySpan<double> matrices, int n, int count, Span<double> eigenvalues, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Require(matrices.Length, n, count, nameof(matrices));
        if (eigenvalues.Length != (long)count * n)
        {
            throw new ArgumentException(
                $"{count} matrices of {n} rows have {(long)count * n} eigenvalues; the span has room for {eigenvalues.Length}.",
                nameof(eigenvalues));
        }

        if (count == 0 || n == 0)
        {
            return;
        }

        fixed (double* source = matrices)
        fixed (double* target = eigenvalues)
        {
            BatchEigenvalues.Solve(source, n, count, target, threads == 0 ? Environment.ProcessorCount : threads);
        }
    }

    private static void Require(int length, int n, int count, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (length != (long)count * n * n)
        {
            throw new ArgumentException($"{count} matrices of {n} x {n} have {(long)count * n * n} entries; {length} were given.", name);
        }
    }

    /// <summary>The largest magnitude of an entry; NaN where one is not finite.</summary>
    private static double LargestOf(ReadOnlySpan<double> matrix)
    {
        var largest = 0.0;
        foreach (var entry in matrix)
        {
            largest = Math.Max(largest, double.IsFinite(entry) ? Math.Abs(entry) : double.NaN);
        }

        return largest;
    }

    /// <summary>The mean of a matrix and its transpose, divided by a power of two, so that no square inside the eigensolver under- or overflows.</summary>
    private static double[] Scaled(ReadOnlySpan<double> matrix, int n, int exponent)
    {
        var symmetric = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                symmetric[j * n + i] = 0.5 * Math.ScaleB(matrix[i * n + j], -exponent) + 0.5 * Math.ScaleB(matrix[j * n + i], -exponent);
            }
        }

        return symmetric;
    }

    private static SymmetricEigenvectors Sorted(double[] values, double[] vectors)
    {
        var n = values.Length;
        var order = Enumerable.Range(0, n).OrderBy(i => values[i]).ToArray();
        var sorted = new double[n * n];
        for (var k = 0; k < n; k++)
        {
            vectors.AsSpan(order[k] * n, n).CopyTo(sorted.AsSpan(k * n));
        }

        return new SymmetricEigenvectors([.. order.Select(i => values[i])], sorted);
    }

    private static double[] Filled(int length, double value)
    {
        var filled = new double[length];
        Array.Fill(filled, value);
        return filled;
    }

    private static double[] Identity(int n)
    {
        var identity = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            identity[i * n + i] = 1;
        }

        return identity;
    }
}
