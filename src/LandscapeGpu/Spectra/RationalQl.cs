using System.Runtime.CompilerServices;

namespace LandscapeGpu.Spectra;

/// <summary>The eigenvalues of symmetric tridiagonal matrices, one in each lane, by the QL iteration without square roots.</summary>
/// <remarks>
/// The recurrence of Pal, Walker and Kahan with Wilkinson's shift: B. Parlett, The Symmetric Eigenvalue Problem (1980), §8.15.
/// The shift is explicit, so a sweep that meets a zero off-diagonal simply begins again below it: lanes need not agree on
/// where their matrices fall apart, only on which eigenvalue they are at. A lane that has it waits for the others unchanged.
/// </remarks>
internal static class RationalQl<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>Two or three sweeps are usual for one eigenvalue; Wilkinson's shift always converges.</summary>
    private const int SweepLimit = 100;

    /// <summary>Replaces the diagonals by the eigenvalues, in no order; NaN where one did not converge.</summary>
    /// <param name="diagonal">n entries.</param>
    /// <param name="offSquared">n entries, the squares of the off-diagonal and a zero; overwritten.</param>
    internal static void Solve(Span<T> diagonal, Span<T> offSquared)
    {
        var negligible = Negligible(diagonal, offSquared);
        for (var l = 0; l + 1 < diagonal.Length; l++)
        {
            var active = T.Greater(offSquared[l], negligible);
            for (var sweep = 0; T.Any(active) && sweep < SweepLimit; sweep++)
            {
                Sweep(diagonal[l..], offSquared[l..], active);
                active = T.Greater(offSquared[l], negligible);
            }

            diagonal[l] = T.Select(active, T.All(double.NaN), diagonal[l]);
        }
    }

    /// <summary>An off-diagonal of half an ulp of the matrix's largest entry moves no eigenvalue by more than that.</summary>
    private static T Negligible(ReadOnlySpan<T> diagonal, ReadOnlySpan<T> offSquared)
    {
        var largest = T.Zero;
        for (var i = 0; i < diagonal.Length; i++)
            largest = T.Max(largest, T.Max(diagonal[i] * diagonal[i], offSquared[i]));

        return T.Max(largest * T.All(Math.ScaleB(1, -106)), T.All(Tridiagonalisation<T>.NegligibleSquare));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sweep(Span<T> d, Span<T> e2, T active)
    {
        var (one, flush) = (T.All(1), T.All(Tridiagonalisation<T>.NegligibleSquare));
        var last = d.Length - 1;
        var shift = Shift(d[0], d[1], T.Select(active, e2[0], one));
        var (c, s) = (one, T.Zero);
        var gamma = d[last] - shift;
        var p = Flushed(gamma * gamma, flush);
        for (var i = last - 1; i >= 0; i--)
        {
            var square = Flushed(e2[i], flush);
            var r = p + square;
            e2[i + 1] = T.Select(active, s * r, e2[i + 1]);

            var (earlierCosine, earlier) = (c, gamma);
            var whole = T.Greater(r, T.Zero);
            var divisor = T.Select(whole, r, one);
            c = T.Select(whole, p / divisor, one);
            s = square / divisor;
            gamma = T.MultiplyAdd(c, d[i] - shift, T.Zero - s * earlier);
            d[i + 1] = T.Select(active, earlier + (d[i] - gamma), d[i + 1]);

            var turned = T.Greater(c, T.Zero);
            p = T.Select(turned, gamma * gamma / T.Select(turned, c, one), earlierCosine * square);
            p = Flushed(p, flush);
        }

        e2[0] = T.Select(active, s * p, e2[0]);
        d[0] = T.Select(active, shift + gamma, d[0]);
    }

    /// <summary>The eigenvalue of the first 2×2 block that is closer to its first entry.</summary>
    private static T Shift(T first, T second, T offSquared)
    {
        var off = T.Sqrt(offSquared);
        var ratio = (second - first) / (off + off);
        var root = T.Sqrt(T.MultiplyAdd(ratio, ratio, T.All(1)));
        return first - off / (ratio + T.CopySign(root, ratio));
    }

    /// <summary>Numbers so small that their quotients would be ones of digits lost to underflow become zero.</summary>
    private static T Flushed(T value, T limit) => T.Select(T.Greater(limit, value), T.Zero, value);
}
