using System.Globalization;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using LandscapeGpu.Compilation;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Execution;
using LandscapeGpu.Kernels;

namespace LandscapeGpu.Ilgpu;

/// <summary>A device that ILGPU reaches: a CUDA or OpenCL GPU, or ILGPU's CPU accelerator.</summary>
internal sealed class IlgpuDevice(Accelerator accelerator) : KernelDevice
{
    // So many threads for each multiprocessor keep its schedulers busy with code that uses many registers.
    private const int ThreadsPerMultiprocessor = 1024;

    private readonly Lazy<(Cublas? Opened, ProductLibrary Library)> cublas = new(() =>
    {
        using var bound = accelerator.BindScoped();
        return Cublas.Open();
    });

    public override string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{accelerator.Name} ({IlgpuSource.KindOf(accelerator.AcceleratorType)}), {accelerator.NumMultiprocessors} {(accelerator.NumMultiprocessors == 1 ? "multiprocessor" : "multiprocessors")}");

    internal override KernelLimits Limits => DeviceFailures.Named<KernelLimits>(() => new(
        accelerator.Name,
        accelerator.NumMultiprocessors * Math.Min(ThreadsPerMultiprocessor, accelerator.MaxNumThreadsPerMultiprocessor),
        accelerator switch
        {
            CudaAccelerator cuda => cuda.GetFreeMemory(),
            CPUAccelerator => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            _ => accelerator.MemorySize,
        },
        // OpenCL's drivers give no more than a part of the memory, often a quarter, in one piece.
        accelerator is CLAccelerator opencl ? ((CLDevice)opencl.Device).GetDeviceInfo<long>(CLDeviceInfoType.CL_DEVICE_MAX_MEM_ALLOC_SIZE) : double.PositiveInfinity)
    {
        CacheBytes = accelerator is CudaAccelerator { L2CacheSize: var cache } ? cache : 0,
        Multiprocessors = accelerator.NumMultiprocessors,
    });

    internal override ProductLibrary Products => accelerator is CudaAccelerator ? DeviceFailures.Named(() => cublas.Value.Library) : base.Products;

    internal override Type MemoryType(bool isDouble) => isDouble ? typeof(DoubleMemory) : typeof(SingleMemory);

    /// <summary>As many threads as the device can hold of a kernel at once: a last wave of a few would leave most of it idle.</summary>
    internal override KernelLimits LimitsFor(Type kernel, KernelDemand demand)
    {
        var (loaded, info) = DeviceFailures.Named(() => Loaded(kernel, demand.IsDouble));
        if (accelerator is not CudaAccelerator)
        {
            return Limits;
        }

        var threads = Limits.Threads;
        if (demand.SharedElements > 0)
        {
            var (size, bytes) = BlockOf(demand.BlockThreads, demand.SharedElements, demand.IsDouble);
            threads = accelerator.NumMultiprocessors * size * Math.Max(1, DeviceFailures.Named(() => accelerator.EstimateMaxActiveGroupsPerMultiprocessor(loaded, size, bytes)));
        }
        else if (info is { MinGridSize: { } groups, MinGroupSize: { } size })
        {
            threads = groups * size;
        }

        return Limits with { Threads = demand.Warps is { } warps ? Math.Min(threads, accelerator.NumMultiprocessors * warps * accelerator.WarpSize) : threads };
    }

    /// <summary>OpenCL's drivers for processors have no such memory, and those for GPUs could not be tried: there state is in global memory.</summary>
    internal override Multiprocessor? Multiprocessor => accelerator switch
    {
        // ILGPU asks for no more than every block may have, 48 KiB, though devices give more to kernels that ask.
        CudaAccelerator cuda => new(cuda.MaxSharedMemoryPerGroup, Math.Max(cuda.MaxSharedMemoryPerGroup, ((CudaDevice)cuda.Device).MaxSharedMemoryPerMultiprocessor)),
        // Nothing is faster so: kernels are run as they are on GPUs.
        CPUAccelerator => Multiprocessor.Typical,
        _ => null,
    };

    internal override Type BlockMemoryType(bool isDouble) =>
        isDouble ? typeof(BlockMemory<double, DoubleMemory, SharedTile<double>>) : typeof(BlockMemory<float, SingleMemory, SharedTile<float>>);

    internal override Type? WarpMemoryType(bool isDouble, bool isBlock) => accelerator is not CudaAccelerator { WarpSize: StateTiles.Width } ? null
        : KernelEntry.WarpMemory(isDouble, isBlock);

    internal override KernelBatch Open(Type kernel, KernelBuffers buffers, double[] starts) => DeviceFailures.Named<KernelBatch>(() =>
    {
        var (loaded, _) = Loaded(kernel, buffers.IsDouble);
        var own = new OwnKernel(loaded, buffers.SharedElements == 0 ? 0 : BlockOf(buffers.BlockThreads, buffers.SharedElements, buffers.IsDouble).Threads, buffers.SharedElements);
        // Any other kernel of this device's, of its memory or open over it.
        var others = (Type any) => Loaded(any.IsGenericTypeDefinition ? any.MakeGenericType(MemoryType(buffers.IsDouble)) : any, buffers.IsDouble).Item1;
        return buffers.IsDouble
            ? new IlgpuBatch<double, DoubleMemory>(accelerator, () => cublas.Value.Opened, (own, others), buffers, starts, (state, numbers, points, book) => new(state, numbers, points, book))
            : new IlgpuBatch<float, SingleMemory>(accelerator, () => cublas.Value.Opened, (own, others), buffers, starts, (state, numbers, points, book) => new(state, numbers, points, book));
    });

    /// <summary>Compiling takes longer than many a run: a kernel is made once in a process.</summary>
    private Tuple<Kernel, KernelInfo?> Loaded(Type kernel, bool isDouble) => CompiledOnce.Of(kernel, accelerator, () =>
    {
        if (KernelEntry.IsInBlocks(kernel))
        {
            return Tuple.Create<Kernel, KernelInfo?>(accelerator.LoadKernel(KernelEntry.Of(kernel, isDouble)), null);
        }

        var loaded = accelerator.LoadAutoGroupedKernel(KernelEntry.Of(kernel, isDouble), out var info);
        return Tuple.Create<Kernel, KernelInfo?>(loaded, info);
    });

    /// <summary>Threads of a block, and what they share: a warp, since none waits for another and smaller blocks fill a multiprocessor better, or those that carry a restart.</summary>
    private (int Threads, int Bytes) BlockOf(int threads, int sharedElements, bool isDouble) =>
        (Math.Min(threads, accelerator.MaxNumThreadsPerGroup), StateTiles.Width * sharedElements * (isDouble ? sizeof(double) : sizeof(float)));
}
