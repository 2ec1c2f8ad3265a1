namespace LandscapeGpu.Spectra;

/// <summary>Eigenvalues of positive definite matrices, each to its own digits: of a minimum whose coordinates have very different units the least are below the rounding of the largest.</summary>
/// <remarks>
/// One-sided Jacobi rotations of Cholesky's factor: J. Demmel, K. Veselić, Jacobi's method is more accurate than QR (SIAM J. Matrix Anal. Appl. 13, 1992,
/// 1204). The error is relative to each eigenvalue, times the condition of the matrix scaled to a diagonal of ones; scaling itself costs nothing.
/// </remarks>
internal static class DefiniteEigenvalues
{
    /// <summary>The eigenvalues with those mended that an eigensolver's rounding, which is that of the largest, has drowned.</summary>
    /// <param name="matrix">n × n, row by row, known to be positive definite.</param>
    /// <param name="computed">Its eigenvalues, ascending, by an eigensolver.</param>
    public static double[] Mended(ReadOnlySpan<double> matrix, double[] computed)
    {
        var n = computed.Length;
        // Of an eigensolver's bound n·u·‖A‖, with a digit to spare.
        return n == 0 || computed[0] > 10 * n * Stationarity.UnitRoundoff * computed[^1] || !TryFactor(matrix, n, out var columns) ? computed : OfFactor(columns, n);
    }

    /// <summary>Cholesky's factor L, column by column; false where the matrix is not definite to rounding.</summary>
    private static bool TryFactor(ReadOnlySpan<double> matrix, int n, out double[] columns)
    {
        var (symmetric, lower, pivots) = (new double[n * n], new double[n * n], new double[n]);
        for (var e = 0; e < symmetric.Length; e++)
        {
            symmetric[e] = 0.5 * (matrix[e] + matrix[(e % n * n) + (e / n)]);
        }

        columns = new double[n * n];
        if (!ArrayFactors.Of(symmetric, lower, pivots).TryFactor(0))
        {
            return false;
        }

        for (var j = 0; j < n; j++)
        {
            columns[(j * n) + j] = pivots[j];
            for (var i = j + 1; i < n; i++)
            {
                columns[(j * n) + i] = lower[(i * n) + j];
            }
        }

        return true;
    }

    /// <summary>Squares of the singular values: the columns are rotated in pairs until all are orthogonal to rounding.</summary>
    private static double[] OfFactor(double[] columns, int n)
    {
        JacobiRotation.Sweep(n, (p, q) => Rotated(columns.AsSpan(p * n, n), columns.AsSpan(q * n, n)));
        return [.. Enumerable.Range(0, n).Select(k => columns.AsSpan(k * n, n).ToArray().Sum(e => e * e)).Order()];
    }

    private static bool Rotated(Span<double> a, Span<double> b)
    {
        var (aa, bb, ab) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            (aa, bb, ab) = (aa + (a[i] * a[i]), bb + (b[i] * b[i]), ab + (a[i] * b[i]));
        }

        if (Math.Abs(ab) <= a.Length * Stationarity.UnitRoundoff * Math.Sqrt(aa) * Math.Sqrt(bb))
        {
            return false;
        }

        var (_, cosine, sine) = JacobiRotation.Of((bb - aa) / (2 * ab));
        for (var i = 0; i < a.Length; i++)
        {
            (a[i], b[i]) = ((cosine * a[i]) - (sine * b[i]), (sine * a[i]) + (cosine * b[i]));
        }

        return true;
    }
}
