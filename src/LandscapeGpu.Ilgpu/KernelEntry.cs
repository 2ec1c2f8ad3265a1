using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>What ILGPU launches: the kernel proper, which names no ILGPU type. Threads that share memory with their block are launched in blocks.</summary>
internal static class KernelEntry
{
    public static void Single<TKernel>(Index1D thread, SingleMemory memory, Launch launch)
        where TKernel : struct, IKernel<SingleMemory> => TKernel.Run(memory, launch, thread + launch.FirstThread);

    public static void Double<TKernel>(Index1D thread, DoubleMemory memory, Launch launch)
        where TKernel : struct, IKernel<DoubleMemory> => TKernel.Run(memory, launch, thread + launch.FirstThread);

    public static void SingleInBlock<TKernel>(SingleMemory memory, Launch launch)
        where TKernel : struct, IKernel<BlockMemory<float, SingleMemory, SingleTile>>
    {
        var thread = Grid.GlobalIndex.X;
        if (thread < launch.Threads)
        {
            TKernel.Run(new(memory, new(SharedMemory.GetDynamic<float>(), Group.IdxX)), launch, thread + launch.FirstThread);
        }
    }

    public static void DoubleInBlock<TKernel>(DoubleMemory memory, Launch launch)
        where TKernel : struct, IKernel<BlockMemory<double, DoubleMemory, DoubleTile>>
    {
        var thread = Grid.GlobalIndex.X;
        if (thread < launch.Threads)
        {
            TKernel.Run(new(memory, new(SharedMemory.GetDynamic<double>(), Group.IdxX)), launch, thread + launch.FirstThread);
        }
    }

    public static void SingleInWarp<TKernel>(SingleMemory memory, Launch launch)
        where TKernel : struct, IKernel<BlockMemory<float, SingleMemory, SingleWarp>> =>
        TKernel.Run(new(memory, new(SharedMemory.GetDynamic<float>())), launch, Grid.GlobalIndex.X + launch.FirstThread);

    public static void DoubleInWarp<TKernel>(DoubleMemory memory, Launch launch)
        where TKernel : struct, IKernel<BlockMemory<double, DoubleMemory, DoubleWarp>> =>
        TKernel.Run(new(memory, new(SharedMemory.GetDynamic<double>())), launch, Grid.GlobalIndex.X + launch.FirstThread);

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
        (true, false) => typeof(BlockMemory<double, DoubleMemory, DoubleWarp>),
        (false, true) => typeof(BlockMemory<float, SingleMemory, SingleWarps>),
        _ => typeof(BlockMemory<float, SingleMemory, SingleWarp>),
    };

    /// <summary>Whether a kernel is launched in blocks.</summary>
    public static bool IsInBlocks(Type kernel) => kernel.GetGenericArguments() is [.., { IsGenericType: true } memory] && memory.GetGenericTypeDefinition() == typeof(BlockMemory<,,>);

    public static MethodInfo Of(Type kernel, bool isDouble)
    {
        var memory = kernel.GetGenericArguments()[^1];
        var name = memory == WarpMemory(isDouble, isBlock: true) ? isDouble ? nameof(DoubleInWarps) : nameof(SingleInWarps)
            : memory == WarpMemory(isDouble, isBlock: false) ? isDouble ? nameof(DoubleInWarp) : nameof(SingleInWarp)
            : IsInBlocks(kernel) ? isDouble ? nameof(DoubleInBlock) : nameof(SingleInBlock)
            : isDouble ? nameof(Double) : nameof(Single);
        return typeof(KernelEntry).GetMethod(name, BindingFlags.Public | BindingFlags.Static)!.MakeGenericMethod(kernel);
    }

    public static EntryPointDescription DescriptionOf(Type kernel, bool isDouble) =>
        IsInBlocks(kernel) ? EntryPointDescription.FromExplicitlyGroupedKernel(Of(kernel, isDouble)) : EntryPointDescription.FromImplicitlyGroupedKernel(Of(kernel, isDouble));
}
