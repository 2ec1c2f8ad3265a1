namespace LandscapeGpu.Kernels;

/// <summary>Polishing by one thread: takes an endpoint, walks it to the stationary point it is near, stores it, takes the next.</summary>
/// <remarks>
/// A step of a slice is one gradient and, where a trial point was accepted, one Hessian and its solution. A row of results is the
/// polished point and what <see cref="NewtonPlan.Beside"/> says.
/// </remarks>
public readonly struct NewtonLife<TDerivatives, TMemory> : IKernel<TMemory>
    where TDerivatives : struct, IDerivatives<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread)
    {
        var item = memory.GetHeld(thread);
        if (item == RestartLife.Done)
            return;
        var plan = NewtonPlan.Load(memory, launch.PlanAt);
        var own = new ThreadState<TMemory>(memory, StateTiles.PlaceOf(thread, launch.StateElements));
        var walk = new NewtonWalk<TDerivatives, TMemory>(own, plan);
        if (item >= 0)
            walk.Resume();
        for (var k = 0; k < launch.Steps; k++)
        {
            if (item < 0)
            {
                item = memory.TakeRestart();
                if (item >= launch.Count)
                {
                    item = RestartLife.Done;
                    break;
                }

                var given = item * (plan.Dimension + 1);
                for (var i = 0; i < plan.Dimension; i++)
                    own.Set(plan.X + i, memory.GetStart(given + i));
                own.Set(plan.Rounding, memory.GetStart(given + plan.Dimension));
                walk.Begin();
            }

            var ended = walk.Step();
            if (ended != 0)
            {
                Finish(own, plan, walk, item);
                memory.SetEnd(item, ended, walk.Evaluations);
                memory.CountEnd();
                item = RestartLife.None;
            }
        }

        if (item >= 0)
            walk.Pause();
        memory.SetHeld(thread, item);
    }

    private static void Finish(ThreadState<TMemory> own, NewtonPlan plan, NewtonWalk<TDerivatives, TMemory> walk, int item)
    {
        var d = plan.Dimension;
        var row = item * (d + NewtonPlan.Beside);
        var memory = own.Memory;
        var point = walk.At.Steps == 0 ? plan.X : plan.Point;
        for (var i = 0; i < d; i++)
            memory.SetPoint(row + i, own[point + i]);
        memory.SetPoint(row + d, walk.At.Steps == 0 ? double.NaN : walk.At.Value);
        memory.SetPoint(row + d + 1, walk.At.Norm);
        var (trace, square) = (0.0, 0.0);
        for (var i = 0; i < d; i++)
        {
            trace += own[plan.Hessian + (i * d) + i];
            square += own.Product(plan.Hessian + (i * d), plan.Hessian + (i * d), d);
        }

        // The normals' own κ is no part of the spectrum.
        memory.SetPoint(row + d + 2, trace - (plan.Normals * walk.Kappa));
        memory.SetPoint(row + d + 3, square - (plan.Normals * walk.Kappa * walk.Kappa));
        memory.SetPoint(row + d + 4, walk.At.Slope);
        memory.SetPoint(row + d + 5, walk.At.Length);
    }
}
