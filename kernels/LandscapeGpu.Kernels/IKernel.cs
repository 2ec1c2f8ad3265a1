namespace LandscapeGpu.Kernels;

/// <summary>What every thread of a launch runs, until its slice of steps or the items are used up.</summary>
/// <typeparam name="TMemory">Through what it reaches the launch's memory.</typeparam>
public interface IKernel<TMemory>
    where TMemory : struct
{
    static abstract void Run(TMemory memory, Launch launch, int thread);
}

/// <summary>Descent of restarts by an emitted step.</summary>
public readonly struct Descending<TStep, TMemory> : IKernel<TMemory>
    where TStep : struct, IDescentStep<TMemory>
    where TMemory : struct, IDeviceMemory
{
    static void IKernel<TMemory>.Run(TMemory memory, Launch launch, int thread) => RestartLife.Run<TStep, TMemory>(memory, launch, thread);
}
