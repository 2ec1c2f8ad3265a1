namespace LandscapeGpu.Kernels;

/// <summary>The damped Newton method of one thread, gradient by gradient.</summary>
/// <remarks>
/// The step solves the Hessian with raised pivots and is halved until the value falls; on a box, coordinates held at a bound
/// stay there. Factors, steps and decisions are the code of lanes.
/// </remarks>
public struct NewtonWalk<TDerivatives, TMemory>(ThreadState<TMemory> own, NewtonPlan plan)
    where TDerivatives : struct, IDerivatives<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    private readonly ThreadState<TMemory> own = own;
    private readonly NewtonPlan plan = plan;
    private NewtonPoint at;

    private readonly NewtonVectors<StateEntries<TMemory>> Vectors =>
        new(Entries(plan.Point), Entries(plan.Gradient), Entries(plan.Origin), Entries(plan.Direction), Entries(plan.X), plan.Dimension);

    public readonly NewtonPoint At => at;

    /// <summary>On a manifold: the eigenvalue given to its normals.</summary>
    public double Kappa { get; private set; }

    /// <summary>Gradients and Hessian-vector products so far.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Begins at the trial point.</summary>
    /// <param name="rounding">A bound of the value's rounding there.</param>
    public void Begin(double rounding)
    {
        own.Set(plan.Rounding, rounding);
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
        var isFirst = at.Steps == 0;
        var verdict = at.Judge(own[plan.Value], own[plan.Rounding], plan.FreeNorm(own, plan.X, plan.Slope));
        if (verdict == NewtonPoint.Taken)
        {
            own.Copy(plan.X, plan.Point, d);
            own.Copy(plan.Slope, plan.Gradient, d);
            return Turn();
        }

        var share = at.Refusal;
        if (!isFirst && plan.CutsOff(own, share))
        {
            if (TryAtSides(share))
            {
                return 0;
            }

            verdict = at.GoOnAlongSides(share);
        }

        if (verdict == NewtonPoint.Refused)
        {
            Advance();
            return 0;
        }

        if (isFirst || !at.NeedsShift)
        {
            return NewtonPlan.Settled;
        }

        at.Shift();
        return Turn();
    }

    /// <summary>Where sides cut off the share that was tried: what is tried instead, once for each direction.</summary>
    private bool TryAtSides(double share)
    {
        if (at.SideTrial < NewtonPoint.OntoSides && plan.TryOntoSides(own, share))
        {
            at.TryAtSides(NewtonPoint.OntoSides, 0);
            return true;
        }

        var toSide = at.SideTrial < NewtonPoint.ToFirstSide ? plan.ShareToSide(own, share) : 0;
        if (toSide > 0)
        {
            at.TryAtSides(NewtonPoint.ToFirstSide, toSide);
            Advance();
        }

        return toSide > 0;
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
        at.Softness = own[plan.Kept + 9];
        at.ShareAfterSides = own[plan.Kept + 10];
        at.SideTrial = (int)own[plan.Kept + 11];
        at.Least = own[plan.Kept + 12];
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
        own.Set(plan.Kept + 9, at.Softness);
        own.Set(plan.Kept + 10, at.ShareAfterSides);
        own.Set(plan.Kept + 11, at.SideTrial);
        own.Set(plan.Kept + 12, at.Least);
    }

    /// <summary>A new direction from the Hessian at the point.</summary>
    private int Turn()
    {
        var d = plan.Dimension;
        Kappa = DeviceHessians.Compute<TDerivatives, TMemory>(own, plan);
        Evaluations += d;

        for (var i = 0; i < d; i++)
        {
            var isHeld = plan.IsHeld(own, i, plan.Point, plan.Gradient);
            own.Set(plan.Direction + i, isHeld ? 0 : -own[plan.Gradient + i]);
            for (var j = 0; j < d; j++)
            {
                var isApart = isHeld || plan.IsHeld(own, j, plan.Point, plan.Gradient);
                own.Set(plan.Factor + (i * d) + j, isApart ? 0.0 : own[plan.Hessian + (i * d) + j]);
            }
        }

        var (factor, direction) = (Entries(plan.Factor), Entries(plan.Direction));
        if (at.IsShifted)
        {
            new ShiftedFactors<StateEntries<TMemory>>(factor, factor, Entries(plan.Pivots), d).Solve(direction);
        }
        else
        {
            RaisedFactors<Scalar, StateEntries<TMemory>>.Solve(factor, direction, d);
        }

        return Direct();
    }

    private int Direct()
    {
        var reach = plan.Reach(own, plan.Point);
        Vectors.Turn(ref at, reach);
        var strayed = Vectors.HasStrayed(plan.Leash(own));
        if (strayed || at.PromisesNothing(reach) || at.IsOver)
        {
            return strayed ? NewtonPlan.Strayed : NewtonPlan.Settled;
        }

        Advance();
        return 0;
    }

    private readonly void Advance()
    {
        Vectors.Advance(at.Share);
        Confine();
    }

    /// <summary>Brings the trial point back to the manifold.</summary>
    private readonly void Retract()
    {
        if (plan.Near < 0)
        {
            return;
        }

        own.Copy(plan.X, plan.Near, plan.Dimension);
        TDerivatives.Retract(own.Memory, own.Place);
        own.Copy(plan.On, plan.X, plan.Dimension);
    }

    /// <summary>Brings the trial point back into the box.</summary>
    private readonly void Confine()
    {
        for (var i = 0; plan.Box >= 0 && i < plan.Dimension; i++)
        {
            own.Set(plan.X + i, Math.Min(Math.Max(own[plan.X + i], plan.Bound(own, 2 * i)), plan.Bound(own, (2 * i) + 1)));
        }
    }

    private readonly StateEntries<TMemory> Entries(int at) => new(own, at);
}
