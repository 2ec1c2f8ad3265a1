namespace LandscapeGpu.Identity;

/// <summary>Whether two points that lie close together have one value, to rounding: points of different value are never one minimum.</summary>
/// <remarks>
/// In one convex basin |f(a) − f(b)| ≤ max(‖∇f(a)‖, ‖∇f(b)‖)·‖a − b‖: what the points are short of being stationary is no difference. What is left
/// must be rounding: within a few bounds of both values, or the last digits that no evaluation is without.
/// </remarks>
internal static class SameValue
{
    // So many roundings of the value itself: what two programs of one formula may differ by.
    private const double LastDigits = 32 * Stationarity.UnitRoundoff;

    /// <summary>How far the value of another evaluation of one minimum may be from a value, for all that is known of the one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="residual">‖∇f‖ there.</param>
    /// <param name="rounding">A bound of the value's rounding error; 0 where it is not known.</param>
    /// <param name="distance">How far apart two points of one minimum may be.</param>
    public static double Doubt(double value, double residual, double rounding, double distance) => (LastDigits * Math.Abs(value)) + (2 * Stationarity.Margin * rounding) + (residual * distance);

    /// <param name="a">A point's value, ‖∇f‖ there, and a bound of the value's rounding error; 0 where it is not known.</param>
    /// <param name="b">The other's.</param>
    /// <param name="distance">‖a − b‖.</param>
    public static bool Are((double Value, double Residual, double Rounding) a, (double Value, double Residual, double Rounding) b, double distance)
    {
        var difference = Math.Abs(a.Value - b.Value);
        return difference <= LastDigits * Math.Max(Math.Abs(a.Value), Math.Abs(b.Value))
            || a.Rounding == 0 || b.Rounding == 0
            || difference - (Math.Max(a.Residual, b.Residual) * distance) <= Stationarity.Margin * (a.Rounding + b.Rounding);
    }
}
