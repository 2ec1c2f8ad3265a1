namespace LandscapeGpu.Kernels;

/// <summary>The eigenvalues of a small symmetric matrix. Given: n × n entries, row by row. Row: n eigenvalues, ascending.</summary>
/// <remarks>The mean of the matrix and its transpose is meant; one with an entry that is not finite has NaN for every eigenvalue.</remarks>
public readonly struct EigenvalueItem<TMemory> : IItem<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    static bool IItem<TMemory>.Step(ThreadState<TMemory> own, Launch launch, int item, int step)
    {
        var n = launch.Dimension;
        // Element 0 is the life's own.
        var at = new SymmetricPlaces(1, n);
        var scale = Load(own, at, item * n * n);
        var entries = new StateEntries<TMemory>(own, 0);
        Tridiagonalisation<Scalar, StateEntries<TMemory>>.Reduce(entries, at);
        RationalQl<Scalar, StateEntries<TMemory>>.Solve(entries, at);
        for (var i = 0; i < n; i++)
        {
            own.Memory.SetPoint((item * n) + i, own[at.Diagonal + i] * scale);
        }

        return true;
    }

    /// <summary>Copies the lower triangle, divided by a power of two that no square inside overflows; returns that power, or NaN.</summary>
    private static double Load(ThreadState<TMemory> own, SymmetricPlaces at, int given)
    {
        var (n, memory) = (at.Size, own.Memory);
        var (largest, isFinite) = (0.0, true);
        for (var i = 0; i < n * n; i++)
        {
            var magnitude = Math.Abs(memory.GetStart(given + i));
            largest = magnitude > largest ? magnitude : largest;
            isFinite &= NewtonPoint.IsFinite(magnitude);
        }

        var scale = isFinite ? (largest == 0 ? 0 : PowerAbove(largest)) : double.NaN;
        var half = scale > 0 ? 1 / scale / 2 : 0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                own.Set(at.Row(i) + j, half == 0 ? 0 : (memory.GetStart(given + (i * n) + j) * half) + (memory.GetStart(given + (j * n) + i) * half));
            }
        }

        return scale;
    }

    /// <summary>A power of two above a positive number, whose inverse is a double too.</summary>
    private static double PowerAbove(double x)
    {
        var exponent = (int)(BitConverter.DoubleToInt64Bits(x) >> 52) - 1023;
        var bounded = (exponent > -1020 ? exponent : -1020) + 1;
        return BitConverter.Int64BitsToDouble((long)((bounded < 1023 ? bounded : 1023) + 1023) << 52);
    }
}
