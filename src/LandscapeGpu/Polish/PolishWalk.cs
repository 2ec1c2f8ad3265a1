namespace LandscapeGpu.Polish;

/// <summary>One point on its way to the stationary point it is near, by a damped Newton method.</summary>
/// <param name="d">The number of coordinates.</param>
/// <param name="sides">What the region's sides hold.</param>
/// <param name="isPlain">No step is made longer than Newton's.</param>
internal class PolishWalk(int d, HeldSides sides, bool isPlain) : Walk(d)
{
    // From here on steps shrink by a share, and do not double their digits.
    private const double Shrinking = 0.4;

    private NewtonPoint at;
    private (NewtonPoint At, double[] Point, double[] Gradient, double[] Errors, double[] Direction, (double, double) Moments) before;
    private bool hasLeapt;
    private bool hasStrayed;
    private double leash;
    private int beside;
    private double length;
    private bool wasPart;
    private bool isSlow;
    private bool cameFar;

    /// <summary>Where it began.</summary>
    private readonly double[] origin = new double[d];

    /// <summary>Bounds of the gradient's rounding at the point.</summary>
    public double[] Errors { get; } = new double[d];

    public double[] Direction { get; } = new double[d];

    /// <summary>The Hessian plus a multiple of the identity is to be solved.</summary>
    public bool IsShifted => at.IsShifted;

    public override double Value => at.Value;

    public override double Rounding => at.DoubtFrom(ErrorNorm, Uncertainty);

    public override double Norm => at.Norm;

    public override double Uncertainty => at.UncertaintyFrom(ErrorNorm, Reach);

    /// <summary>The gradient was zero to its rounding when steps still shrank by a share and the value would have shown the next: derivatives vanish there, and the minimum is farther away than the gradient tells.</summary>
    public override bool IsSlow => isSlow;

    /// <summary>What the last digits of coordinates do to the gradient may hide its slope along a valley whose walls are steep, and not what the value falls by; a step that was damped alike along all coordinates says nothing of that.</summary>
    public override bool IsOnFloor => IsStationary && (at.IsShifted || Math.Abs(at.Slope) > Stationarity.Margin * at.Rounding);

    /// <summary>The length of the bounds of the gradient's rounding.</summary>
    protected double ErrorNorm => Euclidean(Errors);

    /// <summary>What is known of the point.</summary>
    protected ref NewtonPoint At => ref at;

    /// <summary>What the region's sides hold.</summary>
    protected HeldSides Sides => sides;

    /// <summary>Whether a step that is longer than Newton's led to the point.</summary>
    protected virtual bool IsLong(NewtonPoint old) => old.Share > 1;

    /// <summary>Whether what is far away is not the stationary point that the restart came near to.</summary>
    protected virtual bool IsLeashed => true;

    /// <summary>Whether a multiple of the identity may be added to the Hessian.</summary>
    protected virtual bool Shifts => true;

    /// <summary>Newton's step.</summary>
    protected virtual double[] Newton => Direction;

    /// <summary>The gradient is zero to its rounding, or Newton's step leads nowhere that the value could tell.</summary>
    public override bool IsStationary => at.Steps > 0 && !hasStrayed && (sides.IsStationary(Point, Gradient, Errors) || at.PromisesNothing(Reach));

    /// <summary>What steps are short or long against.</summary>
    public double Reach => sides.Reach(Point);

