namespace LandscapeGpu.Evidence;

/// <summary>The least value of a setting from which on a landscape is benign: down from the highest in factors of √2 until it is not, then by bisection.</summary>
/// <remarks>Far below, where hardly anything is asked of a point, landscapes may be benign again: that is not looked at.</remarks>
internal static class ThresholdSearch
{
    // Of a factor of √2: to 2 %.
    private const int Halvings = 4;

    public static double Of(SweepThreshold threshold, Func<double, bool> isBenign)
    {
        var (low, high) = (threshold.Low, threshold.High);
        if (!isBenign(high))
        {
            return double.NaN;
        }

        var next = Math.Max(high / Math.Sqrt(2), low);
        while (isBenign(next))
        {
            if (next == low)
            {
                return low;
            }

            (high, next) = (next, Math.Max(next / Math.Sqrt(2), low));
        }

        low = next;
        for (var k = 0; k < Halvings; k++)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = isBenign(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }
}
