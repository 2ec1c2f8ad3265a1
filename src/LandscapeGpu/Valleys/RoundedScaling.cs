namespace LandscapeGpu.Valleys;

/// <summary>Scaling of a Hessian (<see cref="Equilibration"/>) of whose entries some are no more than their own rounding.</summary>
internal static class RoundedScaling
{
    /// <summary>The scaling of the entries that are more than rounding; of rows that are all rounding, so that their rounding is nothing.</summary>
    /// <returns>The scaling, and which rows are all rounding.</returns>
    public static (double[] Scale, bool[] IsDrowned) Of(ReadOnlySpan<double> hessian, double[] bounds, int d)
    {
        var scale = Equilibration.Of(Known(hessian, bounds), d);
        var widest = scale.Max();
        bool[] isDrowned = [.. scale.Select(s => s == 0)];
        for (var i = 0; i < d; i++)
        {
            if (isDrowned[i])
            {
                var row = bounds.AsSpan(i * d, d).ToArray().Max();
                scale[i] = row > 0 ? Math.Min(Stationarity.UnitRoundoff / (row * (widest > 0 ? widest : 1)), Math.Sqrt(Stationarity.UnitRoundoff / row)) : 1;
            }
        }

        return (scale, isDrowned);
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

    /// <summary>The largest sum of a row of s bounds s: no eigenvalue is wrong by more.</summary>
    public static double RowSum(double[] bounds, double[] scale)
    {
        var (d, largest) = (scale.Length, 0.0);
        for (var i = 0; i < d; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < d; j++)
            {
                sum += scale[i] * scale[j] * bounds[(i * d) + j];
            }

            largest = Math.Max(largest, sum);
        }

        return double.IsFinite(largest) ? largest : double.MaxValue / 8;
    }
}
