namespace LandscapeGpu.Kernels;

/// <summary>Gradients and Hessians on a product of spheres, in one thread's state.</summary>
/// <remarks>H ↦ PHP − D P + κN, as a matrix of the surrounding space: κ, larger than any eigenvalue, keeps the normals apart.</remarks>
public static class SphereBlocks
{
    /// <summary>Divides each block of the trial point by its length.</summary>
    public static void Retract<TMemory>(ThreadState<TMemory> own, NewtonPlan plan)
        where TMemory : struct, IDeviceMemory<double>
    {
        for (var begin = plan.X; begin < plan.X + plan.Dimension; begin += plan.Block)
        {
            var length = own.Norm(begin, plan.Block);
            for (var i = begin; i < begin + plan.Block; i++)
                own.Set(i, own[i] / length);
        }
    }

    /// <summary>Takes from the trial gradient its part along the trial point, block by block.</summary>
    public static void Project<TMemory>(ThreadState<TMemory> own, NewtonPlan plan)
        where TMemory : struct, IDeviceMemory<double>
    {
        for (var begin = 0; begin < plan.Dimension; begin += plan.Block)
        {
            var along = own.Product(plan.TrialGradient + begin, plan.X + begin, plan.Block);
            own.Add(-along, plan.X + begin, plan.TrialGradient + begin, plan.Block);
        }
    }

    /// <summary>Makes the Hessian of the surrounding space that of the spheres; returns κ.</summary>
    public static double Apply<TMemory>(ThreadState<TMemory> own, NewtonPlan plan)
        where TMemory : struct, IDeviceMemory<double>
    {
        var d = plan.Dimension;
        var largest = Contract(own, plan);
        var steepest = 0.0;
        for (var b = 0; b < plan.Blocks; b++)
            steepest = Math.Max(steepest, Math.Abs(own[plan.SphereAlong + b]));

        // Gershgorin: no eigenvalue of the projected matrix exceeds d times its largest entry and the largest |xᵀ∇f|.
        var kappa = 1 + (2 * d * largest) + (2 * steepest);
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                var (b, c) = (i / plan.Block, j / plan.Block);
                var (x, y) = (own[plan.Point + i], own[plan.Point + j]);
                var e = own[plan.Hessian + (i * d) + j];
                e += (-x * own[plan.SphereRows + (b * d) + j]) - (own[plan.SphereRows + (c * d) + i] * y)
                    + (x * y * own[plan.SphereCorners + (b * plan.Blocks) + c]);
                if (b == c)
                {
                    var along = own[plan.SphereAlong + b];
                    e += (along * x * y) + (kappa * x * y) - (i == j ? along : 0);
                }

                own.Set(plan.Hessian + (i * d) + j, e);
            }
        }

        return kappa;
    }

    /// <summary>xᵀH of each block's rows, xᵀHx of each pair of blocks, xᵀ∇f of each block; returns the largest entry of H.</summary>
    private static double Contract<TMemory>(ThreadState<TMemory> own, NewtonPlan plan)
        where TMemory : struct, IDeviceMemory<double>
    {
        var d = plan.Dimension;
        for (var e = plan.SphereRows; e < plan.SphereAlong + plan.Blocks; e++)
            own.Set(e, 0);
        var largest = 0.0;
        for (var i = 0; i < d; i++)
        {
            var (b, x) = (i / plan.Block, own[plan.Point + i]);
            own.Set(plan.SphereAlong + b, own[plan.SphereAlong + b] + (x * own[plan.Ambient + i]));
            for (var j = 0; j < d; j++)
                largest = Math.Max(largest, Math.Abs(own[plan.Hessian + (i * d) + j]));
            own.Add(x, plan.Hessian + (i * d), plan.SphereRows + (b * d), d);
        }

        for (var b = 0; b < plan.Blocks; b++)
        {
            for (var c = 0; c < plan.Blocks; c++)
            {
                var begin = c * plan.Block;
                own.Set(plan.SphereCorners + (b * plan.Blocks) + c, own.Product(plan.SphereRows + (b * d) + begin, plan.Point + begin, plan.Block));
            }
        }

        return largest;
    }
}
