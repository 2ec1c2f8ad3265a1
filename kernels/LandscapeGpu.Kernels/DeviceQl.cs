namespace LandscapeGpu.Kernels;

/// <summary>The eigenvalues of a thread's symmetric tridiagonal matrix, by the QL iteration without square roots.</summary>
/// <remarks>
/// The recurrence of Pal, Walker and Kahan with Wilkinson's shift, operation for operation that of lanes: B. Parlett, The Symmetric
/// Eigenvalue Problem (1980), §8.15.
/// </remarks>
public static class DeviceQl
{
    private const int SweepLimit = 100;

    // 2⁻¹⁰⁶: half an ulp, squared.
    private const double HalfUlpSquared = 1.232595164407831e-32;

    /// <summary>Replaces the diagonal by the eigenvalues, in no order; NaN where one did not converge.</summary>
    public static void Solve<TMemory>(ThreadState<TMemory> own, SymmetricPlaces at)
        where TMemory : struct, IDeviceMemory<double>
    {
        var negligible = Negligible(own, at);
        for (var l = 0; l + 1 < at.Size; l++)
        {
            var sweep = 0;
            while (own[at.OffSquared + l] > negligible && sweep < SweepLimit)
            {
                Sweep(own, at, l);
                sweep++;
            }

            if (own[at.OffSquared + l] > negligible)
                own.Set(at.Diagonal + l, double.NaN);
        }
    }

    /// <summary>Sorts the eigenvalues, ascending.</summary>
    public static void Sort<TMemory>(ThreadState<TMemory> own, SymmetricPlaces at)
        where TMemory : struct, IDeviceMemory<double>
    {
        for (var i = 1; i < at.Size; i++)
        {
            for (var j = at.Diagonal + i; j > at.Diagonal; j--)
            {
                var (a, b) = (own[j - 1], own[j]);
                if (a > b)
                {
                    own.Set(j - 1, b);
                    own.Set(j, a);
                }
            }
        }
    }

    /// <summary>An off-diagonal of half an ulp of the matrix's largest entry moves no eigenvalue by more than that.</summary>
    private static double Negligible<TMemory>(ThreadState<TMemory> own, SymmetricPlaces at)
        where TMemory : struct, IDeviceMemory<double>
    {
        var largest = 0.0;
        for (var i = 0; i < at.Size; i++)
            largest = Math.Max(largest, Math.Max(own[at.Diagonal + i] * own[at.Diagonal + i], own[at.OffSquared + i]));
        return Math.Max(largest * HalfUlpSquared, SymmetricPlaces.NegligibleSquare);
    }

    private static void Sweep<TMemory>(ThreadState<TMemory> own, SymmetricPlaces at, int l)
        where TMemory : struct, IDeviceMemory<double>
    {
        var (d, e, last) = (at.Diagonal, at.OffSquared, at.Size - 1);
        var shift = Shift(own[d + l], own[d + l + 1], own[e + l]);
        var (c, s, gamma) = (1.0, 0.0, own[d + last] - shift);
        var p = Flushed(gamma * gamma);
        for (var i = last - 1; i >= l; i--)
        {
            var square = Flushed(own[e + i]);
            var r = p + square;
            own.Set(e + i + 1, s * r);
            var (earlierCosine, earlier) = (c, gamma);
            var divisor = r > 0 ? r : 1;
            c = r > 0 ? p / divisor : 1;
            s = square / divisor;
            gamma = Math.FusedMultiplyAdd(c, own[d + i] - shift, 0 - (s * earlier));
            own.Set(d + i + 1, earlier + (own[d + i] - gamma));
            p = Flushed(c > 0 ? gamma * gamma / c : earlierCosine * square);
        }

        own.Set(e + l, s * p);
        own.Set(d + l, shift + gamma);
    }

    /// <summary>The eigenvalue of the first 2×2 block that is closer to its first entry.</summary>
    private static double Shift(double first, double second, double offSquared)
    {
        var off = Math.Sqrt(offSquared);
        var ratio = (second - first) / (off + off);
        var root = Math.Sqrt(Math.FusedMultiplyAdd(ratio, ratio, 1));
        return first - (off / (ratio + Math.CopySign(root, ratio)));
    }

    /// <summary>Numbers so small that their quotients would be ones of digits lost to underflow become zero.</summary>
    private static double Flushed(double value) => SymmetricPlaces.NegligibleSquare > value ? 0 : value;
}
