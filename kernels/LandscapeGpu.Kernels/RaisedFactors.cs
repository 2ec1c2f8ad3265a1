using System.Runtime.CompilerServices;

namespace LandscapeGpu.Kernels;

/// <summary>Solves H p = b, in every lane its own, by the factors LDLᵀ with pivots raised so that p leads downhill where b = −∇f.</summary>
/// <remarks>
/// A pivot that the columns before have left less than half of its digits, below √u·|Hᵢᵢ|, is replaced by the larger of its magnitude and that: directions
/// of negative curvature are followed downhill, flat ones hardly at all. Each is compared with its own diagonal entry, as if the matrix had been scaled to a
/// diagonal of ones: units of coordinates change nothing. J. Nocedal, S. Wright: Numerical Optimization (2nd edition, 2006), §3.4.
/// </remarks>
public static class RaisedFactors<T, TEntries>
    where T : unmanaged, ILanes<T>
    where TEntries : struct, IEntries<T, TEntries>
{
    /// <param name="h">d × d entries, row by row; overwritten by the factors.</param>
    /// <param name="b">d entries; overwritten by p.</param>
    /// <param name="d">The number of coordinates.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(TEntries h, TEntries b, int d)
    {
        var largest = Largest(h, b, d);
        for (var j = 0; j < d; j++)
        {
            var size = T.Abs(h[(j * d) + j]);
            var floor = T.All(Stationarity.HalfTheDigits) * T.Select(T.Greater(size, T.Zero), size, largest);
            var pivot = Below(h, j, j, d);
            pivot = T.Select(T.Greater(floor, pivot), T.Max(T.Abs(pivot), floor), pivot);
            h.Set((j * d) + j, pivot);
            for (var i = j + 1; i < d; i++)
            {
                var entry = Below(h, i, j, d);
                h.Set((j * d) + i, entry);
                h.Set((i * d) + j, entry / pivot);
            }
        }

        for (var i = 0; i < d; i++)
        {
            var (row, sum) = (h.From(i * d), b[i]);
            for (var k = 0; k < i; k++)
            {
                sum -= row[k] * b[k];
            }

            b.Set(i, sum);
        }

        for (var i = d - 1; i >= 0; i--)
        {
            var sum = b[i] / h[(i * d) + i];
            for (var k = i + 1; k < d; k++)
            {
                sum -= h[(k * d) + i] * b[k];
            }

            b.Set(i, sum);
        }
    }

    /// <summary>The largest entry of the diagonal; of a matrix of zeros that of the right side, whose step is then as long as the longest that is tried.</summary>
    public static T Largest(TEntries h, TEntries b, int d)
    {
        var (largest, steepest) = (T.Zero, T.Zero);
        for (var i = 0; i < d; i++)
        {
            largest = T.Max(largest, T.Abs(h[(i * d) + i]));
            steepest = T.Max(steepest, T.Abs(b[i]));
        }

        return T.Select(T.Greater(largest, T.Zero), largest, T.Select(T.Greater(steepest, T.Zero), steepest, T.All(1)));
    }

    /// <summary>Entry (i, j) less what the columns before j account for; row k of the upper triangle holds theirs, times their pivots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Below(TEntries h, int i, int j, int d)
    {
        var (row, column) = (h.From(i * d), h.From(j));
        var sum = row[j];
        for (var k = 0; k < j; k++)
        {
            sum -= row[k] * column[k * d];
        }

        return sum;
    }
}
