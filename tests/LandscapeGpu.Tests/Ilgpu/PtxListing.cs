using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using LandscapeGpu.Ilgpu;

namespace LandscapeGpu.Tests.Ilgpu;

/// <summary>The PTX that a kernel becomes, for the oldest instruction set that knows compute capability 8.0; no GPU is needed to see it.</summary>
internal static class PtxListing
{
    public static string Of(Type kernel, bool isDouble) => Of(KernelEntry.DescriptionOf(kernel, isDouble));

    /// <summary>The same of a method whose threads know their block and share memory with it.</summary>
    public static string OfBlocks(System.Reflection.MethodInfo method) => Of(EntryPointDescription.FromExplicitlyGroupedKernel(method));

    private static string Of(EntryPointDescription entry)
    {
        // A context keeps all that it has read, some ten megabytes a kernel, and one that had compiled other kernels has failed to compile the next: each has its own, which takes as long as a small kernel.
        using var context = Context.Create(builder => IlgpuContext.Configure(builder));
        IlgpuContext.Teach(context);
        using var backend = new PTXBackend(context, new CudaArchitecture(8, 0), new CudaInstructionSet(7, 0), null!);
        return ((PTXCompiledKernel)backend.Compile(entry, default)).PTXAssembly;
    }
}
