namespace LandscapeGpu.Polish;

/// <summary>One endpoint on its way down the valley it lies in, to the valley's minimum or out of reach.</summary>
/// <remarks>
/// Levenberg's method on f: a step solves (H + σI) p = −∇f, and σ falls while the model agrees with the landscape and grows where it does not. A trial
/// point is taken only where the value falls about as much as was foretold, so that no step crosses a ridge into another valley. Nocedal and Wright
/// (2006), Numerical Optimization, §4.1.
/// </remarks>
/// <param name="dimension">The number of coordinates.</param>
/// <param name="region">Where it walks; null for the whole space.</param>
internal sealed class ValleyWalk(int dimension, Region? region = null) : HessianWalk(dimension, region)
{
    // Valleys that bend, as where two units of a network turn into one, take a few hundred steps.
    private const int MostSteps = 500;

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
    private double[]? scale;
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
    private int shortSteps;

    /// <summary>
    /// Whether steps are damped against the curvature along each coordinate (Marquardt), and not against the largest: along a valley of steep walls, which no coordinate's unit can make alike everywhere on the way.
    /// A step that is refused is bent back to the floor.
    /// </summary>
    public bool IsGraded { get; init; }

    /// <summary>Whether places are meant as they are, and values known as far as that lets them be.</summary>
    public bool IsMeantAsIs { get; init; }

    /// <summary>Newton's step from here is short: polishing will find the stationary point.</summary>
    public override bool IsStationary => arrived;

    public override bool IsEndless => endless || (IsMeantAsIs && Steps > MostSteps);

    /// <summary>It has come lower than rounding explains.</summary>
    public override bool IsOnFloor => first.Value - Value > Stationarity.Margin * (first.Rounding + Rounding);

    /// <summary>Beside walls so steep that the last digit of a coordinate changes the value by more than the floor falls, a place is lower than another only as it is.</summary>
    public override bool IsExact => IsMeantAsIs;

    /// <summary>How far the walk has come, against 1 + ‖x‖ of where it began.</summary>
    private double Distance => Symmetry.Euclidean(Point, origin) / (1 + Length(origin));

