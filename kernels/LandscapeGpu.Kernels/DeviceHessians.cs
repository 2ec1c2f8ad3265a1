namespace LandscapeGpu.Kernels;

/// <summary>Hessians by an emitted program that writes all of one, or its product with a vector.</summary>
public static class DeviceHessians
{
    /// <summary>Writes the Hessian at a thread's point into its working space.</summary>
    public static void Compute<TCurvature, TMemory>(ThreadState<TMemory> own, NewtonPlan plan)
        where TCurvature : struct, IStep<TMemory>
        where TMemory : struct, IDeviceMemory<double>
    {
        var d = plan.Dimension;
        var curvature = default(TCurvature);
        own.Copy(plan.Point, plan.At, d);
        if (plan.Vector < 0)
        {
            curvature.Run(own.Memory, own.Thread, own.Threads, 0);
            own.Copy(plan.Result, plan.Hessian, d * d);
            return;
        }

        for (var j = 0; j < d; j++)
        {
            for (var i = 0; i < d; i++)
                own.Set(plan.Vector + i, i == j ? 1 : 0);
            curvature.Run(own.Memory, own.Thread, own.Threads, 0);
            // A row is as good as a column: the Hessian is symmetric.
            own.Copy(plan.Result, plan.Hessian + (j * d), d);
        }
    }
}
