using System.Diagnostics.CodeAnalysis;

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
    /// <summary>The n eigenvalues of one matrix, ascending.</summary>
    /// <exception cref="ArgumentException">The matrix is not n × n.</exception>
    public static double[] Of(ReadOnlySpan<double> matrix, int n)
    {
        if (!TryReduce(matrix, n, out var exponent, out var reduced))
        {
            return Filled(n, exponent);
        }

        // The diagonal, then the squares beside it.
        double[] tridiagonal = [.. reduced.Diagonal, .. reduced.Off.Select(e => e * e)];
        RationalQl<Scalar, ArrayEntries>.Solve(new(tridiagonal), new(-(n * (n + 1) / 2), n));
        return [.. tridiagonal.Take(n).Select(v => Math.ScaleB(v, (int)exponent))];
    }

    /// <summary>The eigenvalues of one matrix, ascending, and orthonormal eigenvectors.</summary>
    /// <exception cref="ArgumentException">The matrix is not n × n.</exception>
    public static SymmetricEigenvectors Decompose(ReadOnlySpan<double> matrix, int n)
    {
        if (!TryReduce(matrix, n, out var exponent, out var reduced))
        {
            return new SymmetricEigenvectors(Filled(n, exponent), double.IsNaN(exponent) ? Filled(n * n, double.NaN) : Identity(n));
        }

        var (values, rows) = (reduced.Diagonal, reduced.Turned());
        TridiagonalQl<ArrayEntries, EigenvectorRows>.Solve(new(values), new(reduced.Off), n, Math.Sqrt(SymmetricPlaces.NegligibleSquare), new(rows, n));
        for (var i = 0; i < n; i++)
        {
            values[i] = Math.ScaleB(values[i], (int)exponent);
        }

        return values.Any(double.IsNaN) ? new(Filled(n, double.NaN), Filled(n * n, double.NaN)) : Sorted(values, rows);
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

    /// <summary>The matrix divided by 2 to an exponent, made tridiagonal; where it is zero or not finite all its eigenvalues are what is there instead of the exponent: 0, or no number.</summary>
    private static bool TryReduce(ReadOnlySpan<double> matrix, int n, out double exponent, [NotNullWhen(true)] out HouseholderReduction? reduced)
    {
        Require(matrix.Length, n, 1, nameof(matrix));
        var largest = Inner.Largest(matrix);
        (exponent, reduced) = (largest * 0, null);
        if (!(largest > 0 && double.IsFinite(largest)))
        {
            return false;
        }

        exponent = Math.ILogB(largest);
        reduced = new(Scaled(matrix, n, (int)exponent), n);
        return true;
    }

    /// <summary>The mean of a matrix and its transpose, divided by a power of two, so that no square inside the eigensolver under- or overflows; the triangle that is read.</summary>
    private static double[] Scaled(ReadOnlySpan<double> matrix, int n, int exponent)
    {
        var symmetric = new double[n * n];
        // The factor itself may be beyond all numbers; halves of it are not.
        var (one, other) = (Math.ScaleB(1, -exponent / 2), Math.ScaleB(1, -exponent - (-exponent / 2)));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                symmetric[(i * n) + j] = (0.5 * (matrix[(i * n) + j] * one * other)) + (0.5 * (matrix[(j * n) + i] * one * other));
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
