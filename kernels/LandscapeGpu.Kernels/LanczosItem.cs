namespace LandscapeGpu.Kernels;

/// <summary>Lanczos' method for the Hessian at a point, one product a step. Given: the point, then a start vector.</summary>
/// <remarks>
/// Every new vector is made orthogonal to all others, twice (G. Golub, C. Van Loan, Matrix Computations, 4th edition, 2013, §10.3). The
/// row: how many vectors the basis has, the largest ‖Hv‖ seen, then three numbers for each Ritz value θ: θ itself, the squared first
/// entry of its vector (the weight of Gauss' quadrature) and ‖H y − θ y‖, of the last entry. The basis ends early where it is invariant. The host has the recurrence
/// once more (KrylovSpace): restarted, with a list of vectors that grows and a callback for products, none of which a kernel can have.
/// </remarks>
public readonly struct LanczosItem<TDerivatives, TMemory> : IItem<TMemory>
    where TDerivatives : struct, IDerivatives<TMemory>
    where TMemory : struct, IDeviceMemory<double>
{
    static bool IItem<TMemory>.Step(ThreadState<TMemory> own, Launch launch, int item, int step)
    {
        var plan = CurvaturePlan.Load(own.Memory, launch.PlanAt);
        var (d, space) = (plan.Dimension, new KrylovPlaces(plan.Work, plan.Dimension, plan.Most));
        if (step == 0)
        {
            Begin(own, plan, item);
        }

        own.Copy(plan.Vector, space.Basis(step), d);
        TDerivatives.Curvature(own.Memory, own.Place);
        var size = own.Norm(plan.Result, d);
        if (step > 0)
        {
            size = Math.Max(size, own[space.Size]);
        }

        own.Set(space.Size, size);
        own.Set(space.Diagonal + step, Orthogonalise(own, plan, space, step));
        var outside = own.Norm(plan.Result, d);
        own.Set(space.Off + step, outside);
        if (step + 1 >= plan.Most || step + 1 >= d || outside <= Stationarity.SumOfRoundings * size || !NewtonPoint.IsFinite(outside))
        {
            Finish(own, space, (item * ((3 * plan.Most) + 2)), step + 1);
            return true;
        }

        for (var i = 0; i < d; i++)
        {
            own.Set(plan.Vector + i, own[plan.Result + i] / outside);
        }

        return false;
    }

    private static void Begin(ThreadState<TMemory> own, CurvaturePlan plan, int item)
    {
        var d = plan.Dimension;
        for (var i = 0; i < d; i++)
        {
            own.Set(plan.At + i, own.Memory.GetStart((2 * item * d) + i));
            own.Set(plan.Vector + i, own.Memory.GetStart((((2 * item) + 1) * d) + i));
        }

        var length = own.Norm(plan.Vector, d);
        for (var i = 0; i < d; i++)
        {
            own.Set(plan.Vector + i, own[plan.Vector + i] / length);
        }
    }

    /// <summary>Takes from the product its part inside the subspace, twice over; returns its part along the last vector.</summary>
    private static double Orthogonalise(ThreadState<TMemory> own, CurvaturePlan plan, KrylovPlaces space, int last)
    {
        var inside = 0.0;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i <= last; i++)
            {
                var along = own.Product(space.Basis(i), plan.Result, plan.Dimension);
                own.Add(-along, space.Basis(i), plan.Result, plan.Dimension);
                inside += i == last ? along : 0;
            }
        }

        return inside;
    }

    private static void Finish(ThreadState<TMemory> own, KrylovPlaces space, int row, int count)
    {
        var outside = own[space.Off + count - 1];
        for (var k = 0; k < count; k++)
        {
            own.Set(space.FirstRow + k, k == 0 ? 1.0 : 0.0);
            own.Set(space.LastRow + k, k == count - 1 ? 1.0 : 0.0);
        }

        StateEntries<TMemory> diagonal = new(own, space.Diagonal), off = new(own, space.Off);
        TridiagonalQl<StateEntries<TMemory>, EndEntries<TMemory>>.Solve(diagonal, off, count, 0, new(own, space));
        var memory = own.Memory;
        memory.SetPoint(row, count);
        memory.SetPoint(row + 1, own[space.Size]);
        for (var k = 0; k < count; k++)
        {
            var at = row + 2 + (3 * k);
            var first = own[space.FirstRow + k];
            memory.SetPoint(at, own[space.Diagonal + k]);
            memory.SetPoint(at + 1, first * first);
            memory.SetPoint(at + 2, outside * Math.Abs(own[space.LastRow + k]));
        }
    }
}
