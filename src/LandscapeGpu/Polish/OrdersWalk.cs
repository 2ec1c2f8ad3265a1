namespace LandscapeGpu.Polish;

/// <summary>A walk to a minimum where derivatives vanish in several orders: by Newton's steps, and longer ones where two of them have told the orders.</summary>
/// <param name="d">The number of coordinates.</param>
/// <param name="sides">What the region's sides hold.</param>
/// <param name="part">The share of the way to where derivatives vanish that a step makes.</param>
internal sealed class OrdersWalk(int d, HeldSides sides, double part) : PolishWalk(d, sides, isPlain: true)
{
    // Where the gradient is rounding along some coordinates, two steps tell the orders along the others and a third makes use of them; twice that, and two more.
    private const int MostFurther = 8;

    private readonly MixedOrders orders = new(d) { Part = part };
    private bool isAlongOthers;
    private int further;
    private (NewtonPoint At, double[] Point, double[] Gradient, double[] Errors, double[] Direction)? arrived;

    protected override double[] Newton => orders.Newton;

    protected override bool IsLong(NewtonPoint old) => orders.IsLeap;

    public override void Begin(int item, ReadOnlySpan<double> start)
    {
        base.Begin(item, start);
        orders.Forget();
        (isAlongOthers, further, arrived) = (false, 0, null);
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

    /// <summary>Takes a new direction; true if the walk has ended.</summary>
    /// <param name="hessian">The Hessian at the point, without what sides hold.</param>
    public bool Turn(double[] hessian)
    {
        orders.Solve(hessian, Direction);
        isAlongOthers = false;
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
        Vectors.Turn(ref At, 0);
        Vectors.Advance(At.Share);
        return true;
    }

    /// <summary>By what of the gradient is more than rounding, each coordinate in the unit that its curvature gives it: of what has arrived there may be more than of what has not.</summary>
    protected override bool IsNearer(Trial trial, double norm) =>
        Sides.Left(Ahead, trial.Gradient, trial.Errors, orders.Scale) < Sides.Left(Point, Gradient, Errors, orders.Scale);

    protected override void Note(NewtonPoint old)
    {
        if (old.Share == 1 && !orders.IsLeap)
        {
            orders.Keep();
        }
        else
        {
            orders.Forget();
        }
    }

    /// <summary>Newton's step in place of a longer one, and then, once, what of it is along coordinates that have not arrived.</summary>
    protected override bool TryOther()
    {
        if (orders.IsLeap)
        {
            orders.TakeNewton(Direction);
        }
        else if (!isAlongOthers && Sides.TryLeave(Point, Gradient, Errors, Direction))
        {
            isAlongOthers = true;
            orders.SolveAlong(Direction);
        }
        else
        {
            return false;
        }

        Vectors.Turn(ref At, 0);
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
