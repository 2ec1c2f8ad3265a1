namespace LandscapeGpu.Polish;

/// <summary>Which eigenvector a walk sets out along.</summary>
/// <param name="Along">The eigenvector nearest to this direction is followed; null for the lowest.</param>
/// <param name="Sign">+1 or −1: the walk begins with a step along it that way, as from a minimum. 0: it begins with a step of the method, as from beside a saddle.</param>
internal readonly record struct Uphill(double[]? Along, int Sign);

/// <summary>One start on its way to a saddle of index 1: uphill along one eigenvector of the Hessian, downhill along all others.</summary>
/// <remarks>
/// C. J. Cerjan and W. H. Miller (1981), Journal of Chemical Physics 75, 2800; D. J. Wales (1994), Journal of Chemical Physics 101, 3750. Along mode i the
/// step is ±gᵢ/|λᵢ|, which is Newton's near the saddle, and no longer than a radius that follows how well the quadratic model foretold the value. The
/// mode is followed by its overlap with the one before. Modes are those that a few products with the Hessian show, from the followed one and the gradient on
/// (hybrid eigenvector-following: L. J. Munro and D. J. Wales 1999, Physical Review B 59, 3969). Where a walk ends is whatever stationary point it is: its index is decided by its spectrum.
/// </remarks>
internal sealed class EigenvectorFollowing(Objective objective, Func<int, Uphill> uphill) : ModeWalk(objective)
{
    // Walks that arrive take 20 to 80 steps.
    private const int MostSteps = 300;

    // The first displacement, in units of the landscape's own; it is shortened where the quadratic model does not hold so far.
    private const double FirstRadius = 0.125;

    // The model's error as a share of what it says of all modes: beyond the first a step is taken back, below the second the next may be longer.
    private const double Wrong = 0.5;
    private const double Right = 0.125;

    // A gradient so many times as large as the stiffest mode has where the walk begins, a unit of length away: it climbs a wall, on which there is no saddle.
    private const double Hopeless = 1024;

    private readonly double[] followed = new double[objective.Dimension];
    private readonly double[] step = new double[objective.Dimension];
    private double radius;
    private double predicted;
    private double weight;
    private double length;
    private bool isUnderWay;
    private double leftOut;
    private bool knowsMode;
    private bool isLeaving;
    private double steepest;
    private bool hasFallen;

