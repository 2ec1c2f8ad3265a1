namespace LandscapeGpu.Polish;

/// <summary>One endpoint on its way down the valley it lies in, to the valley's minimum or out of reach.</summary>
/// <remarks>
/// Levenberg's and Marquardt's method on f: a step solves (H + σI) p = −∇f in units that make curvatures alike, with the least σ that makes it no longer than the radius within which the model has agreed with the landscape.
/// Where f did not fall as foretold the floor has bent away: steps of Newton's across the first one lead back to it. So each step is as long as the floor is straight, however little it falls and however steep the walls are. A
/// place is taken only where the value has fallen about as much as was foretold, so that no step crosses a ridge into another valley. Nocedal and Wright (2006), Numerical Optimization, §4.1; Moré (1978), The
/// Levenberg–Marquardt algorithm; across the step as in Transtrum and Sethna (2012), Improvements to the Levenberg–Marquardt algorithm.
/// </remarks>
/// <param name="dimension">The number of coordinates.</param>
/// <param name="region">Where it walks; null for the whole space.</param>
internal sealed partial class ValleyWalk(int dimension, Region? region = null) : HessianWalk(dimension, region)
{
    // Who has gone so many times farther than where the valley was entered will not arrive.
    private const double Far = 1000;

    // Beyond this distance a valley that has become flat against what surrounds it is not followed farther.
    private const double FlatFar = 3;

    // Newton's own step, but for what rounding does to the Hessian.
    private const double LeastShift = 100 * Stationarity.UnitRoundoff;

    // A minimum with less curvature than this against the largest is known to less than half the digits.
    private const double LeastCurvature = 0.1 * Stationarity.HalfTheDigits;

    // Beside the floor of a valley of steep walls curvatures along it are the walls', and Newton's step is short: after a few the floor is reached.
    private const int MostShortSteps = 4;

    // The least curvature of a valley's floor is far less than all others.
    private const int InverseIterations = 3;

    // Between two shifts of which one is four times the other: then they differ by a fifth.
    private const int MostShiftHalvings = 3;

    // Of the slope, where Newton's method has begun to double the digits.
    private const double MostLeft = 0.25;

    // Newton's method doubles the digits.
    private const int MostBends = 8;

    // Against curvatures of 1: where such a damping has not led back nothing does.
    private const double MostDamping = 1e6;

    private readonly double[] origin = new double[dimension];
    private readonly double[] factor = new double[dimension * dimension];
    private readonly double[] pivots = new double[dimension];
    private readonly double[] step = new double[dimension];
    private readonly double[] slope = new double[dimension];
    private readonly HeldSides? sides = region is null ? null : new(region, dimension);
    private double[] scale = [];
    private double entry;
    private double shift;
    private double largest;
    private double promised;
    private (double Value, double Rounding) first;
    private bool arrived;
    private bool endless;
    private bool isBending;
    private double[] before = [];
    private readonly Trial there = new(dimension);
    private int bends;
    private double toFall;
    private double length;
    private double wayBack;
    private double radius;
    private bool isGood;
    private double softness;
    private double errors;
    private int shortSteps;

    /// <summary>
    /// Whether steps are damped against the curvature along each coordinate (Marquardt), and not against the largest: along a valley of steep walls, which no coordinate's unit can make alike everywhere on the way.
    /// A step that does not fall as foretold is led back to the floor. Not on the way to infinity, where long steps come to where nothing can be told.
    /// </summary>
    public bool IsGraded { get; init; }

    /// <summary>The trial points of one walk, at most: valleys that bend, as where two units of a network turn into one, take a few hundred where steps are not led back to the floor.</summary>
    public int MostSteps { get; init; } = 500;

    /// <summary>Whether places are meant as they are, and values known as far as that lets them be.</summary>
    public bool IsMeantAsIs { get; init; }

    /// <summary>Newton's step from here is short: polishing will find the stationary point.</summary>
    public override bool IsStationary => arrived;

    public override bool IsEndless => endless || (IsMeantAsIs && Steps > MostSteps);

    /// <summary>It has come lower than rounding explains.</summary>
    public override bool IsOnFloor => first.Value - Value > Stationarity.Margin * (first.Rounding + Rounding);

    /// <summary>Beside walls so steep that the last digit of a coordinate changes the value by more than the floor falls, a place is lower than another only as it is.</summary>
    public override bool IsExact => IsMeantAsIs;

    /// <summary>Newton's step, and what the gradient's rounding leads to where curvature is least: that the last step happened to be short says nothing of a floor. NaN where nothing holds the point along it.</summary>
    public override double Uncertainty => Length(step) + (softness * errors) is var way && way < Stationarity.QuarterOfTheDigits * Scale ? way : double.NaN;

    /// <summary>How far the walk has come, against 1 + ‖x‖ of where it began.</summary>
    private double Distance => Symmetry.Euclidean(Point, origin) / (1 + Length(origin));

