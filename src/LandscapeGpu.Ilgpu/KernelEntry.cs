using System.Reflection;
using ILGPU;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>What ILGPU launches: the kernel proper, which names no ILGPU type.</summary>
internal static class KernelEntry
{
    public static void Single<TKernel>(Index1D thread, SingleMemory memory, Launch launch)
        where TKernel : struct, IKernel<SingleMemory> => TKernel.Run(memory, launch, thread + launch.FirstThread);

    public static void Double<TKernel>(Index1D thread, DoubleMemory memory, Launch launch)
        where TKernel : struct, IKernel<DoubleMemory> => TKernel.Run(memory, launch, thread + launch.FirstThread);

    public static MethodInfo Of(Type kernel, bool isDouble) => typeof(KernelEntry)
        .GetMethod(isDouble ? nameof(Double) : nameof(Single), BindingFlags.Public | BindingFlags.Static)!
        .MakeGenericMethod(kernel);
}
