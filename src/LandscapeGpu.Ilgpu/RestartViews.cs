using ILGPU;

namespace LandscapeGpu.Ilgpu;

/// <summary>The views of a batch that do not depend on the precision.</summary>
internal readonly struct RestartViews(
    ArrayView<int> integers, ArrayView<double> starts, ArrayView<int> held, ArrayView<int> outcomes, ArrayView<int> steps, ArrayView<int> counters)
{
    public ArrayView<int> Integers { get; } = integers;

    public ArrayView<double> Starts { get; } = starts;

    public ArrayView<int> Held { get; } = held;

    /// <summary>How restarts ended, and after how many steps.</summary>
    public ArrayView<int> Outcomes { get; } = outcomes;

    public ArrayView<int> Steps { get; } = steps;

    /// <summary>Restarts begun, and restarts ended.</summary>
    public ArrayView<int> Counters { get; } = counters;

    public void SetEnd(int restart, int outcome, int steps)
    {
        GlobalMemory.Store(ref Outcomes[restart], 0, outcome);
        GlobalMemory.Store(ref Steps[restart], 0, steps);
    }
}
