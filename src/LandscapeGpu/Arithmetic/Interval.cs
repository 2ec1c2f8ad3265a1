namespace LandscapeGpu.Arithmetic;

/// <summary>The real numbers between two doubles, both included; a bound may be infinite.</summary>
/// <remarks>
/// Arithmetic rounds outward: a result holds every value that the exact operation, and the one rounded to double, takes
/// on the operands. Lower bounds are never +∞ and upper bounds never −∞.
/// </remarks>
/// <param name="Lower">The lower bound.</param>
/// <param name="Upper">The upper bound.</param>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>All real numbers: nothing is known.</summary>
    public static Interval Entire { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>No number: what a formula has for values where it is not defined. Every operation but a selection passes it on, as NaN is passed on.</summary>
    public static Interval Empty { get; } = new(double.NaN, double.NaN);

    /// <summary>True where the interval holds no number.</summary>
    public bool IsEmpty => double.IsNaN(Lower);

    /// <summary>The length; infinite if a bound is.</summary>
    public double Width => Upper - Lower;

    /// <summary>True where the interval is one number.</summary>
    public bool IsPoint => Lower == Upper;

    /// <summary>The interval that holds one number.</summary>
    public static implicit operator Interval(double value) => new(value, value);

    /// <summary>The smallest interval that holds both.</summary>
    public static Interval Hull(Interval a, Interval b) => a.IsEmpty ? b : b.IsEmpty ? a : new(Math.Min(a.Lower, b.Lower), Math.Max(a.Upper, b.Upper));

    /// <summary>True where the number is in the interval.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <summary>All sums of a number of a and one of b.</summary>
    public static Interval operator +(Interval a, Interval b) => Outward(a.Lower + b.Lower, a.Upper + b.Upper);

    /// <summary>All differences of a number of a and one of b.</summary>
    public static Interval operator -(Interval a, Interval b) => Outward(a.Lower - b.Upper, a.Upper - b.Lower);

    /// <summary>The numbers of a with the other sign.</summary>
    public static Interval operator -(Interval a) => new(-a.Upper, -a.Lower);

    /// <summary>All products of a number of a and one of b.</summary>
    public static Interval operator *(Interval a, Interval b)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return Empty;
        }

        double p = Product(a.Lower, b.Lower), q = Product(a.Lower, b.Upper), r = Product(a.Upper, b.Lower), s = Product(a.Upper, b.Upper);
        return Outward(Math.Min(Math.Min(p, q), Math.Min(r, s)), Math.Max(Math.Max(p, q), Math.Max(r, s)));
    }

    /// <summary>The quotient; all real numbers where the divisor holds 0.</summary>
    public static Interval operator /(Interval a, Interval b) => a * b.Reciprocal();

    /// <summary>1/x; all real numbers where the interval holds 0.</summary>
    public Interval Reciprocal() => Contains(0) ? Entire : Outward(1 / Upper, 1 / Lower);

    /// <summary>x², at least 0.</summary>
    public Interval Square()
    {
        var magnitude = Abs();
        var (lower, upper) = Outward(magnitude.Lower * magnitude.Lower, magnitude.Upper * magnitude.Upper);
        return new(Math.Max(0, lower), upper);
    }

    /// <summary>|x|, exact.</summary>
    public Interval Abs() => IsEmpty || Lower >= 0 ? this : Upper <= 0 ? -this : new(0, Math.Max(-Lower, Upper));

    /// <summary>The doubles next to two bounds that were rounded to nearest.</summary>
    internal static Interval Outward(double lower, double upper) => new(Math.BitDecrement(lower), Math.BitIncrement(upper));

    /// <summary>Bounds moved outward by units in the last place, for functions that are not rounded correctly.</summary>
    internal static Interval Outward(double lower, double upper, int units)
    {
        for (var i = 0; i < units; i++)
        {
            (lower, upper) = (Math.BitDecrement(lower), Math.BitIncrement(upper));
        }

        return new(lower, upper);
    }

    // An infinite bound is never attained, so 0 times it is 0.
    private static double Product(double a, double b) => a == 0 || b == 0 ? 0 : a * b;
}
