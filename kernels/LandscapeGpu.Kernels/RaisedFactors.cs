namespace LandscapeGpu.Kernels;

/// <summary>Solves H p = b by the factors LDLᵀ with raised pivots, in one thread's state.</summary>
/// <remarks>
/// A pivot below √u·|Hᵢᵢ|, which has lost half its digits, is replaced by the larger of its magnitude and that: p is a direction of descent where b = −∇f.
/// J. Nocedal, S. Wright: Numerical Optimization (2nd edition, 2006), §3.4.
/// </remarks>
public static class RaisedFactors
{
    /// <summary>Overwrites the right side by p and the matrix by its factors.</summary>
    public static void Solve<TMemory>(ThreadState<TMemory> own, LinearSystem system)
        where TMemory : struct, IDeviceMemory<double>
    {
        Factor(own, system);
        for (var i = 0; i < system.Size; i++)
        {
            var sum = own[system.Right + i];
            for (var k = 0; k < i; k++)
                sum -= own[system.At(i, k)] * own[system.Right + k];
            own.Set(system.Right + i, sum);
        }

        for (var i = system.Size - 1; i >= 0; i--)
        {
            var sum = own[system.Right + i] / own[system.At(i, i)];
            for (var k = i + 1; k < system.Size; k++)
                sum -= own[system.At(k, i)] * own[system.Right + k];
            own.Set(system.Right + i, sum);
        }
    }

    private static void Factor<TMemory>(ThreadState<TMemory> own, LinearSystem system)
        where TMemory : struct, IDeviceMemory<double>
    {
        var largest = system.Largest(own);
        for (var j = 0; j < system.Size; j++)
        {
            var size = Math.Abs(own[system.At(j, j)]);
            var floor = Stationarity.HalfTheDigits * (size == 0 ? largest : size);
            var pivot = Below(own, system, j, j);
            pivot = pivot >= floor ? pivot : Math.Max(Math.Abs(pivot), floor);
            own.Set(system.At(j, j), pivot);
            for (var i = j + 1; i < system.Size; i++)
            {
                var entry = Below(own, system, i, j);
                own.Set(system.At(j, i), entry);
                own.Set(system.At(i, j), entry / pivot);
            }
        }
    }

    /// <summary>Entry (i, j) less what the columns before j account for; row k of the upper triangle holds theirs, times their pivots.</summary>
    private static double Below<TMemory>(ThreadState<TMemory> own, LinearSystem system, int i, int j)
        where TMemory : struct, IDeviceMemory<double>
    {
        var sum = own[system.At(i, j)];
        for (var k = 0; k < j; k++)
            sum -= own[system.At(i, k)] * own[system.At(k, j)];
        return sum;
    }
}