    public override double[] Turning => isBending ? Ahead : Point;

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        start.CopyTo(origin);
        (shift, promised, arrived, endless, isBending, shortSteps, first) = (0, 0, false, false, false, 0, (double.NaN, double.NaN));
        (radius, bends, softness, errors) = (double.PositiveInfinity, 0, double.NaN, double.NaN);
    }

    protected override bool HasEnded(Trial trial)
    {
        var (value, norm) = (trial.Value, Length(trial.Gradient));
        var isFinite = double.IsFinite(value) && double.IsFinite(norm);
        if (Steps == 0)
        {
            if (isFinite)
            {
                (entry, first) = (norm, (value, trial.Rounding));
                Take(trial, isForetold: true);
            }

            return !isFinite || norm == 0;
        }

        // A fall too small for the value to show is known by the gradient alone.
        var gain = (Value - value) / promised;
        var room = Stationarity.Margin * (Rounding + trial.Rounding);
        var isHidden = promised <= room;
        var isNearer = norm < Norm || (IsGraded && Math.Abs(Inner.Product(trial.Gradient, step)) < 0.5 * Math.Abs(Inner.Product(slope, step)));
        isGood = isFinite && (isHidden ? isNearer && value <= Value + room : gain is > 0.1 and < 3);
        // Beside the floor curvature along it is the walls', and steps are short: unless all of the slope is going the floor comes first.
        isBending = IsGraded && isFinite && !(isGood && bends == 0 && norm <= MostLeft * Norm);
        if (isBending)
        {
            there.Take(trial);
            return false;
        }

        if (!isGood)
        {
            return Refuse();
        }

        shift *= isHidden || gain is > 0.7 and < 1.5 ? 0.1 : gain is > 0.4 and < 2 ? 0.5 : 1;
        Take(trial, isHidden || gain is > 0.4 and < 2);
        return Steps > MostSteps || norm == 0;
    }

    /// <summary>Goes on from a trial point, and steps farther where the value fell about as foretold.</summary>
    private void Take(Trial trial, bool isForetold)
    {
        // Steps are between a half and all of the radius where that is what they end at.
        radius = isForetold ? Math.Max(radius, 4 * length) : 0.5 * length;
        errors = Length([.. trial.Errors.Select(e => double.IsFinite(e) ? e : 0)]);
        Accept(trial);
    }

    /// <summary>Goes back, and is to step less far; true if that is nowhere any more.</summary>
    private bool Refuse()
    {
        (shift, radius) = (4 * shift, 0.25 * length);
        return ++Steps > MostSteps || (IsGraded ? Length(step) <= Stationarity.UnitRoundoff * Scale : shift > 1e3 * largest);
    }

    public override bool Turn(double[] hessian)
    {
        if (isBending)
        {
            if (TryBend(hessian))
            {
                return false;
            }

            // What can be had of the floor's bend is had; back at its bottom, curvature along it is the floor's own, and not the walls'.
            isBending = false;
            if (!isGood && Refuse())
            {
                return true;
            }

            if (isGood)
            {
                Take(there, isForetold: true);
                if (Steps > MostSteps || Norm == 0)
                {
                    return true;
                }
            }

            hessian = isGood ? hessian : before;
        }

        Gradient.CopyTo(slope, 0);
        sides?.Hold(Point, Gradient, hessian, slope);
        before = [.. hessian];
        // As steep as walls have been on the way (Moré 1978): where one lies along a coordinate, others seem to have none.
        scale = [.. Equilibration.Of(hessian, D).Select((s, i) => !IsGraded ? 1 : s > 0 && double.IsFinite(s) ? Math.Min(s, Steps > 1 ? scale[i] : s) : Steps > 1 ? scale[i] : 1)];
        hessian = Equilibration.Apply(scale, hessian);
        largest = LargestPivot(hessian);
        if (!double.IsFinite(largest) || largest == 0)
        {
            return true;
        }

        // In units of the steepest walls on the way: where curvature fades with the slope there is no valley, but a tail.
        if (IsGraded && largest < Stationarity.QuarterOfTheDigits)
        {
            endless = true;
            return true;
        }

        // What a side holds is no floor.
        foreach (var i in sides?.HoldingAt(Point, Gradient).Select(side => side.Coordinate).OfType<int>() ?? [])
        {
            hessian[(i * D) + i] = largest;
        }

        var least = LeastShift * largest;
        if (TrySolve(hessian, least) && Length(step) <= Stationarity.QuarterOfTheDigits * Scale)
        {
            arrived = IsCurved(hessian);
            // A floor with less curvature than the shift: where Newton's own step is short as well, rounding holds the walk, and it has not arrived.
            Dampen(hessian, 0);
            softness = Softness();
            if ((arrived || Length(step) <= Stationarity.QuarterOfTheDigits * Scale) && !(IsMeantAsIs && shortSteps++ < MostShortSteps))
            {
                return true;
            }
        }
        else
        {
            shortSteps = 0;
            Dampen(hessian, IsGraded ? least : Math.Max(shift, least));
        }

        var distance = Distance;
        endless = sides is not { IsBounded: true } && (distance > Far || (distance > FlatFar && Norm <= entry && IsFlat(hessian)) || (distance > 1 && promised <= Rounding));
        (bends, toFall, length) = (0, double.PositiveInfinity, InUnits(step));
        wayBack = length;
        Advance(step);
        Region?.TryProject(Ahead);
        return endless;
    }
}
