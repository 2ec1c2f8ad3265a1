namespace LandscapeGpu.Polish;

/// <summary>A walk to a minimum where derivatives vanish in several orders: by Newton's steps, and longer ones where two of them have told the orders.</summary>
/// <param name="d">The number of coordinates.</param>
/// <param name="sides">What the region's sides hold.</param>
/// <param name="part">The share of the way to where derivatives vanish that a step makes.</param>
/// <param name="halvings">How often a step is halved before coordinates that have arrived are left out of it.</param>
internal sealed class OrdersWalk(int d, HeldSides sides, double part, int halvings) : MatrixWalk(d, sides, isPlain: true)
{
    // Where the gradient is rounding along some coordinates, two steps tell the orders along the others and a third makes use of them; twice that, and two more.
    private const int MostFurther = 8;

    private readonly MixedOrders orders = new(d) { Part = part };
    private bool isAlongOthers;
    private int further;
    private int refusals;
    private double last;
    private double beforeLast;
    private (NewtonPoint At, double[] Point, double[] Gradient, double[] Errors, double[] Direction)? arrived;

    /// <summary>A step that promises nothing says so only of the directions that it knows curvatures along, and one that is no shorter than the one before is on its way to infinity, where nothing ends that.</summary>
    public override bool IsStationary => base.IsStationary && (orders.IsWhole || Sides.IsStationary(Point, Gradient, Errors)) && (Sides.IsBounded || !IsLasting);

    private bool IsLasting => last > Stationarity.QuarterOfTheDigits * Reach && last > MixedOrders.MostRatio * beforeLast;

    protected override bool Shifts => false;

    /// <summary>Valleys are long; where the region has an end, so have they.</summary>
    protected override bool IsLeashed => !Sides.IsBounded;

    protected override double[] Newton => orders.Newton;

    protected override bool IsLong(NewtonPoint old) => orders.IsLeap;

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        orders.Forget();
        (isAlongOthers, further, last, beforeLast, arrived) = (false, 0, 0, 0, null);
    }

    public override WalkState Judge(Trial trial)
    {
        var state = base.Judge(trial);
        if (state == WalkState.Ended)
        {
            Settle();
        }

        return state;
    }

    public override bool Turn(double[] hessian)
    {
        (isAlongOthers, refusals) = (false, 0);
        orders.Solve(hessian, Direction, Errors, NewtonPoint.LongestStep * Reach);
        if (!Turn())
        {
            return false;
        }

        Settle();
        return true;
    }

    public override bool TryReturn(Func<int, int, double> hessian)
    {
        if (!base.TryReturn(hessian))
        {
            return false;
        }

        orders.Forget();
        Vectors.Turn(ref At, Reach, 0);
        Vectors.Advance(At.Share);
        return true;
    }

    /// <summary>By what of the gradient is more than rounding, each coordinate in the unit that its curvature gives it: of what has arrived there may be more than of what has not.</summary>
    protected override bool IsNearer(Trial trial, double norm) =>
        Sides.Left(Ahead, trial.Gradient, trial.Errors, orders.Scale) < Sides.Left(Point, Gradient, Errors, orders.Scale);

    protected override void Note(NewtonPoint old)
    {
        // One that was longer than Newton's is to be the last, and of one that leads nowhere nothing is learnt.
        var step = old.Share * old.Length;
        (beforeLast, last) = orders.IsLeap ? (0, 0) : step > Stationarity.HalfTheDigits * Reach ? (last, step) : (beforeLast, last);
        if (old.Share == 1 && !orders.IsLeap)
        {
            orders.Keep();
        }
        else
        {
            orders.Forget();
        }
    }

    /// <summary>Newton's step in place of a longer one; where neither that nor some shares of it are better, what of it is along coordinates that have not arrived.</summary>
    protected override bool TryShorter() => orders.IsLeap ? Take(() => orders.TakeNewton(Direction)) : ++refusals == halvings && TryOther();

    /// <summary>Once, what of Newton's step is along coordinates that have not arrived: along others rounding may hide all that a step gains.</summary>
    protected override bool TryOther()
    {
        var isFirst = !isAlongOthers;
        isAlongOthers = true;
        return isFirst && Sides.TryLeave(Point, Gradient, Errors, Direction) && Take(() => orders.SolveAlong(Direction));
    }

    private bool Take(Action direct)
    {
        direct();
        refusals = 0;
        Vectors.Turn(ref At, Reach, 0);
        Vectors.Advance(At.Share);
        return true;
    }

    /// <summary>Where the value shows what a step leaves, the point is not yet the minimum, even if the gradient cannot tell.</summary>
    protected override bool HasArrived()
    {
        if (!IsStationary)
        {
            return false;
        }

        if (Math.Abs(At.Slope) <= Stationarity.Margin * At.Rounding || further++ >= MostFurther)
        {
            return true;
        }

        arrived = (At, [.. Point], [.. Gradient], [.. Errors], [.. Direction]);
        return false;
    }

    /// <summary>Goes back to where the gradient was rounding last, where it is not any more.</summary>
    private void Settle()
    {
        if (IsStationary || arrived is not { } there)
        {
            return;
        }

        At = there.At;
        there.Point.CopyTo(Point, 0);
        there.Gradient.CopyTo(Gradient, 0);
        there.Errors.CopyTo(Errors, 0);
        there.Direction.CopyTo(Direction, 0);
    }
}
