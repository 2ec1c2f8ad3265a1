namespace LandscapeGpu.Kernels;

/// <summary>What counts as zero, as equal, as short and as arrived: every threshold that decides about a point, each with where it comes from.</summary>
/// <remarks>
/// Nothing here is a number of the user's units. Values, gradients and Hessians are compared with bounds of their own rounding, found with them by
/// running error analysis; lengths with 1 and how far the point is from the region's middle, in coordinates whose unit is the region's (<see cref="StepLengths"/>); the rest are shares of the digits that double
/// precision has. Multiplying f by a power of two changes no decision, by another number none but through the rounding itself.
/// </remarks>
public static class Stationarity
{
    /// <summary>u: half the distance from 1 to the next number.</summary>
    public const double UnitRoundoff = 1.1102230246251565e-16;

    /// <summary>√u. What is smaller than this share of what it is compared with has lost half its digits; of a value, half of what it can show.</summary>
    public const double HalfTheDigits = 1.0536712127723509e-08;

    /// <summary>⁴√u. A Newton step this short against 1 + ‖x‖ has begun to double the digits: the next is a rounding or two long.</summary>
    public const double QuarterOfTheDigits = 0.00010264848819015071;

    /// <summary>u^¾. Two numbers that differ by less share three quarters of their digits: as near as results of whole computations of the same come.</summary>
    public const double ThreeQuartersOfTheDigits = 1.0815775704056441e-12;

    /// <summary>128u. What is smaller against what it was summed from is the rounding of a sum of a hundred terms or so, such as an inner product.</summary>
    public const double SumOfRoundings = 128 * UnitRoundoff;

    /// <summary>10⁶u: what a computation of a million operations may lose. Polished values of one point agree to this of their size on any device.</summary>
    public const double MillionRoundings = 1e6 * UnitRoundoff;

    /// <summary>Armijo's condition: a step is one if f falls by this share of what the slope promised. Nocedal and Wright (2006), Numerical Optimization, §3.1.</summary>
    public const double SufficientDecrease = 1e-4;

    /// <summary>
    /// Bounds are of the first order and of one evaluation, and a point is as near to the zero of the gradient as two roundings let it be: a number within
    /// four bounds is zero.
    /// </summary>
    public const double Margin = 4;

    /// <summary>Far along a tail, where f turns flat, a walk is on its way to infinity: descents end so far away, and searches do.</summary>
    public const double Escape = 1e6;

    /// <summary>Whether a number is zero to its rounding. What has no bound cannot be told from zero, unless it is.</summary>
    public static bool IsZero(double number, double bound) => number == 0 || Math.Abs(number) <= Margin * bound;

    /// <summary>How near to a side of a box is at it: eight roundings of its width, or of a unit where it has no other side. Where a formula has no value at the side itself, descent ends beside it.</summary>
    public static double BesideSide(double width) => 8 * UnitRoundoff * (width <= double.MaxValue ? width : 1);

    /// <summary>Whether two values are the same to their rounding.</summary>
    public static bool AreSame(double a, double boundOfA, double b, double boundOfB) => IsZero(a - b, boundOfA + boundOfB);

    /// <summary>Whether a value that is promised to fall so far will not show it, with half its digits to spare; what has no bound, as beside an infinite slope, hides nothing.</summary>
    public static bool IsHidden(double fall, double valueBound) => valueBound < double.PositiveInfinity && Math.Abs(fall) <= HalfTheDigits * valueBound;
}
