using System.Runtime.CompilerServices;

namespace LandscapeGpu.Kernels;

/// <summary>Reduces symmetric matrices, one in each lane, to tridiagonal ones with the same eigenvalues.</summary>
/// <remarks>
/// Householder's reduction from the last row upwards: A ← (I − vvᵀ/h) A (I − vvᵀ/h), h = vᵀv/2, as the update of rank two
/// A − vwᵀ − wvᵀ. (4/3)n³ operations. G. Golub, C. Van Loan: Matrix Computations (4th edition, 2013), §8.3.1.
/// </remarks>
public static class Tridiagonalisation<T, TEntries>
    where T : unmanaged, ILanes<T>
    where TEntries : struct, IEntries<T, TEntries>
{
    /// <summary>Overwrites the matrix, whose largest entry has magnitude about 1, and fills the diagonal and the squares of the off-diagonal.</summary>
    /// <param name="own">Where the matrix lies, as <see cref="SymmetricPlaces"/> says.</param>
    /// <param name="at">What lies where.</param>
    public static void Reduce(TEntries own, SymmetricPlaces at)
    {
        own.Set(at.OffSquared + at.Size - 1, T.Zero);
        for (var k = at.Size - 1; k > 0; k--)
        {
            own.Set(at.Diagonal + k, own[at.Row(k) + k]);
            var first = own[at.Row(k)];
            own.Set(at.OffSquared + k - 1, k == 1 ? first * first : Eliminate(own.From(at.Row(0)), own.From(at.Row(k)), own.From(at.Product), k));
        }

        own.Set(at.Diagonal, own[at.Row(0)]);
    }

    /// <summary>Turns the first k entries of row v onto their last and the leading matrix with it; returns that entry's square.</summary>
    // Fully optimised from the first call on: a batch is often over before tiering up would be.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Eliminate(TEntries matrix, TEntries v, TEntries w, int k)
    {
        var last = k - 1;
        var beyond = T.Zero;
        for (var j = 0; j < last; j++)
        {
            beyond = T.MultiplyAdd(v[j], v[j], beyond);
        }

        var turned = T.Greater(beyond, T.All(SymmetricPlaces.NegligibleSquare));
        var end = v[last];
        var square = T.MultiplyAdd(end, end, T.Select(turned, beyond, T.Zero));
        if (!T.Any(turned))
        {
            return square;
        }

        // The sign that adds magnitudes: the last entry of v never cancels.
        var length = T.CopySign(T.Sqrt(square), end);
        var longer = end + length;
        v.Set(last, longer);
        // A lane with nothing to eliminate is reflected by nothing.
        var inverse = T.Select(turned, T.All(1) / (longer * length), T.Zero);
        Multiply(matrix, v, w, k);

        var along = T.Zero;
        for (var j = 0; j <= last; j++)
        {
            var wj = w[j] * inverse;
            w.Set(j, wj);
            along = T.MultiplyAdd(wj, v[j], along);
        }

        var half = T.Zero - (along * inverse * T.All(0.5));
        for (var j = 0; j <= last; j++)
        {
            w.Set(j, T.MultiplyAdd(half, v[j], w[j]));
        }

        Subtract(matrix, v, w, k);
        return square;
    }

    /// <summary>w = A v of the leading k × k matrix, with each entry of the lower triangle read once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(TEntries matrix, TEntries v, TEntries w, int k)
    {
        for (var i = 0; i < k; i++)
        {
            var (row, vi, sum) = (matrix.From(i * (i + 1) / 2), v[i], T.Zero);
            for (var j = 0; j < i; j++)
            {
                var entry = row[j];
                sum = T.MultiplyAdd(entry, v[j], sum);
                w.Set(j, T.MultiplyAdd(entry, vi, w[j]));
            }

            w.Set(i, T.MultiplyAdd(row[i], vi, sum));
        }
    }

    /// <summary>A ← A − vwᵀ − wvᵀ on the lower triangle of the leading k × k matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(TEntries matrix, TEntries v, TEntries w, int k)
    {
        for (var i = 0; i < k; i++)
        {
            var (row, vi, wi) = (matrix.From(i * (i + 1) / 2), T.Zero - v[i], T.Zero - w[i]);
            for (var j = 0; j <= i; j++)
            {
                row.Set(j, T.MultiplyAdd(vi, w[j], T.MultiplyAdd(wi, v[j], row[j])));
            }
        }
    }
}
