namespace LandscapeGpu.Identity;

/// <summary>Whether two points that lie close together have one value, to rounding (<see cref="SamePoint"/>); what has no bound is taken to have it.</summary>
internal static class SameValue
{
    /// <summary>How far the value of another evaluation of one minimum may be from a value, for all that is known of the one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="residual">‖∇f‖ there.</param>
    /// <param name="rounding">A bound of the value's rounding error; 0 where it is not known.</param>
    /// <param name="distance">How far apart two points of one minimum may be.</param>
    public static double Doubt(double value, double residual, double rounding, double distance) => (SamePoint.LastDigitsOfValue * Math.Abs(value)) + (2 * Stationarity.Margin * rounding) + (residual * distance);

    /// <param name="a">A point's value, ‖∇f‖ there, and a bound of the value's rounding error; 0 where it is not known.</param>
    /// <param name="b">The other's.</param>
    /// <param name="distance">‖a − b‖.</param>
    public static bool Are((double Value, double Residual, double Rounding) a, (double Value, double Residual, double Rounding) b, double distance) =>
        a.Rounding == 0 || b.Rounding == 0 || SamePoint.HaveOneValue(a.Value, b.Value, Math.Max(a.Residual, b.Residual), distance, a.Rounding + b.Rounding);
}
