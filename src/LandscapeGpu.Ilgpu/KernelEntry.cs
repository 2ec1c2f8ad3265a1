using System.Reflection;
using ILGPU;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>What ILGPU launches: the kernel proper, closed over an emitted step.</summary>
internal static class KernelEntry
{
    public static void Single<TStep>(Index1D thread, SingleMemory memory, Launch launch)
        where TStep : struct, IStep<SingleMemory> => RestartLife.Run<TStep, SingleMemory>(memory, launch, thread);

    public static void Double<TStep>(Index1D thread, DoubleMemory memory, Launch launch)
        where TStep : struct, IStep<DoubleMemory> => RestartLife.Run<TStep, DoubleMemory>(memory, launch, thread);

    public static MethodInfo Of(Type step, bool isDouble) => typeof(KernelEntry)
        .GetMethod(isDouble ? nameof(Double) : nameof(Single), BindingFlags.Public | BindingFlags.Static)!
        .MakeGenericMethod(step);
}
