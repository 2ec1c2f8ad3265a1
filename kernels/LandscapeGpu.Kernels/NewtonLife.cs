namespace LandscapeGpu.Kernels;

/// <summary>Polishing by one thread: takes an endpoint, walks it to the stationary point it is near, decides whether it has arrived, stores it, takes the next.</summary>
/// <remarks>
/// A step of a slice is a look at the rounding, or one gradient and, where a trial point was accepted, one Hessian and its solution. A row of
/// results is the polished point and what <see cref="NewtonPlan.Beside"/> says.
/// </remarks>
public readonly struct NewtonLife<TDerivatives, TMemory> : IKernel<TMemory>
    where TDerivatives : struct, IDerivatives<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var item = memory.GetHeld(thread);
        if (item == RestartLife.Done)
        {
            return;
        }

        var plan = NewtonPlan.Load(memory, launch.PlanAt);
        var own = new ThreadState<TMemory>(memory, StateTiles.PlaceOf(thread, launch.StateElements));
        var walk = new NewtonWalk<TDerivatives, TMemory>(own, plan);
        if (item >= 0)
        {
            walk.Resume();
        }

        for (var k = 0; k < launch.Steps; k++)
        {
            var isNew = item < 0;
            var ended = 0;
            if (isNew)
            {
                item = memory.TakeRestart();
                if (item >= launch.Count)
                {
                    item = RestartLife.Done;
                    break;
                }

                for (var i = 0; i < plan.Dimension; i++)
                {
                    own.Set(plan.X + i, memory.GetStart((item * plan.Dimension) + i));
                }
            }
            else
            {
                ended = walk.Step();
            }

            if (!isNew && ended == 0)
            {
                continue;
            }
            // Where a walk begins and where it ends, in one place: the code is long, and threads of a warp look together.
            RoundedLook.At<TDerivatives, TMemory>(own, plan, isNew ? plan.X : End(walk, plan));
            if (isNew || GoesOn(own, plan, walk, item, ended))
            {
                own.Set(plan.Before, isNew ? 0 : walk.Evaluations);
                if (!isNew)
                {
                    own.Copy(plan.RoundedX, plan.X, plan.Dimension);
                }

                walk.Begin(own[plan.ValueError]);
            }
            else
            {
                item = RestartLife.None;
            }
        }

        if (item >= 0)
        {
            walk.Pause();
        }

        memory.SetHeld(thread, item);
    }

    private static int End(NewtonWalk<TDerivatives, TMemory> walk, NewtonPlan plan) => walk.At.Steps == 0 ? plan.X : plan.Point;

    /// <summary>Decides about the point that was looked at, and stores it; answers whether another walk from it is worth it.</summary>
    private static bool GoesOn(ThreadState<TMemory> own, NewtonPlan plan, NewtonWalk<TDerivatives, TMemory> walk, int item, int ended)
    {
        var at = walk.At;
        var norm = plan.FreeNorm(own, plan.RoundedX, plan.RoundedSlope);
        at.Accept(own[plan.RoundedValue], own[plan.ValueError], norm);
        var reach = plan.Reach(own, plan.RoundedX);
        var isStationary = ended != NewtonPlan.Strayed && NewtonPoint.IsFinite(at.Value) && NewtonPoint.IsFinite(norm)
            && (RoundedLook.IsStationary(own, plan) || at.PromisesNothing(reach));
        var uncertainty = at.UncertaintyFrom(RoundedLook.Error(own, plan), reach);
        var before = (int)own[plan.Before];
        if (isStationary || before == 0)
        {
            Store(own, plan, walk, at, uncertainty, item);
        }
        // The bound that a walk is given is of where it begins; from where it ended, with the bound of that place, it sees more. One that had come
        // near when its steps were used up needs a few more.
        if (!isStationary && before == 0 && norm >= 0
            && (Stationarity.Margin * at.Rounding < own[plan.Rounding] || uncertainty < 0.5 * Stationarity.QuarterOfTheDigits * reach))
        {
            return true;
        }

        own.Memory.SetEnd(item, isStationary ? NewtonPlan.Stationary : NewtonPlan.Elsewhere, before + walk.Evaluations);
        own.Memory.CountEnd();
        return false;
    }

    private static void Store(ThreadState<TMemory> own, NewtonPlan plan, NewtonWalk<TDerivatives, TMemory> walk, NewtonPoint at, double uncertainty, int item)
    {
        var d = plan.Dimension;
        var row = item * (d + NewtonPlan.Beside);
        var memory = own.Memory;
        for (var i = 0; i < d; i++)
        {
            memory.SetPoint(row + i, own[plan.RoundedX + i]);
        }

        memory.SetPoint(row + d, at.Value);
        memory.SetPoint(row + d + 1, at.Norm);
        var (trace, square) = (0.0, 0.0);
        for (var i = 0; i < d; i++)
        {
            trace += own[plan.Hessian + (i * d) + i];
            square += own.Product(plan.Hessian + (i * d), plan.Hessian + (i * d), d);
        }

        // The normals' own κ is no part of the spectrum.
        memory.SetPoint(row + d + 2, trace - (plan.Normals * walk.Kappa));
        memory.SetPoint(row + d + 3, square - (plan.Normals * walk.Kappa * walk.Kappa));
        memory.SetPoint(row + d + 4, at.DoubtFrom(RoundedLook.Error(own, plan), uncertainty));
        memory.SetPoint(row + d + 5, uncertainty);
        memory.SetPoint(row + d + 6, 0);
    }
}