    public override double[] Turning => isBending ? Ahead : Point;

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        start.CopyTo(origin);
        (shift, promised, arrived, endless, isBending, shortSteps, first) = (0, 0, false, false, false, 0, (double.NaN, double.NaN));
        (radius, bends, scale) = (double.PositiveInfinity, 0, null);
    }

    protected override bool HasEnded(Trial trial)
    {
        var (value, norm) = (trial.Value, Length(trial.Gradient));
        var isFinite = double.IsFinite(value) && double.IsFinite(norm);
        if (Steps == 0)
        {
            if (isFinite)
            {
                entry = norm;
                first = (value, trial.Rounding);
                Accept(trial);
            }

            return !isFinite || norm == 0;
        }

        // A fall too small for the value to show is known by the gradient alone.
        var gain = (Value - value) / promised;
        var room = Stationarity.Margin * (Rounding + trial.Rounding);
        var isHidden = promised <= room;
        var isNearer = norm < Norm || (IsGraded && Math.Abs(Inner.Product(trial.Gradient, step)) < 0.5 * Math.Abs(Inner.Product(slope, step)));
        isGood = isFinite && (isHidden ? isNearer && value <= Value + room : gain is > 0.1 and < 3);
        isBending = IsGraded && isFinite && !(isGood && bends == 0);
        if (isBending)
        {
            there.Take(trial);
            return false;
        }

        if (!isGood)
        {
            return Refuse();
        }

        var (isClose, isFair) = (isHidden || gain is > 0.7 and < 1.5, gain is > 0.4 and < 2);
        shift *= isClose ? 0.1 : isFair ? 0.5 : 1;
        radius = isClose || isFair ? Math.Max(radius, 2 * length) : 0.5 * length;
        Accept(trial);
        return Steps > MostSteps || norm == 0;
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
                radius = Math.Max(radius, 2 * length);
                Accept(there);
                if (Steps > MostSteps || Norm == 0)
                {
                    return true;
                }
            }

            hessian = isGood ? hessian : before;
        }

        Gradient.CopyTo(slope, 0);
        sides?.Hold(Point, Gradient, hessian, slope);
        if (IsGraded)
        {
            before = [.. hessian];
            // As steep as walls have been on the way (Moré 1978): where one lies along a coordinate, others seem to have none.
            scale = [.. Equilibration.Of(hessian, D).Select((s, i) => s > 0 && double.IsFinite(s) ? Math.Min(s, scale?[i] ?? s) : scale?[i] ?? 1)];
            hessian = Equilibration.Apply(scale, hessian);
        }

        largest = LargestPivot(hessian);
        if (!double.IsFinite(largest) || largest == 0)
        {
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
        (bends, toFall, length) = (0, double.PositiveInfinity, IsGraded ? InUnits(step) : 0);
        wayBack = length;
        Advance(step);
        Region?.TryProject(Ahead);
        return endless;
    }

    /// <summary>The step of the least shift, from the given one up, that leads downhill and not far.</summary>
    /// <remarks>On a tail the largest entry may be so small that a rounding of it is 0, and 4 times that too.</remarks>
    private void Dampen(double[] hessian, double from)
    {
        for (shift = from; double.IsFinite(shift) && (!TrySolve(hessian, shift) || Length(step) > 0.5 * Scale || (IsGraded && InUnits(step) > radius)); shift = Math.Max(4 * shift, Math.Max(double.Epsilon, Stationarity.UnitRoundoff * LeastShift * largest)))
        {
        }

        var (fall, square) = (0.0, 0.0);
        for (var i = 0; i < D; i++)
        {
            fall -= step[i] * slope[i];
            square += step[i] * step[i] / (scale is null ? 1 : scale[i] * scale[i]);
        }

        // Up to the first side: pᵀHp = −∇f·p − σp².
        var share = sides?.ShareToSide(Point, step, 1) is > 0 and var toSide ? toSide : 1;
        promised = share == 1 ? 0.5 * ((shift * square) + fall) : share * (fall - (0.5 * share * (fall - (shift * square))));
        for (var i = 0; i < D && share < 1; i++)
        {
            step[i] *= share;
        }
    }

    /// <summary>From where a step has led, a step back to the floor across it, by the Hessian there; false where such steps are of no use.</summary>
    /// <remarks>
    /// Across the step is what is orthogonal to it where curvatures are alike. Steep walls come first and gentler ones later: what the steepest have left of the slope would lead a long way along these.
    /// </remarks>
    private bool TryBend(double[] hessian)
    {
        // On a side that the step has met the way back leads along it.
        int[] met = [.. (Region?.Active(Ahead) ?? []).Select(side => side.Coordinate).OfType<int>()];
        var form = new AcrossForm(hessian, met.Length > 0 ? [.. step.Select((_, i) => i == met[0] ? 1.0 : 0)] : [.. step.Zip(scale!, (p, s) => p / (s * s))], met.ToHashSet());
        var isFirst = bends++ == 0;
        for (var damping = Math.Max(shift, Math.Pow(Stationarity.QuarterOfTheDigits, bends)); damping < MostDamping && bends <= MostBends; damping *= 10)
        {
            var back = form.Step(there.Gradient, damping);
            var way = back is null ? double.NaN : InUnits(back.Value.Step);
            if (way <= 0.5 * wayBack && back!.Value.Fall < 0.25 * toFall && Length(back.Value.Step) > Stationarity.UnitRoundoff * Scale)
            {
                (toFall, wayBack) = (back.Value.Fall, way);
                Inner.Add(1, back.Value.Step, Ahead);
                Region?.TryProject(Ahead);
                return true;
            }

            // Each is to leave less than half of what the one before has left.
            if (!isFirst && double.IsFinite(way))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The length of a step where curvatures are alike.</summary>
    private double InUnits(double[] way) => Length([.. way.Zip(scale!, (p, s) => p / s)]);

    /// <summary>Whether the least eigenvalue is zero against the largest entry: a valley floor, neither a minimum near nor a ridge.</summary>
    private bool IsFlat(double[] hessian) => ArrayFactors.Of(hessian, factor, pivots).TryFactor(LeastCurvature * largest) && !IsCurved(hessian);

    /// <summary>Whether every eigenvalue is clearly positive.</summary>
    private bool IsCurved(double[] hessian) => ArrayFactors.Of(hessian, factor, pivots).TryFactor(-LeastCurvature * largest);

    private bool TrySolve(double[] hessian, double sigma)
    {
        var factors = ArrayFactors.Of(hessian, factor, pivots);
        if (!factors.TryFactor(sigma))
        {
            return false;
        }

        for (var i = 0; i < D; i++)
        {
            step[i] = -slope[i] * (scale?[i] ?? 1);
        }

        factors.Substitute(new(step));
        for (var i = 0; i < D && scale is not null; i++)
        {
            step[i] *= scale[i];
        }

        return true;
    }
}