    /// <summary>The gradient is zero to its rounding, and Newton's step leads nowhere.</summary>
    public override bool IsStationary => Steps > 0 && IsZero && (Norm == 0 || length <= Stationarity.QuarterOfTheDigits * Scale);

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        (radius, isUnderWay, length, predicted, weight, leftOut, steepest) = (FirstRadius, false, double.PositiveInfinity, 0, 0, 0, double.PositiveInfinity);
        knowsMode = uphill(item).Along is not null;
        if (uphill(item).Along is { } along)
        {
            along.CopyTo(followed, 0);
        }
    }

    // Where no mode is known, the gradient beside a minimum has a part along each.
    protected override IEnumerable<double[]> Guides() => knowsMode ? [followed, Gradient] : [Gradient];

    protected override int ProductsNow => knowsMode ? Products : All;

    // Off the side that holds a minimum a walk that is to go inwards sets out.
    protected override bool IsReleased(ActiveConstraint side) => Steps == 0 && uphill(Item) is { Along: { } along, Sign: not 0 and var sign } && sign * side.Along(along) < -0.5;

    protected override bool EndsAt(Trial trial)
    {
        var norm = Length(trial.Gradient);
        var isFinite = double.IsFinite(trial.Value) && double.IsFinite(norm);
        if (Steps > 0)
        {
            var error = Math.Abs(trial.Value - Value - predicted);
            // What rounding hides says nothing about the model.
            var isWrong = !isFinite || (error > Wrong * weight && error > Stationarity.Margin * (trial.Rounding + Rounding));
            if (IsZero && isUnderWay && !isLeaving && (isWrong || norm >= Norm))
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
        hasFallen = !(norm > Norm / 2);
        Accept(trial);
        Fit(leftOut);
        Modes.Forget();
        // Newton's step was short and led to where the gradient is zero: the next would be rounding.
        return Steps > MostSteps || (isUnderWay && !isLeaving && IsStationary) || norm > steepest || HasEscaped;
    }

    public override bool Turn()
    {
        isLeaving = false;
        if (isUnderWay && Modes.TryNewton(Gradient, step, out weight) && (length = Length(step)) <= radius)
        {
            predicted = 0.5 * Inner.Product(Gradient, step);
            leftOut = Modes.Outside(step);
            return Go();
        }

        // A walk that is to set out along a mode that there is not, as along one that is flat, has nowhere to go.
        if (!Modes.TrySolve() || (uphill(Item) is { Along: null, Sign: not 0 }))
        {
            return true;
        }

        var values = Modes.Values;
        var floor = Stationarity.HalfTheDigits * Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        int[] modes = [.. Enumerable.Range(0, values.Length).Where(k => Math.Abs(values[k]) > floor)];
        if (modes.Length == 0)
        {
            return true;
        }

        var (far, slopes, near) = (new double[values.Length], Modes.Along(Gradient), Modes.Along(followed));
        var up = knowsMode ? modes.MaxBy(k => Math.Abs(near[k])) : modes[0];
        if (!isUnderWay && uphill(Item).Sign != 0)
        {
            // The step is the mode's own way, whichever sign its eigenvector has now.
            far[up] = uphill(Item).Sign * radius * (near[up] < 0 ? -1 : 1);
        }
        else
        {
            foreach (var k in modes)
            {
                var full = slopes[k] / Math.Abs(values[k]);
                far[k] = Math.Clamp(k == up ? full : -full, -radius, radius);
            }

            Leave(far, slopes, modes.Where(k => k != up && values[k] < 0));
        }

        (predicted, weight) = (0, 0);
        foreach (var k in modes)
        {
            var (slope, bend) = (far[k] * slopes[k], 0.5 * values[k] * far[k] * far[k]);
            predicted += slope + bend;
            weight += Math.Abs(slope) + Math.Abs(bend);
        }

        Modes.Combine(far, step);
        leftOut = Modes.Outside(step);
        if (isUnderWay || uphill(Item).Sign == 0)
        {
            Array.Clear(far);
            far[up] = 1;
            Modes.Combine(far, followed);
            knowsMode = true;
        }

        steepest = Steps == 1 ? Hopeless * Math.Max(Math.Abs(values[0]), Math.Abs(values[^1])) : steepest;
        length = Length(step);
        return Go();
    }

    /// <summary>True where there is nowhere to go: the step is a rounding, or what is left of the gradient lies along what is flat.</summary>
    private bool Go()
    {
        if (AdvanceWithin(step))
        {
            // As much as the region lets, the quadratic foretells for it.
            var (slope, bend) = (Inner.Product(Gradient, step), 0.5 * Inner.Product(step, Modes.ProductWith(step)));
            (predicted, weight, length) = (slope + bend, Math.Abs(slope) + Math.Abs(bend), Length(step));
        }

        // Uphill leads out of the region, where there is no saddle.
        return IsPressing || length <= Stationarity.UnitRoundoff * Scale || (length <= Stationarity.SumOfRoundings * Scale && !hasFallen);
    }

    /// <summary>
    /// Beside a saddle of a higher index a step of the method only doubles the distance from it, along each mode that still leads down: these are gone along as far as the first step goes.
    /// </summary>
    private void Leave(double[] far, double[] slopes, IEnumerable<int> down)
    {
        var least = Math.Min(radius, FirstRadius);
        if (Inner.Norm(far) >= least / 8)
        {
            return;
        }

        foreach (var k in down)
        {
            far[k] = slopes[k] > 0 ? -least : least;
            isLeaving = true;
        }
    }
}
