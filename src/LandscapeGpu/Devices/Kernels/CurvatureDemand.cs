namespace LandscapeGpu.Devices.Kernels;

/// <summary>What kernels that multiply Hessians with vectors need: the emitted product, its plan and memory.</summary>
/// <param name="objective">Whose Hessian is meant.</param>
/// <param name="device">Where it is multiplied.</param>
/// <param name="basis">How many vectors Lanczos' basis may have; 0 without one.</param>
internal sealed class CurvatureDemand(Objective objective, KernelDevice device, int basis)
{
    private readonly KernelDerivatives derivatives = KernelDerivatives.Of(objective, device, productsOnly: true);

    public Launch Launch => new() { Dimension = objective.Dimension, PlanAt = derivatives.Integers().Length, StepsAt = derivatives.StateElements };

    /// <param name="item">An open generic item, over the emitted derivatives and the device's memory.</param>
    public Type KernelOf(Type item)
    {
        var memory = device.MemoryType(isDouble: true);
        return typeof(ItemLife<,>).MakeGenericType(item.MakeGenericType(derivatives.Derived, memory), memory);
    }

    public KernelDemand Demand(int rowLength)
    {
        var programs = derivatives.Programs;
        var work = derivatives.StateElements + 1;
        return new()
        {
            IsDouble = true,
            StateElements = work + (basis == 0 ? 0 : KrylovPlaces.Length(objective.Dimension, basis)),
            Numbers = derivatives.Numbers(objective),
            // In the order in which CurvaturePlan is read.
            Integers = [.. derivatives.Integers(), objective.Dimension, programs.At.Offset, programs.Direction!.Offset, programs.Result.Offset, work, basis],
            GivenLength = 2 * objective.Dimension,
            RowLength = rowLength,
        };
    }
}
