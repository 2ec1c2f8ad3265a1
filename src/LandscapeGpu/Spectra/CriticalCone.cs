namespace LandscapeGpu.Spectra;

/// <summary>What a quadratic form is on a cone.</summary>
internal enum ConeSign
{
    /// <summary>Positive but at 0.</summary>
    Positive,

    /// <summary>Nowhere negative, and zero somewhere, to rounding.</summary>
    Zero,

    /// <summary>Negative somewhere.</summary>
    Negative,

    /// <summary>Not decided: too many one-sided directions.</summary>
    Unknown,
}

/// <summary>The sign of vᵀLv where some coordinates of v are free and the others ≥ 0: the second-order condition at sides without a multiplier.</summary>
/// <remarks>
/// Free coordinates are minimised over, which leaves Schur's complement S of the others; what remains is whether S is copositive. By
/// induction over faces, the least value of zᵀSz on the simplex is taken where Sz = λ1 on some set of coordinates with z &gt; 0 there, and
/// where the smallest such set is taken z is unique; so all sets are tried. J. Nocedal, S. Wright: Numerical Optimization (2nd edition, 2006),
/// §12.5; R. Cottle, G. Habetler, C. Lemke: On classes of copositive matrices (1970), Linear Algebra and its Applications 3, 295.
/// S is scaled to a unit diagonal first, which moves no sign.
/// </remarks>
internal static class CriticalCone
{
    // 2¹² sets of up to 12 coordinates take milliseconds.
    private const int MostOneSided = 12;

    /// <param name="form">L, n × n, row by row.</param>
    /// <param name="isOneSided">Of each coordinate, whether it must be ≥ 0.</param>
    /// <param name="tolerance">Which values are zero, beside entries scaled to 1.</param>
    public static ConeSign SignOf(double[] form, IReadOnlyList<bool> isOneSided, ZeroTolerance tolerance)
    {
        var n = isOneSided.Count;
        var (free, sided) = (Enumerable.Range(0, n).Where(i => !isOneSided[i]).ToArray(), Enumerable.Range(0, n).Where(i => isOneSided[i]).ToArray());
        var zero = tolerance.Threshold(1, Math.Max(1, n));
        var largest = form.Max(Math.Abs);
        // What is all rounding is flat: beside itself it would be a curvature.
        if (largest <= tolerance.Absolute)
        {
            return ConeSign.Zero;
        }

        var (reduced, sign) = Reduced(form, n, free, sided, zero, tolerance.Absolute);
        return sign == ConeSign.Negative || sided.Length == 0 ? sign : Worse(sign, Copositivity(reduced, sided.Length, zero * largest, zero));
    }

    private static ConeSign Worse(ConeSign a, ConeSign b) => (ConeSign)Math.Max((int)a, (int)b);

    /// <summary>Schur's complement of the free coordinates, and the sign of the form along them alone.</summary>
    private static (double[] Reduced, ConeSign Sign) Reduced(double[] form, int n, int[] free, int[] sided, double zero, double rounding)
    {
        var (m, q) = (free.Length, sided.Length);
        var reduced = Inner.Part(form, n, sided);
        if (m == 0)
        {
            return (reduced, ConeSign.Positive);
        }

        var spectrum = SymmetricEigenvalues.Decompose(Inner.Part(form, n, free), m);
        // What is all rounding is flat: beside itself it would be a curvature.
        var largest = spectrum.Values.Max(Math.Abs);
        var threshold = largest <= rounding ? largest : zero * largest;
        var sign = ConeSign.Positive;
        for (var k = 0; k < m; k++)
        {
            var value = spectrum.Values[k];
            if (value < -threshold)
            {
                return (reduced, ConeSign.Negative);
            }

            var v = spectrum.Vector(k);
            var along = new double[q];
            for (var b = 0; b < q; b++)
            {
                for (var a = 0; a < m; a++)
                {
                    along[b] += v[a] * form[(free[a] * n) + sided[b]];
                }
            }

            if (value <= threshold)
            {
                // Along a flat free direction any coupling falls without end, one way or the other.
                if (along.Any(c => Math.Abs(c) > Math.Max(threshold, zero * form.Max(Math.Abs))))
                {
                    return (reduced, ConeSign.Negative);
                }

                sign = ConeSign.Zero;
                continue;
            }

            for (var a = 0; a < q; a++)
            {
                for (var b = 0; b < q; b++)
                {
                    reduced[(a * q) + b] -= along[a] * along[b] / value;
                }
            }
        }

        return (reduced, sign);
    }

    private static ConeSign Copositivity(double[] s, int q, double absolute, double zero)
    {
        var sign = ConeSign.Positive;
        for (var i = 0; i < q; i++)
        {
            if (s[(i * q) + i] < -absolute)
            {
                return ConeSign.Negative;
            }

            sign = s[(i * q) + i] <= absolute ? ConeSign.Zero : sign;
        }

        var scaled = Scaled(s, q, absolute, zero);
        var least = double.PositiveInfinity;
        if (scaled.All(e => e >= 0) && sign == ConeSign.Positive)
        {
            return ConeSign.Positive;
        }

        if (q > MostOneSided)
        {
            return SymmetricEigenvalues.Of(scaled, q).Min() > zero ? sign : ConeSign.Unknown;
        }

        for (var set = 1; set < 1 << q; set++)
        {
            int[] members = [.. Enumerable.Range(0, q).Where(i => (set >> i & 1) == 1)];
            if (StationaryValue(scaled, q, members) is { } value)
            {
                least = Math.Min(least, value);
            }
        }

        return least < -zero ? ConeSign.Negative : least <= zero ? ConeSign.Zero : sign;
    }

    /// <summary>S with a unit diagonal, where it is not zero to rounding: that must not be scaled to more than rounding.</summary>
    private static double[] Scaled(double[] s, int q, double absolute, double zero)
    {
        var scale = new double[q];
        for (var i = 0; i < q; i++)
        {
            scale[i] = 1 / Math.Sqrt(s[(i * q) + i] > absolute ? s[(i * q) + i] : absolute / zero);
        }

        return [.. s.Select((e, k) => e * scale[k / q] * scale[k % q])];
    }

    /// <summary>λ with Sz = λ1, 1ᵀz = 1 on a set of coordinates, by Gauss's method; null where there is no one z, or it is not ≥ 0.</summary>
    private static double? StationaryValue(double[] s, int q, int[] members)
    {
        var n = members.Length;
        var system = new double[n + 1, n + 2];
        for (var a = 0; a < n; a++)
        {
            for (var b = 0; b < n; b++)
            {
                system[a, b] = s[(members[a] * q) + members[b]];
            }

            (system[a, n], system[n, a]) = (-1, 1);
        }

        system[n, n + 1] = 1;
        for (var k = 0; k <= n; k++)
        {
            var pivot = Enumerable.Range(k, n + 1 - k).MaxBy(r => Math.Abs(system[r, k]));
            if (Math.Abs(system[pivot, k]) < q * Stationarity.SumOfRoundings)
            {
                return null;
            }

            for (var c = 0; c <= n + 1; c++)
            {
                (system[k, c], system[pivot, c]) = (system[pivot, c], system[k, c]);
            }

            for (var r = 0; r <= n; r++)
            {
                var factor = r == k ? 0 : system[r, k] / system[k, k];
                for (var c = k; factor != 0 && c <= n + 1; c++)
                {
                    system[r, c] -= factor * system[k, c];
                }
            }
        }

        return Enumerable.Range(0, n).All(k => system[k, n + 1] / system[k, k] >= 0) ? system[n, n + 1] / system[n, n] : null;
    }
}
