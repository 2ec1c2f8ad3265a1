namespace LandscapeGpu.Arithmetic;

/// <summary>Interval arithmetic with outward rounding: encloses the values on a whole box at once.</summary>
/// <remarks>
/// A function is taken over the part of its operand where it is defined; where that is empty, so is the result. Moore, Kearfott and Cloud (2009), Introduction to Interval Analysis, SIAM.
/// </remarks>
public class IntervalArithmetic : IArithmetic<Interval>
{
    // System.Math and the compositions of it used here err by less than 3 units in the last place.
    private const int Units = 4;

    // Beyond this the double nearest to a bound no longer says where in its turn it lies precisely enough to be useful.
    private const double LargestAngle = 1 << 30;

    private static readonly Interval Pi = new(Math.PI, Math.BitIncrement(Math.PI));

    private static readonly Interval Tau = new(Math.Tau, Math.BitIncrement(Math.Tau));

    private static readonly Interval Undecided = new(0, 1);

    private protected IntervalArithmetic()
    {
    }

    /// <summary>The arithmetic; it has no state.</summary>
    public static IntervalArithmetic Instance { get; } = new();

    /// <inheritdoc/>
    public Interval Constant(double value) => value;

    /// <inheritdoc/>
    public Interval Add(Interval a, Interval b) => a + b;

    /// <inheritdoc/>
    public Interval Subtract(Interval a, Interval b) => a - b;

    /// <inheritdoc/>
    public Interval Multiply(Interval a, Interval b) => a * b;

    /// <inheritdoc/>
    public Interval Square(Interval x) => x.Square();

    /// <inheritdoc/>
    public Interval Negate(Interval x) => -x;

    /// <inheritdoc/>
    public Interval Reciprocal(Interval x) => x.Reciprocal();

    /// <inheritdoc/>
    public Interval Min(Interval a, Interval b) => new(Math.Min(a.Lower, b.Lower), Math.Min(a.Upper, b.Upper));

    /// <inheritdoc/>
    public Interval Max(Interval a, Interval b) => new(Math.Max(a.Lower, b.Lower), Math.Max(a.Upper, b.Upper));

    /// <inheritdoc/>
    public Interval Abs(Interval x) => x.Abs();

    /// <inheritdoc/>
    public Interval Sqrt(Interval x) => Rising(x, Math.Sqrt, 0, double.PositiveInfinity, 0, double.PositiveInfinity);

    /// <inheritdoc/>
    public Interval Round(Interval x) => new(Math.Round(x.Lower), Math.Round(x.Upper));

    /// <inheritdoc/>
    public Interval Exp(Interval x) => Rising(x, Math.Exp, 0, double.PositiveInfinity);

    /// <inheritdoc/>
    public Interval Log(Interval x) => Rising(x, Math.Log, double.NegativeInfinity, double.PositiveInfinity, 0, double.PositiveInfinity);

    /// <inheritdoc/>
    public Interval Sin(Interval x) => Wave(x, Math.Sin, 0.25);

    /// <inheritdoc/>
    public Interval Cos(Interval x) => Wave(x, Math.Cos, 0);

    /// <inheritdoc/>
    public Interval SinTurns(Interval u) => Near(Sin(Angle(u)));

    /// <inheritdoc/>
    public Interval CosTurns(Interval u) => Near(Cos(Angle(u)));

    /// <inheritdoc/>
    public Interval Tan(Interval x) => !x.IsEmpty && Holds(x, 0.25, 0.5) ? Interval.Entire : Rising(x, Math.Tan, double.NegativeInfinity, double.PositiveInfinity);

    /// <inheritdoc/>
    public Interval Tanh(Interval x) => Rising(x, Math.Tanh, -1, 1);

    /// <inheritdoc/>
    public Interval Sigmoid(Interval x) => Rising(x, DoubleArithmetic.Instance.Sigmoid, 0, 1);

    /// <inheritdoc/>
    public Interval Softplus(Interval x) => Rising(x, DoubleArithmetic.Instance.Softplus, 0, double.PositiveInfinity);

    /// <inheritdoc/>
    public Interval Asin(Interval x) => Rising(x, Math.Asin, -Pi.Upper / 2, Pi.Upper / 2, -1, 1);

    /// <inheritdoc/>
    public Interval Acos(Interval x) => -Rising(x, v => -Math.Acos(v), -Pi.Upper, 0, -1, 1);

    /// <inheritdoc/>
    public Interval Atan(Interval x) => Rising(x, Math.Atan, -Pi.Upper / 2, Pi.Upper / 2);

    /// <inheritdoc/>
    public Interval Atan2(Interval y, Interval x) => x.Lower <= 0 && y.Contains(0)
        ? new(-Pi.Upper, Pi.Upper)
        : Corners(y, x, Math.Atan2);

