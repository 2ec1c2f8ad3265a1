namespace LandscapeGpu.Spectra;

/// <summary>Eigenvalues of symmetric matrices whose rows have very different units, each to its own digits, negative ones as well.</summary>
/// <remarks>
/// Jacobi's rotations, which stop where an entry is small beside its own two diagonal entries: of S∘B∘S with a well-conditioned B what an eigensolver that works with
/// the largest entry drowns keeps its digits (J. Barlow, J. Demmel, Computing accurate eigensystems of scaled diagonally dominant matrices, SIAM J. Numer. Anal. 27,
/// 1990, 762; K. Veselić, A Jacobi eigenreduction algorithm for definite matrix pairs, Numer. Math. 64, 1993, 241). Positive definite ones have
/// <see cref="DefiniteEigenvalues"/>.
/// </remarks>
internal static class GradedEigenvalues
{
    /// <summary>The eigenvalues with those mended that an eigensolver's rounding, which is that of the largest, has drowned.</summary>
    /// <param name="matrix">n × n, row by row.</param>
    /// <param name="computed">Its eigenvalues, ascending, by an eigensolver.</param>
    /// <param name="index">How many are known to be negative; the others are positive.</param>
    public static double[] Mended(ReadOnlySpan<double> matrix, double[] computed, int index)
    {
        if (index == 0)
        {
            return DefiniteEigenvalues.Mended(matrix, computed);
        }

        var n = computed.Length;
        if (!computed.Any(l => IsDrowned(l, Math.Max(Math.Abs(computed[0]), Math.Abs(computed[^1])), n)))
        {
            return computed;
        }

        var mended = Of(matrix, n);
        return mended.Count(l => l < 0) == index && mended.All(double.IsFinite) ? mended : computed;
    }

    /// <summary>The lowest eigenvalue, where rounding of the largest has drowned it by itself; what an eigensolver says otherwise.</summary>
    public static double Lowest(ReadOnlySpan<double> matrix, double lowest, double highest, int n)
    {
        if (!IsDrowned(lowest, Math.Max(Math.Abs(lowest), Math.Abs(highest)), n))
        {
            return lowest;
        }

        var mended = Of(matrix, n)[0];
        return double.IsFinite(mended) ? mended : lowest;
    }

    // Of an eigensolver's bound n·u·‖A‖, with a digit to spare.
    private static bool IsDrowned(double value, double largest, int n) => Math.Abs(value) <= 10 * n * Stationarity.UnitRoundoff * largest;

    private static double[] Of(ReadOnlySpan<double> matrix, int n)
    {
        var a = new double[n * n];
        for (var e = 0; e < a.Length; e++)
        {
            a[e] = 0.5 * (matrix[e] + matrix[(e % n * n) + (e / n)]);
        }

        JacobiRotation.Sweep(n, (p, q) => Rotated(a, n, p, q));
        return [.. Enumerable.Range(0, n).Select(i => a[(i * n) + i]).Order()];
    }

    private static bool Rotated(double[] a, int n, int p, int q)
    {
        var (pp, qq, pq) = (a[(p * n) + p], a[(q * n) + q], a[(p * n) + q]);
        if (Math.Abs(pq) <= Stationarity.UnitRoundoff * Math.Sqrt(Math.Abs(pp)) * Math.Sqrt(Math.Abs(qq)))
        {
            return false;
        }

        var (tangent, cosine, sine) = JacobiRotation.Of((qq - pp) / (2 * pq));
        (a[(p * n) + p], a[(q * n) + q]) = (pp - (tangent * pq), qq + (tangent * pq));
        (a[(p * n) + q], a[(q * n) + p]) = (0, 0);
        for (var i = 0; i < n; i++)
        {
            if (i != p && i != q)
            {
                var (ip, iq) = (a[(i * n) + p], a[(i * n) + q]);
                a[(i * n) + p] = a[(p * n) + i] = (cosine * ip) - (sine * iq);
                a[(i * n) + q] = a[(q * n) + i] = (sine * ip) + (cosine * iq);
            }
        }

        return true;
    }
}
