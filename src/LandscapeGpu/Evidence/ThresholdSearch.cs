namespace LandscapeGpu.Evidence;

/// <summary>The least value of a setting from which on a landscape is benign: down from the highest in factors of √2 until it is not, then by bisection.</summary>
/// <remarks>Far below, where hardly anything is asked of a point, landscapes may be benign again: that is not looked at.</remarks>
internal static class ThresholdSearch
{
    // Of a factor of √2: to 2 %.
    private const int Halvings = 4;

    /// <summary>What was found.</summary>
    /// <param name="Value">The least value that is benign: to 2 %, or the least whole number; NaN where the highest is not.</param>
    /// <param name="IsAtMost">Whether all values looked at are benign, down to the lowest: then it is that at most.</param>
    public readonly record struct Found(double Value, bool IsAtMost);

    /// <param name="threshold">Where to look.</param>
    /// <param name="isWhole">Whether only whole numbers are looked at.</param>
    /// <param name="isBenign">Whether a landscape is.</param>
    public static Found Of(SweepThreshold threshold, bool isWhole, Func<double, bool> isBenign)
    {
        var (low, high) = (threshold.Low, threshold.High);
        if (!isBenign(high))
        {
            return new(double.NaN, false);
        }

        var next = Below(high);
        while (isBenign(next))
        {
            if (next == low)
            {
                return new(low, true);
            }

            (high, next) = (next, Below(next));
        }

        low = next;
        for (var k = 0; isWhole ? high - low > 1 : k < Halvings; k++)
        {
            var middle = isWhole ? Math.Floor((low + high) / 2) : Math.Sqrt(low * high);
            (low, high) = isBenign(middle) ? (low, middle) : (middle, high);
        }

        return new(high, false);

        double Below(double value) => Math.Max(isWhole ? Math.Floor(value / Math.Sqrt(2)) : value / Math.Sqrt(2), threshold.Low);
    }
}
