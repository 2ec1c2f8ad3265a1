namespace LandscapeGpu.Kernels;

/// <summary>The Hessian at a point. Given: the point. Row: d × d entries, row by row; on a manifold with an eigenvalue κ above all others along its normals.</summary>
public readonly struct HessianItem<TDerivatives, TMemory> : IItem<TMemory>
    where TDerivatives : struct, IDerivatives<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    static bool IItem<TMemory>.Step(ThreadState<TMemory> own, Launch launch, int item, int step)
    {
        var memory = own.Memory;
        var plan = NewtonPlan.Load(memory, launch.PlanAt);
        var (d, entries) = (plan.Dimension, plan.Dimension * plan.Dimension);
        for (var i = 0; i < d; i++)
        {
            own.Set(plan.Point + i, memory.GetStart((item * d) + i));
        }

        DeviceHessians.Compute<TDerivatives, TMemory>(own, plan);
        for (var e = 0; e < entries; e++)
        {
            memory.SetPoint((item * entries) + e, own[plan.Hessian + e]);
        }

        return true;
    }
}
