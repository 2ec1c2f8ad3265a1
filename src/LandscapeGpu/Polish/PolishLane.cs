using LandscapeGpu.Kernels;

namespace LandscapeGpu.Polish;

/// <summary>One point on its way to stationarity.</summary>
internal sealed class PolishLane(int d)
{
    private NewtonPoint at;
    private (NewtonPoint At, double[] Point, double[] Gradient, double[] Errors, double[] Direction) before;
    private bool hasLeapt;
    private int beside;

    public int Item { get; set; } = -1;

    public double[] Point { get; } = new double[d];

    public double[] Gradient { get; private set; } = new double[d];

    /// <summary>Where it began.</summary>
    public double[] Origin { get; } = new double[d];

    public double[] Trial { get; } = new double[d];

    public double[] TrialGradient { get; private set; } = new double[d];

    /// <summary>Bounds of the gradient's rounding at the point, and at the trial point.</summary>
    public double[] Errors { get; private set; } = new double[d];

    public double[] TrialErrors { get; private set; } = new double[d];

    public double[] Direction { get; } = new double[d];

    /// <summary>What is known at the point, and what is decided by it.</summary>
    public NewtonPoint At => at;

    public bool Turning { get; set; }

    /// <summary>1 + ‖x‖: distances are short or long against it.</summary>
    public double Reach => 1 + Euclidean(Point);

    /// <summary>What is as far away as the origin is not the stationary point the restart came near to.</summary>
    public bool HasStrayed
    {
        get
        {
            double square = 0;
            for (var i = 0; i < Point.Length; i++)
            {
                square += (Point[i] - Origin[i]) * (Point[i] - Origin[i]);
            }

            return Math.Sqrt(square) > 1 + Euclidean(Origin);
        }
    }

    /// <summary>How far the stationary point may be from where the walk ended: Newton's step, and as much again for the share of the gradient that is rounding.</summary>
    public double Uncertainty => at.UncertaintyFrom(Euclidean(Errors), Reach);

    public void Begin(int item, bool isPlain)
    {
        (Item, Turning, at, beside, hasLeapt) = (item, false, NewtonPoint.Unknown(), 0, false);
        at.IsPlain = isPlain;
    }

    /// <summary>
    /// Takes back a step that was longer than Newton's where the Hessian curves down along it: it has crossed a ridge, as between two minima that look like one
    /// of x⁴ from afar, or a degenerate saddle. Newton's own is tried instead, and no longer one again.
    /// </summary>
    /// <param name="hessian">Entry (i, j) of the Hessian at the point.</param>
    public bool TryReturn(Func<int, int, double> hessian)
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

        at = before.At;
        (at.Share, at.IsPlain, Turning) = (1, true, false);
        before.Point.CopyTo(Point, 0);
        before.Gradient.CopyTo(Gradient, 0);
        before.Errors.CopyTo(Errors, 0);
        before.Direction.CopyTo(Direction, 0);
        Advance();
        return true;
    }


    /// <summary>Tries to begin a thousandth of 1 + ‖x‖ beside the start, one way and then the other; false where both have been tried.</summary>
    public bool TryBeside()
    {
        if (beside == 2)
        {
            return false;
        }

        var length = (beside++ == 0 ? 1 : -1) * Math.ScaleB(1 + Euclidean(Origin), -10) / Math.Sqrt(Origin.Length);
        for (var i = 0; i < Trial.Length; i++)
        {
            // No two coordinates by the same: differences of coordinates may be what is singular.
            Trial[i] = Origin[i] + (length * (1 + (i / (double)Trial.Length)));
        }

        return true;
    }


    public void Accept(double value, double rounding, double norm)
    {
        hasLeapt = at.Share > 1;
        if (hasLeapt)
        {
            before = (at, [.. Point], [.. Gradient], [.. Errors], [.. Direction]);
        }

        at.Accept(value, rounding, norm);
        Trial.CopyTo(Point, 0);
        (Gradient, TrialGradient) = (TrialGradient, Gradient);
        (Errors, TrialErrors) = (TrialErrors, Errors);
    }

    /// <summary>Takes the direction that was solved for.</summary>
    public void Turn()
    {
        Turning = false;
        double slope = 0, square = 0;
        for (var i = 0; i < Direction.Length; i++)
        {
            // Where a bound holds, the slope may be infinite.
            slope += Direction[i] == 0 ? 0 : Direction[i] * Gradient[i];
            square += Direction[i] * Direction[i];
        }

        at.Turn(slope, Math.Sqrt(square), Reach);
    }

    /// <summary>Asks for another direction, from the Hessian plus a multiple of the identity.</summary>
    public void Shift()
    {
        at.Shift();
        Turning = true;
    }

    /// <summary>Tries half as much of the direction.</summary>
    public void Halve() => at.Share *= 0.5;

    public void Advance()
    {
        for (var i = 0; i < Point.Length; i++)
        {
            Trial[i] = Point[i] + (at.Share * Direction[i]);
        }
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
