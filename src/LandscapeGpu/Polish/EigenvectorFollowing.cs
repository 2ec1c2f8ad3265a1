namespace LandscapeGpu.Polish;

/// <summary>Which eigenvector a walk sets out along.</summary>
/// <param name="Mode">The number of the mode at the start, softest first, without those along an orbit; null for the lowest, uphill.</param>
/// <param name="Sign">Which way, +1 or −1.</param>
internal readonly record struct Uphill(int? Mode, int Sign)
{
    /// <summary>Where it is not null, the eigenvector nearest to this direction is followed first.</summary>
    public double[]? Along { get; init; }
}

/// <summary>One start on its way to a saddle of index 1: uphill along one eigenvector of the Hessian, downhill along all others.</summary>
/// <remarks>
/// C. J. Cerjan and W. H. Miller (1981), Journal of Chemical Physics 75, 2800; D. J. Wales (1994), Journal of Chemical Physics 101, 3750. Along mode i the
/// step is ±gᵢ/|λᵢ|, which is Newton's near the saddle, and no longer than a radius that follows how well the quadratic model foretold the value. The
/// mode is followed by its overlap with the one before. Directions along which the value cannot change are projected out, so that a
/// rotation is never followed. Where a walk ends is whatever stationary point it is: its index is decided by its spectrum.
/// </remarks>
internal sealed class EigenvectorFollowing(int dimension, Func<int, Uphill> uphill, Symmetry? symmetry) : HessianWalk(dimension)
{
    // Walks that arrive take 20 to 80 steps.
    private const int MostSteps = 300;

    // The first displacement, in units of the landscape's own; it is shortened where the quadratic model does not hold so far.
    private const double FirstRadius = 0.125;

    // The model's error as a share of what it says of all modes: beyond the first a step is taken back, below the second the next may be longer.
    private const double Wrong = 0.5;
    private const double Right = 0.125;

    private readonly OrbitSpectrum spectrum = new(dimension, symmetry);
    private readonly double[] followed = new double[dimension];
    private readonly double[] step = new double[dimension];
    private double radius;
    private double predicted;
    private double weight;
    private double length;
    private bool isUnderWay;

    /// <summary>The gradient is zero to its rounding, and Newton's step leads nowhere.</summary>
    public override bool IsStationary => Steps > 0 && IsZero && (Norm == 0 || length <= Stationarity.QuarterOfTheDigits * Scale);

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        (radius, isUnderWay, length, predicted, weight) = (FirstRadius, false, double.PositiveInfinity, 0, 0);
        spectrum.Forget();
    }

    protected override bool HasEnded(Trial trial)
    {
        var norm = Length(trial.Gradient);
        var isFinite = double.IsFinite(trial.Value) && double.IsFinite(norm);
        if (Steps > 0)
        {
            var error = Math.Abs(trial.Value - Value - predicted);
            // What rounding hides says nothing about the model.
            var isWrong = !isFinite || (error > Wrong * weight && error > Stationarity.Margin * (trial.Rounding + Rounding));
            if (IsZero && isUnderWay && (isWrong || norm >= Norm))
            {
                return true;
            }

            if (isWrong)
            {
                radius = Math.Min(radius, length) / 4;
                return ++Steps > MostSteps || radius <= Stationarity.UnitRoundoff * Scale;
            }

            radius = error <= Right * weight ? Math.Max(radius, 2 * Math.Min(radius, length)) : radius;
        }
        else if (!isFinite)
        {
            return true;
        }

        isUnderWay = Steps > 0;
        Accept(trial);
        spectrum.Forget();
        return Steps > MostSteps || (isUnderWay && norm == 0) || Length(Point) > Stationarity.Escape;
    }

    public override bool Turn(double[] hessian)
    {
        if (!spectrum.TryKnow(hessian, Point))
        {
            return true;
        }

        var values = spectrum.Values;
        var floor = Stationarity.HalfTheDigits * Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        int[] modes = [.. Enumerable.Range(0, D).Where(k => Math.Abs(values[k]) > floor)];
        if (modes.Length == 0)
        {
            return true;
        }

        Array.Clear(step);
        (predicted, weight) = (0, 0);
        if (!isUnderWay && uphill(Item) is { Mode: { } number } way)
        {
            if (number >= modes.Length)
            {
                return true;
            }

            spectrum.Vector(modes[number]).CopyTo(followed);
            Add(modes[number], way.Sign * radius);
        }
        else
        {
            var near = isUnderWay ? followed : uphill(Item).Along;
            var up = near is null ? modes[0] : modes.MaxBy(k => Math.Abs(Inner.Product(spectrum.Vector(k), near)));
            spectrum.Vector(up).CopyTo(followed);
            foreach (var k in modes)
            {
                var along = Inner.Product(spectrum.Vector(k), Gradient);
                var full = along / Math.Abs(values[k]);
                Add(k, Math.Clamp(k == up ? full : -full, -radius, radius));
            }
        }

        length = Length(step);
        Advance(step);

        return length <= Stationarity.UnitRoundoff * Scale;
    }

    private void Add(int mode, double far)
    {
        var v = spectrum.Vector(mode);
        var (slope, bend) = (far * Inner.Product(v, Gradient), 0.5 * spectrum.Values[mode] * far * far);
        predicted += slope + bend;
        weight += Math.Abs(slope) + Math.Abs(bend);
        for (var i = 0; i < D; i++)
        {
            step[i] += far * v[i];
        }
    }
}
