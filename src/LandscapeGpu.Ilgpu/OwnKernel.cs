using ILGPU;
using ILGPU.Runtime;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>A kernel that slices of a batch are launched of.</summary>
/// <param name="Loaded">The kernel.</param>
/// <param name="BlockThreads">Threads of a block; 0 where ILGPU makes the blocks.</param>
/// <param name="SharedElements">Elements of each thread in memory that its block shares.</param>
internal sealed record OwnKernel(Kernel Loaded, int BlockThreads, int SharedElements)
{
    /// <summary>What launches so many threads, those beyond the last of a block too many.</summary>
    public Action<AcceleratorStream, int, TMemory, Launch> Launcher<T, TMemory>()
        where T : unmanaged
        where TMemory : struct
    {
        if (BlockThreads == 0)
        {
            var implicitly = Loaded.CreateLauncherDelegate<Action<AcceleratorStream, Index1D, TMemory, Launch>>();
            return (stream, threads, memory, launch) => implicitly(stream, threads, memory, launch);
        }

        var shared = SharedMemoryConfig.RequestDynamic<T>(StateTiles.Width * SharedElements);
        var explicitly = Loaded.CreateLauncherDelegate<Action<AcceleratorStream, KernelConfig, TMemory, Launch>>();
        return (stream, threads, memory, launch) => explicitly(stream, ((threads + BlockThreads - 1) / BlockThreads, BlockThreads, shared), memory, launch);
    }
}
