using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace LandscapeGpu.Ilgpu;

/// <summary>The PTX that a kernel becomes, for the oldest instruction set that knows compute capability 8.0; no GPU is needed to see it.</summary>
internal static class PtxListing
{
    private static readonly System.Collections.Concurrent.ConcurrentBag<Compiler> Free = [];

    public static string Of(Type kernel, bool isDouble) => Of(KernelEntry.DescriptionOf(kernel, isDouble));

    /// <summary>The same of a method whose threads know their block and share memory with it.</summary>
    public static string OfBlocks(System.Reflection.MethodInfo method) => Of(EntryPointDescription.FromExplicitlyGroupedKernel(method));

    private static string Of(EntryPointDescription entry)
    {
        // To set up a compiler takes as long as a small kernel: each serves one kernel after the other.
        var compiler = Free.TryTake(out var one) ? one : new();
        var compiled = (PTXCompiledKernel)compiler.Backend.Compile(entry, default);
        Free.Add(compiler);
        return compiled.PTXAssembly;
    }

    private sealed class Compiler
    {
        private readonly Context context = Context.Create(builder => IlgpuContext.Configure(builder));

        public Compiler()
        {
            IlgpuContext.Teach(context);
            Backend = new PTXBackend(context, new CudaArchitecture(8, 0), new CudaInstructionSet(7, 0), null!);
        }

        public PTXBackend Backend { get; }
    }
}
