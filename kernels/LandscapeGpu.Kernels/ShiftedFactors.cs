namespace LandscapeGpu.Kernels;

/// <summary>Solves (H + σI) p = b by Cholesky's factors, with the least σ of a sequence that makes the matrix clearly positive definite.</summary>
/// <remarks>
/// J. Nocedal, S. Wright: Numerical Optimization (2nd edition, 2006), algorithm 3.3. The upper triangle and the diagonal keep the matrix,
/// for the next σ; the factor is below, and its diagonal apart.
/// </remarks>
public static class ShiftedFactors
{
    /// <summary>Overwrites the right side by p, with NaN where the matrix is not finite.</summary>
    public static void Solve<TMemory>(ThreadState<TMemory> own, LinearSystem system)
        where TMemory : struct, IDeviceMemory<double>
    {
        var d = system.Size;

        var shift = Stationarity.HalfTheDigits * system.Largest(own);
        while (NewtonPoint.IsFinite(shift) && !Factor(own, system, shift))
            shift *= 4;

        if (NewtonPoint.IsFinite(shift))
        {
            Substitute(own, system);
            return;
        }

        for (var i = 0; i < d; i++)
            own.Set(system.Right + i, double.NaN);
    }

    /// <summary>Tries a shift; false where a pivot is not clearly positive.</summary>
    private static bool Factor<TMemory>(ThreadState<TMemory> own, LinearSystem system, double shift)
        where TMemory : struct, IDeviceMemory<double>
    {
        for (var i = 0; i < system.Size; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var entry = own[system.At(j, i)];
                for (var k = 0; k < j; k++)
                    entry -= own[system.At(i, k)] * own[system.At(j, k)];
                own.Set(system.At(i, j), entry / own[system.Pivots + j]);
            }

            var pivot = own[system.At(i, i)] + shift;
            for (var k = 0; k < i; k++)
                pivot -= own[system.At(i, k)] * own[system.At(i, k)];
            if (!(pivot >= 0.1 * shift))
                return false;
            own.Set(system.Pivots + i, Math.Sqrt(pivot));
        }

        return true;
    }

    private static void Substitute<TMemory>(ThreadState<TMemory> own, LinearSystem system)
        where TMemory : struct, IDeviceMemory<double>
    {
        for (var i = 0; i < system.Size; i++)
        {
            var sum = own[system.Right + i];
            for (var k = 0; k < i; k++)
                sum -= own[system.At(i, k)] * own[system.Right + k];
            own.Set(system.Right + i, sum / own[system.Pivots + i]);
        }

        for (var i = system.Size - 1; i >= 0; i--)
        {
            var sum = own[system.Right + i];
            for (var k = i + 1; k < system.Size; k++)
                sum -= own[system.At(k, i)] * own[system.Right + k];
            own.Set(system.Right + i, sum / own[system.Pivots + i]);
        }
    }
}
