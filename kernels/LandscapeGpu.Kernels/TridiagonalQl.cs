namespace LandscapeGpu.Kernels;

/// <summary>Eigenvalues of a symmetric tridiagonal matrix with the first and last entries of its eigenvectors, in one thread's state.</summary>
/// <remarks>
/// The QL iteration with implicit shifts: J. Wilkinson, C. Reinsch, Handbook for Automatic Computation II (1971), II/4. Carrying single
/// rows of the eigenvectors instead of all is Golub and Welsch (1969), Mathematics of Computation 23, 221.
/// </remarks>
public static class TridiagonalQl
{
    private const int SweepLimit = 100;

    /// <summary>Replaces the diagonal by eigenvalues, in no order, and turns both rows with them; NaN where one did not converge.</summary>
    public static void Solve<TMemory>(ThreadState<TMemory> own, KrylovPlaces at, int count)
        where TMemory : struct, IDeviceMemory<double>
    {
        own.Set(at.Off + count - 1, 0);
        for (var l = 0; l < count; l++)
        {
            var sweep = 0;
            var m = EndOfBlock(own, at, l, count);
            while (m != l && sweep < SweepLimit)
            {
                Sweep(own, at, l, m);
                sweep++;
                m = EndOfBlock(own, at, l, count);
            }

            if (m != l)
            {
                own.Set(at.Diagonal + l, double.NaN);
            }
        }
    }

    /// <summary>The last row of the block that begins at row l: behind it the off-diagonal is zero to rounding.</summary>
    private static int EndOfBlock<TMemory>(ThreadState<TMemory> own, KrylovPlaces at, int l, int count)
        where TMemory : struct, IDeviceMemory<double>
    {
        var m = l;
        while (m + 1 < count && Math.Abs(own[at.Off + m]) > Stationarity.UnitRoundoff * (Math.Abs(own[at.Diagonal + m]) + Math.Abs(own[at.Diagonal + m + 1])))
        {
            m++;
        }

        return m;
    }

    private static void Sweep<TMemory>(ThreadState<TMemory> own, KrylovPlaces at, int l, int m)
        where TMemory : struct, IDeviceMemory<double>
    {
        var off = own[at.Off + l];
        var g = (own[at.Diagonal + l + 1] - own[at.Diagonal + l]) / (2 * off);
        var root = Math.Sqrt((g * g) + 1);
        g = own[at.Diagonal + m] - own[at.Diagonal + l] + (off / (g + (g < 0 ? -root : root)));
        var (s, c, p) = (1.0, 1.0, 0.0);
        for (var i = m - 1; i >= l; i--)
        {
            var f = s * own[at.Off + i];
            var b = c * own[at.Off + i];
            var r = Math.Sqrt((f * f) + (g * g));
            own.Set(at.Off + i + 1, r);
            if (r == 0)
            {
                // The block has fallen apart; the next sweep begins behind the gap.
                own.Set(at.Diagonal + i + 1, own[at.Diagonal + i + 1] - p);
                own.Set(at.Off + m, 0);
                return;
            }

            s = f / r;
            c = g / r;
            g = own[at.Diagonal + i + 1] - p;
            r = ((own[at.Diagonal + i] - g) * s) + (2 * c * b);
            p = s * r;
            own.Set(at.Diagonal + i + 1, g + p);
            g = (c * r) - b;
            Turn(own, at.FirstRow + i, c, s);
            Turn(own, at.LastRow + i, c, s);
        }

        own.Set(at.Diagonal + l, own[at.Diagonal + l] - p);
        own.Set(at.Off + l, g);
        own.Set(at.Off + m, 0);
    }

    private static void Turn<TMemory>(ThreadState<TMemory> own, int entry, double c, double s)
        where TMemory : struct, IDeviceMemory<double>
    {
        var (a, b) = (own[entry], own[entry + 1]);
        own.Set(entry + 1, (s * a) + (c * b));
        own.Set(entry, (c * a) - (s * b));
    }
}
