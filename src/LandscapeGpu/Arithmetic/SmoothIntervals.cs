namespace LandscapeGpu.Arithmetic;

/// <summary>Interval arithmetic that notices whether a formula is one smooth formula on the whole box.</summary>
/// <remarks>
/// A tie that is decided for the whole box, such as max(x, 0) over x in [1, 2], bends nowhere in it; one that is not may. The answer errs to
/// the safe side, as intervals do.
/// </remarks>
internal sealed class SmoothIntervals : IntervalArithmetic, IArithmetic<Interval>
{
    /// <summary>False once an operation met an operand at which it is not smooth, or may not be.</summary>
    public bool IsSmooth { get; private set; } = true;

    Interval IArithmetic<Interval>.Min(Interval a, Interval b) => Decided(Less(a, b), Min(a, b));

    Interval IArithmetic<Interval>.Max(Interval a, Interval b) => Decided(Less(a, b), Max(a, b));

    Interval IArithmetic<Interval>.Abs(Interval x) => Decided(Less(x, 0), Abs(x));

    Interval IArithmetic<Interval>.Round(Interval x) => Noticed(Math.Round(x.Lower) == Math.Round(x.Upper), Round(x));

    Interval IArithmetic<Interval>.Select(Interval condition, Interval then, Interval otherwise) =>
        Decided(condition, Select(condition, then, otherwise));

    Interval IArithmetic<Interval>.Reciprocal(Interval x) => Noticed(!x.Contains(0), Reciprocal(x));

    Interval IArithmetic<Interval>.Sqrt(Interval x) => Noticed(x.Lower > 0, Sqrt(x));

    Interval IArithmetic<Interval>.Log(Interval x) => Noticed(x.Lower > 0, Log(x));

    Interval IArithmetic<Interval>.Power(Interval x, Interval y) => Noticed(x.Lower > 0, Power(x, y));

    Interval IArithmetic<Interval>.Asin(Interval x) => Noticed(x.Lower > -1 && x.Upper < 1, Asin(x));

    Interval IArithmetic<Interval>.Acos(Interval x) => Noticed(x.Lower > -1 && x.Upper < 1, Acos(x));

    Interval IArithmetic<Interval>.Atan2(Interval y, Interval x) => Noticed(x.Lower > 0 || !y.Contains(0), Atan2(y, x));

    Interval IArithmetic<Interval>.Tan(Interval x) => Noticed(Tan(x) is { IsEmpty: false } range && double.IsFinite(range.Width), Tan(x));

    private Interval Decided(Interval truth, Interval result) => Noticed(truth.IsPoint, result);

    private Interval Noticed(bool isSmooth, Interval result)
    {
        IsSmooth &= isSmooth;
        return result;
    }
}
