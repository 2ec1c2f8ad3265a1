namespace LandscapeGpu.Kernels;

/// <summary>Eigenvalues of a symmetric tridiagonal matrix, with what turns as its eigenvectors do: all of them, or their first and last entries.</summary>
/// <remarks>
/// The QL iteration with implicit shifts: J. Wilkinson, C. Reinsch, Handbook for Automatic Computation II (1971), II/4. Carrying single
/// rows of the eigenvectors instead of all is Golub and Welsch (1969), Mathematics of Computation 23, 221.
/// </remarks>
public static class TridiagonalQl<TEntries, TRows>
    where TEntries : struct, IEntries<Scalar, TEntries>
    where TRows : struct, ITurnedRows
{
    private const int SweepLimit = 100;

    /// <summary>Replaces the diagonal by eigenvalues, in no order, and turns rows with them; NaN where one did not converge.</summary>
    /// <param name="diagonal">count entries.</param>
    /// <param name="off">Those beside it, and one more; overwritten.</param>
    /// <param name="count">The rows of the matrix.</param>
    /// <param name="negligible">An entry beside the diagonal that is not larger is zero.</param>
    /// <param name="rows">What turns with the eigenvectors.</param>
    public static void Solve(TEntries diagonal, TEntries off, int count, double negligible, TRows rows)
    {
        off.Set(count - 1, 0);
        for (var l = 0; l < count; l++)
        {
            var sweep = 0;
            var m = EndOfBlock(diagonal, off, l, count, negligible);
            while (m != l && sweep < SweepLimit)
            {
                Sweep(diagonal, off, l, m, rows);
                sweep++;
                m = EndOfBlock(diagonal, off, l, count, negligible);
            }

            if (m != l)
            {
                diagonal.Set(l, double.NaN);
            }
        }
    }

    /// <summary>The last row of the block that begins at row l: behind it the off-diagonal is zero to rounding.</summary>
    private static int EndOfBlock(TEntries diagonal, TEntries off, int l, int count, double negligible)
    {
        var m = l;
        while (m + 1 < count && Math.Abs(off[m]) > negligible && Math.Abs(off[m]) > Stationarity.UnitRoundoff * (Math.Abs(diagonal[m]) + Math.Abs(diagonal[m + 1])))
        {
            m++;
        }

        return m;
    }

    private static void Sweep(TEntries diagonal, TEntries off, int l, int m, TRows rows)
    {
        double beside = off[l], first = diagonal[l], second = diagonal[l + 1], last = diagonal[m];
        var g = (second - first) / (2 * beside);
        var root = Math.Sqrt((g * g) + 1);
        g = last - first + (beside / (g + (g < 0 ? -root : root)));
        var (s, c, p) = (1.0, 1.0, 0.0);
        for (var i = m - 1; i >= l; i--)
        {
            var f = s * off[i];
            var b = c * off[i];
            var r = Math.Sqrt((f * f) + (g * g));
            off.Set(i + 1, r);
            if (r == 0)
            {
                // The block has fallen apart; the next sweep begins behind the gap.
                diagonal.Set(i + 1, diagonal[i + 1] - p);
                off.Set(m, 0);
                return;
            }

            s = f / r;
            c = g / r;
            g = diagonal[i + 1] - p;
            r = ((diagonal[i] - g) * s) + (2 * c * b);
            p = s * r;
            diagonal.Set(i + 1, g + p);
            g = (c * r) - b;
            rows.Turn(i, c, s);
        }

        diagonal.Set(l, diagonal[l] - p);
        off.Set(l, g);
        off.Set(m, 0);
    }
}
