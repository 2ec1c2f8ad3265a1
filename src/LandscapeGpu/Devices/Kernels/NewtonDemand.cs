namespace LandscapeGpu.Devices.Kernels;

/// <summary>What kernels need that look at slope and Hessian: the emitted derivatives, their plan and memory.</summary>
internal sealed class NewtonDemand(Objective objective, KernelDevice device)
{
    private readonly KernelDerivatives derivatives = KernelDerivatives.Of(objective, device);

    /// <summary>The steps of an item are kept behind all else.</summary>
    public Launch Launch => new() { Dimension = objective.Dimension, PlanAt = derivatives.Integers().Length, StepsAt = derivatives.StateElements + Work };

    private int Work => NewtonPlan.WorkLength(objective.Dimension);

    /// <param name="kernel">An open generic struct, over the emitted derivatives and the device's memory.</param>
    public Type Over(Type kernel) => kernel.MakeGenericType(derivatives.Derived, device.MemoryType(isDouble: true));

    /// <param name="givenLength">Numbers that are given of each point.</param>
    /// <param name="rowLength">Numbers that each point results in.</param>
    /// <param name="cells">What points are told apart by, in the order of a <see cref="CellPlan"/>; none where they are not.</param>
    public KernelDemand Demand(int givenLength, int rowLength, double[]? cells = null)
    {
        var (numbers, bounds) = (derivatives.Numbers(objective), Bounds(objective.Region));
        return new()
        {
            IsDouble = true,
            StateElements = derivatives.StateElements + Work + 1,
            Numbers = [.. numbers, .. bounds, .. cells ?? []],
            Integers = [.. derivatives.Integers(), .. Plan(numbers.Length), numbers.Length + bounds.Length],
            GivenLength = givenLength,
            RowLength = rowLength,
        };
    }

    /// <summary>In the order in which <see cref="NewtonPlan"/> is read.</summary>
    private int[] Plan(int numbers)
    {
        var (programs, rounding) = (derivatives.Programs, derivatives.Rounding!);
        return
        [
            objective.Dimension, programs.X.Offset, derivatives.StateElements, programs.Value.Offset, programs.Gradient.Offset,
            programs.At.Offset, programs.Direction?.Offset ?? -1, programs.Result.Offset, programs.Normal?.Offset ?? -1,
            derivatives.Retraction?.Near.Offset ?? -1, derivatives.Retraction?.On.Offset ?? -1, objective.Region.Normals(objective.Dimension),
            objective.Region.Sides is null ? -1 : numbers,
            rounding.X.Offset, rounding.Inputs.Offset, rounding.Value.Offset, rounding.Gradient.Offset, rounding.ValueError.Offset, rounding.GradientError.Offset,
        ];
    }

    private static double[] Bounds(Region region) => region.Sides is { } sides
        ? [.. sides.Lower.Zip(sides.Upper).SelectMany(side => new[] { side.First, side.Second })]
        : [];
}
