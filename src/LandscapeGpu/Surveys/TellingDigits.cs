namespace LandscapeGpu.Surveys;

/// <summary>How many digits tell numbers that stand side by side apart.</summary>
internal static class TellingDigits
{
    /// <summary>How many digits numbers of one list need: more where their leading ones say nothing, since all have them.</summary>
    /// <param name="digits">How many are shown where numbers lie around 0.</param>
    /// <param name="ofSpan">How many of what they differ by are shown at least.</param>
    /// <param name="largest">The largest magnitude.</param>
    /// <param name="span">How far apart the smallest and the largest number are.</param>
    /// <returns>Up to 15, which is all that double precision has.</returns>
    public static int Beside(int digits, int ofSpan, double largest, double span) =>
        largest / span is >= 10 and var ratio && double.IsFinite(ratio) ? Math.Clamp(ofSpan + (int)Math.Log10(ratio), digits, 15) : digits;

    /// <summary>The same for values of points; where they are one but for rounding, its digits say nothing.</summary>
    public static int Beside(int digits, int ofSpan, IReadOnlyCollection<StationaryPoint> points)
    {
        var (low, high, rounding) = (double.PositiveInfinity, double.NegativeInfinity, 0.0);
        foreach (var point in points)
        {
            (low, high, rounding) = (Math.Min(low, point.Value), Math.Max(high, point.Value), Math.Max(rounding, point.Rounding));
        }

        var largest = Math.Max(Math.Abs(low), Math.Abs(high));
        return high - low > Math.Max(rounding, Stationarity.SumOfRoundings * largest) ? Beside(digits, ofSpan, largest, high - low) : digits;
    }
}
