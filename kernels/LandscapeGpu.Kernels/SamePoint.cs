namespace LandscapeGpu.Kernels;

/// <summary>When two points that were polished are one: they lie as near as their uncertainties allow and have one value. One code for lanes and kernels.</summary>
public static class SamePoint
{
    // Nothing of the region's scale is told apart by less.
    private const double Least = 1e-12;

    // Uncertainties are first-order bounds.
    private const double Room = 8;

    // Two roundings of a coordinate.
    private const double LastDigits = 2 * Stationarity.UnitRoundoff;

    /// <summary>So many roundings of the value itself, against it: what two programs of one formula may differ by.</summary>
    public const double LastDigitsOfValue = 32 * Stationarity.UnitRoundoff;

    /// <summary>How far apart two points of one minimum may be: the uncertainties of both, with room for one that is too hopeful; some default where they are not known.</summary>
    /// <param name="a">How far from the stationary point one may be, in units of the scale; NaN where nobody said.</param>
    /// <param name="b">The same of the other.</param>
    /// <param name="otherwise">The reach where one is not known.</param>
    public static double Reach(double a, double b, double otherwise) => a + b >= 0 ? Math.Min(otherwise, Math.Max(Least, Room * (a + b))) : otherwise;

    /// <summary>How far a point is known, by polish and by the last digits of its coordinates.</summary>
    /// <param name="uncertainty">By polish.</param>
    /// <param name="length">‖x‖.</param>
    public static double Known(double uncertainty, double length) => uncertainty + (LastDigits * length);

    /// <summary>Whether two points that lie close together have one value, to rounding: points of different value are never one minimum.</summary>
    /// <remarks>
    /// In one convex basin |f(a) − f(b)| ≤ max(‖∇f(a)‖, ‖∇f(b)‖)·‖a − b‖: what the points are short of being stationary is no difference. What is left
    /// must be rounding: within a few bounds of both values, or the last digits that no evaluation is without.
    /// </remarks>
    /// <param name="value">f at one.</param>
    /// <param name="other">f at the other.</param>
    /// <param name="slope">The longer of ‖∇f‖ at both.</param>
    /// <param name="distance">‖a − b‖.</param>
    /// <param name="rounding">The bounds of the rounding of both values together.</param>
    public static bool HaveOneValue(double value, double other, double slope, double distance, double rounding)
    {
        var difference = Math.Abs(value - other);
        return difference <= LastDigitsOfValue * Math.Max(Math.Abs(value), Math.Abs(other)) || difference - (slope * distance) <= Stationarity.Margin * rounding;
    }
}
