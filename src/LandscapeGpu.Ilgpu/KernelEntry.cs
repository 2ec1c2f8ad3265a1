using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>What ILGPU launches: the kernel proper, which names no ILGPU type. Threads that share memory with their block are launched in blocks.</summary>
internal static class KernelEntry
{
    /// <typeparam name="TKernel">The kernel.</typeparam>
    /// <typeparam name="T">Not used: so that all are made in one way.</typeparam>
    /// <typeparam name="TMemory">The memory of the launch.</typeparam>
    public static void Alone<TKernel, T, TMemory>(Index1D thread, TMemory memory, Launch launch)
        where TKernel : struct, IKernel<TMemory>
        where TMemory : struct => TKernel.Run(memory, launch, thread + launch.FirstThread);

    public static void InBlock<TKernel, T, TMemory>(TMemory memory, Launch launch)
        where T : unmanaged
        where TMemory : struct, IDeviceMemory<T>
        where TKernel : struct, IKernel<BlockMemory<T, TMemory, SharedTile<T>>>
    {
        var thread = Grid.GlobalIndex.X;
        if (thread < launch.Threads)
        {
            TKernel.Run(new(memory, new(SharedMemory.GetDynamic<T>(), Group.IdxX)), launch, thread + launch.FirstThread);
        }
    }

    public static void InWarp<TKernel, T, TMemory>(TMemory memory, Launch launch)
        where T : unmanaged
        where TMemory : struct, IDeviceMemory<T>
        where TKernel : struct, IKernel<BlockMemory<T, TMemory, OneWarp<T>>> =>
        TKernel.Run(new(memory, new(SharedMemory.GetDynamic<T>())), launch, Grid.GlobalIndex.X + launch.FirstThread);

    public static void SingleInWarps<TKernel>(SingleMemory memory, Launch launch)
        where TKernel : struct, IKernel<BlockMemory<float, SingleMemory, SingleWarps>> =>
        TKernel.Run(new(memory, new(new(SharedMemory.GetDynamic<float>()))), launch, Grid.GlobalIndex.X + launch.FirstThread);

    public static void DoubleInWarps<TKernel>(DoubleMemory memory, Launch launch)
        where TKernel : struct, IKernel<BlockMemory<double, DoubleMemory, DoubleWarps>> =>
        TKernel.Run(new(memory, new(new(SharedMemory.GetDynamic<double>()))), launch, Grid.GlobalIndex.X + launch.FirstThread);

    /// <summary>The type through which kernels reach memory of which a warp carries a restart, or a block of several.</summary>
    public static Type WarpMemory(bool isDouble, bool isBlock) => (isDouble, isBlock) switch
    {
        (true, true) => typeof(BlockMemory<double, DoubleMemory, DoubleWarps>),
        (true, false) => typeof(BlockMemory<double, DoubleMemory, OneWarp<double>>),
        (false, true) => typeof(BlockMemory<float, SingleMemory, SingleWarps>),
        _ => typeof(BlockMemory<float, SingleMemory, OneWarp<float>>),
    };

    /// <summary>Whether a kernel is launched in blocks.</summary>
    public static bool IsInBlocks(Type kernel) => kernel.GetGenericArguments() is [.., { IsGenericType: true } memory] && memory.GetGenericTypeDefinition() == typeof(BlockMemory<,,>);

    public static MethodInfo Of(Type kernel, bool isDouble)
    {
        var memory = kernel.GetGenericArguments()[^1];
        if (memory == WarpMemory(isDouble, isBlock: true))
        {
            return Named(isDouble ? nameof(DoubleInWarps) : nameof(SingleInWarps)).MakeGenericMethod(kernel);
        }

        var name = memory == WarpMemory(isDouble, isBlock: false) ? nameof(InWarp) : IsInBlocks(kernel) ? nameof(InBlock) : nameof(Alone);
        return Named(name).MakeGenericMethod(kernel, isDouble ? typeof(double) : typeof(float), isDouble ? typeof(DoubleMemory) : typeof(SingleMemory));

        static MethodInfo Named(string name) => typeof(KernelEntry).GetMethod(name, BindingFlags.Public | BindingFlags.Static)!;
    }

    public static EntryPointDescription DescriptionOf(Type kernel, bool isDouble) =>
        IsInBlocks(kernel) ? EntryPointDescription.FromExplicitlyGroupedKernel(Of(kernel, isDouble)) : EntryPointDescription.FromImplicitlyGroupedKernel(Of(kernel, isDouble));
}