    /// <inheritdoc/>
    public Interval Erf(Interval x) => Rising(x, DoubleArithmetic.Instance.Erf, -1, 1);

    /// <inheritdoc/>
    public Interval Power(Interval x, Interval y)
    {
        if (x.IsEmpty || y.IsEmpty)
        {
            return Interval.Empty;
        }

        // y log x is monotone in each, so the extremes are at corners.
        var (lower, upper) = x.Upper < 0 ? Interval.Entire : Corners(new(Math.Max(0, x.Lower), x.Upper), y, Math.Pow);
        return new(x.Upper < 0 ? lower : Math.Max(0, lower), upper);
    }

    /// <inheritdoc/>
    public Interval Less(Interval a, Interval b) => a.Upper < b.Lower ? 1 : a.Lower >= b.Upper ? 0 : Undecided;

    /// <inheritdoc/>
    public Interval LessOrEqual(Interval a, Interval b) => a.Upper <= b.Lower ? 1 : a.Lower > b.Upper ? 0 : Undecided;

    /// <inheritdoc/>
    public Interval Equal(Interval a, Interval b) =>
        a.IsPoint && a == b ? 1 : a.Upper < b.Lower || b.Upper < a.Lower ? 0 : Undecided;

    /// <inheritdoc/>
    public Interval And(Interval a, Interval b) => Min(a, b);

    /// <inheritdoc/>
    public Interval Or(Interval a, Interval b) => Max(a, b);

    /// <inheritdoc/>
    public Interval Not(Interval a) => new(1 - a.Upper, 1 - a.Lower);

    /// <inheritdoc/>
    public Interval Select(Interval condition, Interval then, Interval otherwise) =>
        condition.Lower == 1 ? then : condition.Upper == 0 ? otherwise : Interval.Hull(then, otherwise);

    /// <summary>An increasing function with known bounds, on the part of x within its domain.</summary>
    private static Interval Rising(
        Interval x, Func<double, double> f, double least, double most, double from = double.NegativeInfinity, double to = double.PositiveInfinity)
    {
        if (x.Upper < from || x.Lower > to)
        {
            return Interval.Empty;
        }

        var (lower, upper) = Interval.Outward(f(Math.Max(x.Lower, from)), f(Math.Min(x.Upper, to)), Units);
        return new(Math.Max(least, lower), Math.Min(most, upper));
    }

    private static Interval Corners(Interval a, Interval b, Func<double, double, double> f)
    {
        double p = f(a.Lower, b.Lower), q = f(a.Lower, b.Upper), r = f(a.Upper, b.Lower), s = f(a.Upper, b.Upper);
        return Interval.Outward(Math.Min(Math.Min(p, q), Math.Min(r, s)), Math.Max(Math.Max(p, q), Math.Max(r, s)), Units);
    }

    /// <summary>A sine whose crests are at the given part of a turn and at every whole turn from there.</summary>
    private static Interval Wave(Interval x, Func<double, double> f, double crest)
    {
        if (x.IsEmpty)
        {
            return x;
        }

        var top = Holds(x, crest, 1);
        var bottom = Holds(x, crest + 0.5, 1);
        if (top && bottom)
        {
            return new(-1, 1);
        }

        double a = f(x.Lower), b = f(x.Upper);
        var (lower, upper) = Interval.Outward(Math.Min(a, b), Math.Max(a, b), Units);
        return new(bottom ? -1 : Math.Max(-1, lower), top ? 1 : Math.Min(1, upper));
    }

    /// <summary>True where x may hold one of the angles 2π(first + k·period), k whole; all angles are in turns.</summary>
    private static bool Holds(Interval x, double first, double period)
    {
        if (Math.Max(Math.Abs(x.Lower), Math.Abs(x.Upper)) is var largest && !(largest <= LargestAngle))
        {
            return true;
        }

        // Four roundings on the way, each half a unit in the last place of at most the largest count of periods.
        var error = 1e-15 * (1 + (largest / period));
        var from = ((x.Lower / Math.Tau) - first) / period;
        var to = ((x.Upper / Math.Tau) - first) / period;
        return Math.Ceiling(from - error) <= Math.Floor(to + error);
    }

    /// <summary>2π(u − n) with the whole number n nearest to the middle, which is exact for moderate u.</summary>
    private static Interval Angle(Interval u)
    {
        var middle = (u.Lower / 2) + (u.Upper / 2);
        return u.IsEmpty ? u : double.IsFinite(middle) ? Tau * (u - Math.Round(middle)) : Interval.Entire;
    }

    // In double another whole number may have been taken off: the same angle, up to the roundings of 2π and of its multiple.
    private static Interval Near(Interval wave) => new(Math.Max(-1, wave.Lower - 5e-16), Math.Min(1, wave.Upper + 5e-16));
}
