namespace LandscapeGpu.Kernels;

/// <summary>What a thread sees at a point with bounds of rounding: whether it is stationary, and how far it is known. The decisions of lanes.</summary>
public static class RoundedLook
{
    /// <summary>Computes f, ∇f and their bounds at a point that is known to the rounding of its coordinates and of their unit.</summary>
    public static void At<TDerivatives, TMemory>(ThreadState<TMemory> own, NewtonPlan plan, int point)
        where TDerivatives : struct, IDerivatives<TMemory>
        where TMemory : struct, IDeviceMemory<double>
    {
        for (var i = 0; i < plan.Dimension; i++)
        {
            var x = own[point + i];
            own.Set(plan.RoundedX + i, x);
            own.Set(plan.Inputs + i, Math.Max(1, Math.Abs(x)));
        }

        TDerivatives.Rounded(own.Memory, own.Place);
    }

    /// <summary>Whether the gradient that was computed is zero to its rounding, but for coordinates that are held.</summary>
    public static bool IsStationary<TMemory>(ThreadState<TMemory> own, NewtonPlan plan)
        where TMemory : struct, IDeviceMemory<double>
    {
        for (var i = 0; i < plan.Dimension; i++)
        {
            if (!plan.IsHeld(own, i, plan.RoundedX, plan.RoundedSlope) && !Stationarity.IsZero(own[plan.RoundedSlope + i], own[plan.SlopeErrors + i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>‖bounds of the gradient's rounding‖: where a bound holds, slope and error may be infinite.</summary>
    public static double Error<TMemory>(ThreadState<TMemory> own, NewtonPlan plan)
        where TMemory : struct, IDeviceMemory<double>
    {
        var square = 0.0;
        for (var i = 0; i < plan.Dimension; i++)
        {
            var e = own[plan.SlopeErrors + i];
            square += NewtonPoint.IsFinite(e) ? e * e : 0;
        }

        return Math.Sqrt(square);
    }
}