    protected NewtonVectors<ArrayEntries> Vectors => new(new(Point), new(Gradient), new(origin), new(Direction), new(Ahead), D);

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        start.CopyTo(origin);
        leash = sides.Leash(origin);
        (at, beside, length, wasPart, hasLeapt, hasStrayed, isSlow, cameFar) = (NewtonPoint.Unknown(), 0, 0, false, false, false, false, false);
        at.IsPlain = isPlain;
    }

    public override WalkState Judge(Trial trial)
    {
        var old = at;
        var norm = sides.FreeNorm(Ahead, trial.Gradient);
        var verdict = at.Judge(trial.Value, trial.Rounding, norm, IsNearer(trial, norm));
        var share = at.Refusal;
        if (verdict != NewtonPoint.Taken && old.Steps > 0 && sides.CutsOff(Point, Direction, share))
        {
            if (TryAtSides(share))
            {
                return WalkState.Trying;
            }

            verdict = at.GoOnAlongSides(share);
        }

        switch (verdict)
        {
            case NewtonPoint.Taken:
                (hasLeapt, cameFar) = (IsLong(old), IsLong(old));
                if (hasLeapt)
                {
                    before = (old, [.. Point], [.. Gradient], [.. Errors], [.. Newton], Moments);
                }

                Ahead.CopyTo(Point, 0);
                trial.Gradient.CopyTo(Gradient, 0);
                trial.Errors.CopyTo(Errors, 0);
                Note(old);
                return WalkState.Turning;
            case NewtonPoint.Refused:
                if (!TryShorter())
                {
                    Vectors.Advance(at.Share);
                }

                return WalkState.Trying;
            default:
                if (at.Steps == 0)
                {
                    // A formula may not be finite at a point where the function is, as sin x/x at 0.
                    return TryBeside() ? WalkState.Trying : WalkState.Ended;
                }

                if (TryOther())
                {
                    return WalkState.Trying;
                }

                if (Shifts && at.NeedsShift && !IsStationary)
                {
                    at.Shift();
                    return WalkState.Turning;
                }

                return WalkState.Ended;
        }
    }

    /// <summary>Whether the gradient says that a trial point is nearer to a stationary one.</summary>
    /// <param name="trial">What is known there.</param>
    /// <param name="norm">‖∇f‖ there, of the directions that can move.</param>
    protected virtual bool IsNearer(Trial trial, double norm) => norm < at.Norm;

    /// <summary>Notes that a trial point was taken.</summary>
    /// <param name="old">What was known at the point before, and the step from there.</param>
    protected virtual void Note(NewtonPoint old)
    {
    }

    /// <summary>Tries a shorter direction in place of one that was refused; false where there is none.</summary>
    protected virtual bool TryShorter() => false;

    /// <summary>Tries another direction in place of one of which every share was refused; false where there is none.</summary>
    protected virtual bool TryOther() => false;

    /// <summary>Where sides cut off the share that was tried: what is tried instead, once for each direction.</summary>
    private bool TryAtSides(double share)
    {
        if (at.SideTrial < NewtonPoint.OntoSides && sides.TryOntoSides(Point, Gradient, Direction, share, Ahead))
        {
            at.TryAtSides(NewtonPoint.OntoSides, 0);
            return true;
        }

        if (at.SideTrial < NewtonPoint.ToFirstSide && sides.ShareToSide(Point, Direction, share) is > 0 and var toSide)
        {
            at.TryAtSides(NewtonPoint.ToFirstSide, toSide);
            Vectors.Advance(toSide);
            return true;
        }

        return false;
    }

    /// <summary>Takes the direction that was solved for; true if the walk has ended.</summary>
    public virtual bool Turn()
    {
        // Coordinates that have arrived tell nothing about how fast the others do, where theirs is most of the step.
        var (left, whole) = (0.0, 0.0);
        for (var i = 0; i < Direction.Length; i++)
        {
            left += Stationarity.IsZero(Gradient[i], Errors[i]) ? 0 : Direction[i] * Direction[i];
            whole += Direction[i] * Direction[i];
        }

        var isPart = left < 0.25 * whole;
        var next = Math.Sqrt(isPart ? left : whole);
        Vectors.Turn(ref at, Reach, at.Share == 1 && length > 0 && isPart == wasPart ? next / length : 0);
        wasPart = isPart;
        length = next;
        hasStrayed = IsLeashed && Vectors.HasStrayed(leash);
        if (hasStrayed || HasArrived() || at.IsOver)
        {
            return true;
        }

        Vectors.Advance(at.Share);
        return false;
    }

    /// <summary>Whether the walk has nowhere to go on to.</summary>
    protected virtual bool HasArrived()
    {
        isSlow = (cameFar || (at.Share == 1 && at.Ratio > Shrinking)) && Math.Abs(at.Slope) > Stationarity.Margin * at.Rounding;
        return IsStationary;
    }

    /// <summary>
    /// Takes back a step that was longer than Newton's where the Hessian curves down along it: it has crossed a ridge, as between two minima that look like one
    /// of x⁴ from afar, or a degenerate saddle. Newton's own is tried instead, and no longer one again.
    /// </summary>
    /// <param name="hessian">Entry (i, j) of the Hessian at the point.</param>
    public virtual bool TryReturn(Func<int, int, double> hessian)
    {
        if (!hasLeapt)
        {
            return false;
        }

        hasLeapt = false;
        var curvature = 0.0;
        for (var i = 0; i < Point.Length; i++)
        {
            for (var j = 0; j < Point.Length; j++)
            {
                curvature += (Point[i] - before.Point[i]) * hessian(i, j) * (Point[j] - before.Point[j]);
            }
        }

        if (curvature >= 0)
        {
            return false;
        }

        (at, Moments) = (before.At, before.Moments);
        (at.Share, at.IsPlain) = (1, true);
        before.Point.CopyTo(Point, 0);
        before.Gradient.CopyTo(Gradient, 0);
        before.Errors.CopyTo(Errors, 0);
        before.Direction.CopyTo(Direction, 0);
        Vectors.Advance(at.Share);
        return true;
    }

    /// <summary>Tries to begin a thousandth of what steps are short against beside the start, one way and then the other; false where both have been tried.</summary>
    private bool TryBeside()
    {
        if (beside == 2)
        {
            return false;
        }

        var length = (beside++ == 0 ? 1 : -1) * Math.ScaleB(sides.Reach(origin), -10) / Math.Sqrt(D);
        for (var i = 0; i < D; i++)
        {
            // No two coordinates by the same: differences of coordinates may be what is singular.
            Ahead[i] = origin[i] + (length * (1 + (i / (double)D)));
        }

        return true;
    }

    private static double Euclidean(double[] v)
    {
        double square = 0;
        foreach (var e in v)
        {
            // Where a bound holds, the error may be infinite.
            square += double.IsFinite(e) ? e * e : 0;
        }

        return Math.Sqrt(square);
    }
}
