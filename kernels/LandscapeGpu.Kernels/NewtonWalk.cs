namespace LandscapeGpu.Kernels;

/// <summary>The damped Newton method of one thread, gradient by gradient.</summary>
/// <remarks>
/// As on lanes: the step solves the Hessian with raised pivots and is halved until the value falls; on a box, coordinates held at a bound
/// stay there. What is decided is in <see cref="NewtonPoint"/>.
/// </remarks>
public struct NewtonWalk<TDerivatives, TMemory>(ThreadState<TMemory> own, NewtonPlan plan)
    where TDerivatives : struct, IDerivatives<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    private readonly ThreadState<TMemory> own = own;
    private readonly NewtonPlan plan = plan;
    private NewtonPoint at;

    public readonly NewtonPoint At => at;

    /// <summary>On a manifold: the eigenvalue given to its normals.</summary>
    public double Kappa { get; private set; }

    /// <summary>Gradients and Hessian-vector products so far.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Begins at the trial point.</summary>
    public void Begin()
    {
        at = NewtonPoint.Unknown();
        at.IsPlain = true;
        Kappa = 0;
        Evaluations = 0;
        Confine();
        own.Copy(plan.X, plan.Origin, plan.Dimension);
    }

    /// <summary>Looks at the trial point and chooses the next; answers how the walk ended, or 0 if it goes on.</summary>
    public int Step()
    {
        var d = plan.Dimension;
        Retract();
        TDerivatives.Slope(own.Memory, own.Place);
        Evaluations++;
        var (value, norm) = (own[plan.Value], FreeNorm());
        var rounding = own[plan.Rounding];
        if (at.Accepts(value, rounding, norm))
        {
            at.Accept(value, rounding, norm);
            own.Copy(plan.X, plan.Point, d);
            own.Copy(plan.Slope, plan.Gradient, d);
            return Turn();
        }

        if (at.Steps == 0)
            return NewtonPlan.Settled;
        at.Share *= 0.5;
        if (at.NeedsShift)
        {
            at.Shift();
            return Turn();
        }

        if (at.IsExhausted)
            return NewtonPlan.Settled;
        Advance();
        return 0;
    }

    /// <summary>Reads what was kept between slices.</summary>
    public void Resume()
    {
        at.Steps = (int)own[plan.Kept];
        at.Value = own[plan.Kept + 1];
        at.Norm = own[plan.Kept + 2];
        at.Slope = own[plan.Kept + 3];
        at.Share = own[plan.Kept + 4];
        at.Ratio = own[plan.Kept + 5];
        at.Length = own[plan.Kept + 6];
        at.Rounding = own[plan.Rounding];
        at.IsPlain = true;
        Kappa = own[plan.Kept + 7];
        Evaluations = (int)own[plan.Kept + 8];
    }

    /// <summary>Keeps what the next slice needs.</summary>
    public readonly void Pause()
    {
        own.Set(plan.Kept, at.Steps);
        own.Set(plan.Kept + 1, at.Value);
        own.Set(plan.Kept + 2, at.Norm);
        own.Set(plan.Kept + 3, at.Slope);
        own.Set(plan.Kept + 4, at.Share);
        own.Set(plan.Kept + 5, at.Ratio);
        own.Set(plan.Kept + 6, at.Length);
        own.Set(plan.Kept + 7, Kappa);
        own.Set(plan.Kept + 8, Evaluations);
    }

    /// <summary>A new direction from the Hessian at the point.</summary>
    private int Turn()
    {
        var d = plan.Dimension;
        Kappa = DeviceHessians.Compute<TDerivatives, TMemory>(own, plan);
        Evaluations += d;

        for (var i = 0; i < d; i++)
        {
            var isHeld = IsHeld(i, plan.Point, plan.Gradient);
            own.Set(plan.Direction + i, isHeld ? 0 : -own[plan.Gradient + i]);
            for (var j = 0; j < d; j++)
            {
                var isApart = isHeld || IsHeld(j, plan.Point, plan.Gradient);
                own.Set(plan.Factor + (i * d) + j, isApart ? 0.0 : own[plan.Hessian + (i * d) + j]);
            }
        }

        var system = new LinearSystem(plan.Factor, plan.Direction, plan.Pivots, d);
        if (at.IsShifted)
            ShiftedFactors.Solve(own, system);
        else
            RaisedFactors.Solve(own, system);
        return Direct();
    }

    private int Direct()
    {
        var d = plan.Dimension;
        var reach = 1 + own.Norm(plan.Point, d);
        at.Turn(Slope(), own.Norm(plan.Direction, d), reach);
        // What is as far away as the origin is not the stationary point the restart came near to.
        var strayed = Distance() > 1 + own.Norm(plan.Origin, d);
        var settled = at.PromisesNothing(reach);
        if (settled || strayed || at.IsOver)
            return strayed ? NewtonPlan.Strayed : NewtonPlan.Settled;
        Advance();
        return 0;
    }

    private readonly void Advance()
    {
        for (var i = 0; i < plan.Dimension; i++)
            own.Set(plan.X + i, own[plan.Point + i] + (at.Share * own[plan.Direction + i]));
        Confine();
    }

    /// <summary>Brings the trial point back to the manifold.</summary>
    private readonly void Retract()
    {
        if (plan.Near < 0)
            return;
        own.Copy(plan.X, plan.Near, plan.Dimension);
        TDerivatives.Retract(own.Memory, own.Place);
        own.Copy(plan.On, plan.X, plan.Dimension);
    }

    /// <summary>Brings the trial point back into the box.</summary>
    private readonly void Confine()
    {
        for (var i = 0; plan.Box >= 0 && i < plan.Dimension; i++)
            own.Set(plan.X + i, Math.Min(Math.Max(own[plan.X + i], Bound(2 * i)), Bound((2 * i) + 1)));
    }

    private readonly bool IsHeld(int i, int point, int gradient)
    {
        if (plan.Box < 0)
            return false;
        var (x, g) = (own[point + i], own[gradient + i]);
        return (x <= Bound(2 * i) && g > 0) || (x >= Bound((2 * i) + 1) && g < 0);
    }

    private readonly double Bound(int k) => own.Memory.LoadNumber(plan.Box + k, 0);

    private readonly double FreeNorm()
    {
        var square = 0.0;
        for (var i = 0; i < plan.Dimension; i++)
        {
            var g = own[plan.Slope + i];
            square += IsHeld(i, plan.X, plan.Slope) ? 0 : g * g;
        }

        return Math.Sqrt(square);
    }

    /// <summary>∇f·p; where a bound holds, the slope may be infinite and p is 0.</summary>
    private readonly double Slope()
    {
        var slope = 0.0;
        for (var i = 0; i < plan.Dimension; i++)
        {
            var p = own[plan.Direction + i];
            slope += p == 0 ? 0 : p * own[plan.Gradient + i];
        }

        return slope;
    }

    private readonly double Distance()
    {
        var square = 0.0;
        for (var i = 0; i < plan.Dimension; i++)
        {
            var step = own[plan.Point + i] - own[plan.Origin + i];
            square += step * step;
        }

        return Math.Sqrt(square);
    }
}
