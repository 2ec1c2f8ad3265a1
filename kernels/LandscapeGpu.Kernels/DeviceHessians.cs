namespace LandscapeGpu.Kernels;

/// <summary>Hessians by an emitted program that writes all of one, or its product with a vector.</summary>
public static class DeviceHessians
{
    /// <summary>Writes the Hessian at a thread's point into its working space; on a manifold with κ along the normals, which it returns.</summary>
    public static double Compute<TDerivatives, TMemory>(ThreadState<TMemory> own, NewtonPlan plan)
        where TDerivatives : struct, IDerivatives<TMemory>
        where TMemory : struct, IDeviceMemory<double>
    {
        var d = plan.Dimension;
        own.Copy(plan.Point, plan.At, d);
        if (plan.Vector < 0)
        {
            TDerivatives.Curvature(own.Memory, own.Place);
            own.Copy(plan.Result, plan.Hessian, d * d);
            return 0;
        }

        for (var j = 0; j < d; j++)
        {
            for (var i = 0; i < d; i++)
            {
                own.Set(plan.Vector + i, i == j ? 1.0 : 0.0);
            }

            TDerivatives.Curvature(own.Memory, own.Place);
            // A row is as good as a column: the Hessian is symmetric.
            own.Copy(plan.Result, plan.Hessian + (j * d), d);
            if (plan.Normal >= 0)
            {
                own.Copy(plan.Normal, plan.Factor + (j * d), d);
            }
        }

        if (plan.Normal < 0)
        {
            return 0;
        }
        // No eigenvalue exceeds Frobenius' norm.
        var norm = own.Norm(plan.Hessian, d * d);
        var kappa = norm > 0 ? 2 * norm : 1;
        own.Add(kappa, plan.Factor, plan.Hessian, d * d);
        return kappa;
    }
}
