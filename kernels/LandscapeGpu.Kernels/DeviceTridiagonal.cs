namespace LandscapeGpu.Kernels;

/// <summary>Reduces a thread's symmetric matrix to a tridiagonal one with the same eigenvalues.</summary>
/// <remarks>
/// Householder's reduction from the last row upwards, operation for operation that of lanes, so that both give the same bits where
/// multiply-add is one rounding. G. Golub, C. Van Loan: Matrix Computations (4th edition, 2013), §8.3.1.
/// </remarks>
public static class DeviceTridiagonal
{
    /// <summary>Overwrites the matrix and fills the diagonal and the squares of the off-diagonal.</summary>
    public static void Reduce<TMemory>(ThreadState<TMemory> own, SymmetricPlaces at)
        where TMemory : struct, IDeviceMemory<double>
    {
        own.Set(at.OffSquared + at.Size - 1, 0);
        for (var k = at.Size - 1; k > 0; k--)
        {
            own.Set(at.Diagonal + k, own[at.Row(k) + k]);
            var first = own[at.Row(k)];
            own.Set(at.OffSquared + k - 1, k == 1 ? first * first : Eliminate(own, at, k));
        }

        own.Set(at.Diagonal, own[at.Row(0)]);
    }

    /// <summary>Turns the first k entries of row k onto their last and the leading matrix with it; returns that entry's square.</summary>
    private static double Eliminate<TMemory>(ThreadState<TMemory> own, SymmetricPlaces at, int k)
        where TMemory : struct, IDeviceMemory<double>
    {
        var (v, last) = (at.Row(k), k - 1);
        var beyond = 0.0;
        for (var j = 0; j < last; j++)
            beyond = Math.FusedMultiplyAdd(own[v + j], own[v + j], beyond);

        var turns = beyond > SymmetricPlaces.NegligibleSquare;
        var end = own[v + last];
        var square = Math.FusedMultiplyAdd(end, end, turns ? beyond : 0);
        if (!turns)
            return square;

        // The sign that adds magnitudes: the last entry of v never cancels.
        var length = Math.CopySign(Math.Sqrt(square), end);
        var longer = end + length;
        own.Set(v + last, longer);
        var inverse = 1 / (longer * length);
        Multiply(own, at, k);

        var along = 0.0;
        for (var j = 0; j <= last; j++)
        {
            var w = own[at.Product + j] * inverse;
            own.Set(at.Product + j, w);
            along = Math.FusedMultiplyAdd(w, own[v + j], along);
        }

        var half = (0 - (along * inverse)) * 0.5;
        for (var j = 0; j <= last; j++)
            own.Set(at.Product + j, Math.FusedMultiplyAdd(half, own[v + j], own[at.Product + j]));
        Subtract(own, at, k);
        return square;
    }

    /// <summary>w = A v of the leading k × k matrix, with each entry of the lower triangle read once.</summary>
    private static void Multiply<TMemory>(ThreadState<TMemory> own, SymmetricPlaces at, int k)
        where TMemory : struct, IDeviceMemory<double>
    {
        var (v, w) = (at.Row(k), at.Product);
        for (var i = 0; i < k; i++)
        {
            var (row, vi, sum) = (at.Row(i), own[v + i], 0.0);
            for (var j = 0; j < i; j++)
            {
                sum = Math.FusedMultiplyAdd(own[row + j], own[v + j], sum);
                own.Set(w + j, Math.FusedMultiplyAdd(own[row + j], vi, own[w + j]));
            }

            own.Set(w + i, Math.FusedMultiplyAdd(own[row + i], vi, sum));
        }
    }

    /// <summary>A ← A − vwᵀ − wvᵀ on the lower triangle of the leading k × k matrix.</summary>
    private static void Subtract<TMemory>(ThreadState<TMemory> own, SymmetricPlaces at, int k)
        where TMemory : struct, IDeviceMemory<double>
    {
        var (v, w) = (at.Row(k), at.Product);
        for (var i = 0; i < k; i++)
        {
            var (row, vi, wi) = (at.Row(i), 0 - own[v + i], 0 - own[w + i]);
            for (var j = 0; j <= i; j++)
                own.Set(row + j, Math.FusedMultiplyAdd(vi, own[w + j], Math.FusedMultiplyAdd(wi, own[v + j], own[row + j])));
        }
    }
}
