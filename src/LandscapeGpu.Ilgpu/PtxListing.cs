using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace LandscapeGpu.Ilgpu;

/// <summary>The PTX that a kernel becomes, for the oldest instruction set that knows compute capability 8.0; no GPU is needed to see it.</summary>
internal static class PtxListing
{
    public static string Of(Type kernel, bool isDouble) => Of(EntryPointDescription.FromImplicitlyGroupedKernel(KernelEntry.Of(kernel, isDouble)));

    /// <summary>The same of a method whose threads know their block and share memory with it.</summary>
    public static string OfBlocks(System.Reflection.MethodInfo method) => Of(EntryPointDescription.FromExplicitlyGroupedKernel(method));

    private static string Of(EntryPointDescription entry)
    {
        using var context = Context.Create(builder => IlgpuContext.Configure(builder));
        IlgpuContext.Teach(context);
        using var backend = new PTXBackend(context, new CudaArchitecture(8, 0), new CudaInstructionSet(7, 0), null!);
        var compiled = (PTXCompiledKernel)backend.Compile(entry, default);
        return compiled.PTXAssembly;
    }
}
