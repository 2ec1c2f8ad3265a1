namespace LandscapeGpu.Valleys;

/// <summary>Scaling of a Hessian (<see cref="Equilibration"/>) of whose entries some are no more than their own rounding.</summary>
internal static class RoundedScaling
{
    /// <summary>The scaling of the entries that are more than rounding; of rows that are all rounding, so that their rounding is nothing.</summary>
    public static double[] Of(ReadOnlySpan<double> hessian, double[] bounds, int d)
    {
        var scale = Equilibration.Of(Known(hessian, bounds), d);
        var widest = scale.Max();
        for (var i = 0; i < d; i++)
        {
            if (scale[i] == 0)
            {
                var row = bounds.AsSpan(i * d, d).ToArray().Max();
                scale[i] = row > 0 ? Math.Min(Stationarity.UnitRoundoff / (row * (widest > 0 ? widest : 1)), Math.Sqrt(Stationarity.UnitRoundoff / row)) : 1;
            }
        }

        return scale;
    }

    /// <summary>The entries that are more than rounding, and zeros.</summary>
    public static double[] Known(ReadOnlySpan<double> hessian, double[] bounds)
    {
        var known = hessian.ToArray();
        for (var e = 0; e < known.Length; e++)
        {
            known[e] = Math.Abs(known[e]) <= Stationarity.Margin * bounds[e] ? 0 : known[e];
        }

        return known;
    }

    /// <summary>In how many directions a form has no curvature that is clear, as far as any scaling tells.</summary>
    /// <remarks>
    /// A row whose entries are few roundings, as of the weight of two components that have become one, is scaled up with them, and its rounding then hides the curvature of all others. By Sylvester's law what is
    /// more than rounding in one scaling is so in any: the rows of most rounding are left out one by one, until what is left is known to half its digits.
    /// </remarks>
    /// <param name="form">d × d.</param>
    /// <param name="bounds">Bounds of its rounding.</param>
    /// <param name="d">Its rows.</param>
    /// <param name="clear">The share of the largest from which on a curvature needs no second look.</param>
    public static int Flat(ReadOnlySpan<double> form, double[] bounds, int d, double clear)
    {
        var known = Known(form, bounds);
        var scale = Equilibration.Of(known, d);
        while (d > 0 && Enumerable.Range(0, d).MaxBy(i => RowSum(bounds, scale, i)) is var worst && Stationarity.Margin * RowSum(bounds, scale, worst) > Stationarity.HalfTheDigits)
        {
            for (var j = 0; j < d; j++)
            {
                (known[(worst * d) + j], known[(j * d) + worst]) = (0, 0);
            }

            scale = Equilibration.Of(known, d);
        }

        var scaled = SymmetricEigenvalues.Of(Equilibration.Apply(scale, known), d);
        return scaled.Count(l => !(l > clear * scaled.Max(Math.Abs)));
    }

    /// <summary>The largest sum of a row of s bounds s: no eigenvalue is wrong by more.</summary>
    public static double RowSum(double[] bounds, double[] scale)
    {
        var largest = 0.0;
        for (var i = 0; i < scale.Length; i++)
        {
            largest = Math.Max(largest, RowSum(bounds, scale, i));
        }

        return double.IsFinite(largest) ? largest : double.MaxValue / 8;
    }

    private static double RowSum(double[] bounds, double[] scale, int i)
    {
        var (d, sum) = (scale.Length, 0.0);
        for (var j = 0; j < d; j++)
        {
            sum += scale[i] * scale[j] * bounds[(i * d) + j];
        }

        return sum;
    }
}
