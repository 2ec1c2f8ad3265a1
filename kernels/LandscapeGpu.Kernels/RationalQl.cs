using System.Runtime.CompilerServices;

namespace LandscapeGpu.Kernels;

/// <summary>The eigenvalues of symmetric tridiagonal matrices, one in each lane, by the QL iteration without square roots.</summary>
/// <remarks>
/// The recurrence of Pal, Walker and Kahan with Wilkinson's shift: B. Parlett, The Symmetric Eigenvalue Problem (1980), §8.15.
/// The shift is explicit, so a sweep that meets a zero off-diagonal simply begins again below it: lanes need not agree on
/// where their matrices fall apart, only on which eigenvalue they are at. A lane that has it waits for the others unchanged.
/// </remarks>
public static class RationalQl<T, TEntries>
    where T : unmanaged, ILanes<T>
    where TEntries : struct, IEntries<T, TEntries>
{
    /// <summary>Two or three sweeps are usual for one eigenvalue; Wilkinson's shift always converges.</summary>
    private const int SweepLimit = 100;

    // An ulp, squared.
    private const double UlpSquared = 4 * Stationarity.UnitRoundoff * Stationarity.UnitRoundoff;

    /// <summary>Replaces the diagonals by the eigenvalues, ascending; NaN where one did not converge.</summary>
    /// <param name="own">Where the diagonal and the squares of the off-diagonal lie, which is overwritten.</param>
    /// <param name="at">What lies where.</param>
    public static void Solve(TEntries own, SymmetricPlaces at)
    {
        var (d, e2, n) = (own.From(at.Diagonal), own.From(at.OffSquared), at.Size);
        var negligible = Negligible(d, e2, n);
        for (var l = 0; l + 1 < n; l++)
        {
            var active = T.Greater(e2[l], negligible);
            for (var sweep = 0; T.Any(active) && sweep < SweepLimit; sweep++)
            {
                Sweep(d.From(l), e2.From(l), n - l, active);
                active = T.Greater(e2[l], negligible);
            }

            d.Set(l, T.Select(active, T.All(double.NaN), d[l]));
        }

        Sort(d, n);
    }

    /// <summary>
    /// An off-diagonal of an ulp of the matrix moves no eigenvalue by more than that. Its size is Gershgorin's bound of all eigenvalues, which entries come to on the way: beside two equal
    /// ones that are larger than what the matrix began with, an off-diagonal of half an ulp is lost in the shift, and stays.
    /// </summary>
    private static T Negligible(TEntries d, TEntries e2, int n)
    {
        var (largest, before) = (T.Zero, T.Zero);
        for (var i = 0; i < n; i++)
        {
            var off = T.Sqrt(e2[i]);
            largest = T.Max(largest, T.Abs(d[i]) + before + off);
            before = off;
        }

        return T.Max(largest * largest * T.All(UlpSquared), T.All(SymmetricPlaces.NegligibleSquare));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sweep(TEntries d, TEntries e2, int n, T active)
    {
        var (one, flush) = (T.All(1), T.All(SymmetricPlaces.NegligibleSquare));
        var last = n - 1;
        var shift = Shift(d[0], d[1], T.Select(active, e2[0], one));
        var (c, s) = (one, T.Zero);
        var gamma = d[last] - shift;
        var p = Flushed(gamma * gamma, flush);
        for (var i = last - 1; i >= 0; i--)
        {
            var square = Flushed(e2[i], flush);
            var r = p + square;
            e2.Set(i + 1, T.Select(active, s * r, e2[i + 1]));

            var (earlierCosine, earlier) = (c, gamma);
            var whole = T.Greater(r, T.Zero);
            var divisor = T.Select(whole, r, one);
            c = T.Select(whole, p / divisor, one);
            s = square / divisor;
            gamma = T.MultiplyAdd(c, d[i] - shift, T.Zero - (s * earlier));
            d.Set(i + 1, T.Select(active, earlier + (d[i] - gamma), d[i + 1]));

            var turned = T.Greater(c, T.Zero);
            p = T.Select(turned, gamma * gamma / T.Select(turned, c, one), earlierCosine * square);
            p = Flushed(p, flush);
        }

        e2.Set(0, T.Select(active, s * p, e2[0]));
        d.Set(0, T.Select(active, shift + gamma, d[0]));
    }

    /// <summary>The eigenvalue of the first 2×2 block that is closer to its first entry.</summary>
    private static T Shift(T first, T second, T offSquared)
    {
        var off = T.Sqrt(offSquared);
        var ratio = (second - first) / (off + off);
        var root = T.Sqrt(T.MultiplyAdd(ratio, ratio, T.All(1)));
        return first - (off / (ratio + T.CopySign(root, ratio)));
    }

    /// <summary>Numbers so small that their quotients would be ones of digits lost to underflow become zero.</summary>
    private static T Flushed(T value, T limit) => T.Select(T.Greater(limit, value), T.Zero, value);

    /// <summary>Sorts every lane by exchanging neighbours: the same exchanges in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sort(TEntries values, int n)
    {
        for (var i = 1; i < n; i++)
        {
            for (var j = i; j > 0; j--)
            {
                var (a, b) = (values[j - 1], values[j]);
                values.Set(j - 1, T.Min(a, b));
                values.Set(j, T.Max(a, b));
            }
        }
    }
}
