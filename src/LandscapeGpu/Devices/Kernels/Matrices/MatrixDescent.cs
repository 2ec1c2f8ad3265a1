using LandscapeGpu.Compilation;

namespace LandscapeGpu.Devices.Kernels;

/// <summary>Descent of many restarts in lock step, by products of matrices for all of them.</summary>
/// <param name="objective">What is descended.</param>
/// <param name="options">How.</param>
/// <param name="device">Where.</param>
/// <param name="step">A step.</param>
/// <param name="byThreads">The same by a thread for each restart, where there is no room for so much at once.</param>
internal sealed class MatrixDescent(Objective objective, DescentOptions options, KernelDevice device, LockStep step, Func<CompiledDescent> byThreads) : CompiledDescent
{
    private readonly SliceLength slice = new();

    public LockStep Step => step;

    public override double FlopsPerStep => OperationCount.Flops(step.Program);

    public override Endpoints Run(RestartRange range, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        range.Starts.Validate(objective.Dimension);
        var (starts, most) = (new StartNumbers(range, objective.Dimension), device.Limits.Threads);
        var work = new KernelWork(device, typeof(SeatEnding<>).MakeGenericType(device.MemoryType(options.IsDouble)), Demand(starts), slice, batch => new MatrixBatch(batch, step, most));
        if (!work.Fits)
        {
            return byThreads().Run(range, progress, cancellation);
        }

        return work.Run(range.Count, starts.Batch, new()
        {
            Turns = step.Turns.Count,
            Dimension = objective.Dimension,
            Seed = range.Seed,
            First = range.First,
            StartKind = (int)starts.Kind,
        }, progress, cancellation);
    }

    private KernelDemand Demand(StartNumbers starts) => new()
    {
        IsDouble = options.IsDouble,
        StateElements = step.StateElements,
        Numbers = step.Numbers(objective, options),
        Integers = step.Integers,
        Common = starts.Common,
        GivenLength = starts.Kind == StartKind.Given ? starts.Dimension : 0,
        RowLength = starts.Dimension,
        DrawsStarts = true,
    };
}
