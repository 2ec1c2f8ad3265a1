namespace LandscapeGpu.Kernels;

/// <summary>The product of the Hessian at a point with a vector. Given: the point, then the vector. Row: the product.</summary>
public readonly struct HessianProduct<TDerivatives, TMemory> : IItem<TMemory>
    where TDerivatives : struct, IDerivatives<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    static bool IItem<TMemory>.Step(ThreadState<TMemory> own, Launch launch, int item, int step)
    {
        var memory = own.Memory;
        var plan = CurvaturePlan.Load(memory, launch.PlanAt);
        for (var i = 0; i < plan.Dimension; i++)
        {
            own.Set(plan.At + i, memory.GetStart((2 * item * plan.Dimension) + i));
            own.Set(plan.Vector + i, memory.GetStart((((2 * item) + 1) * plan.Dimension) + i));
        }

        TDerivatives.Curvature(memory, own.Place);
        for (var i = 0; i < plan.Dimension; i++)
        {
            memory.SetPoint((item * plan.Dimension) + i, own[plan.Result + i]);
        }

        return true;
    }
}
