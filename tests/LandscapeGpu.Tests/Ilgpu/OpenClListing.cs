using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.OpenCL;
using LandscapeGpu.Ilgpu;

namespace LandscapeGpu.Tests.Ilgpu;

/// <summary>The OpenCL C that a kernel becomes; no OpenCL device is needed to see it.</summary>
internal static class OpenClListing
{
    public static string Of(Type kernel, bool isDouble)
    {
        using var context = Context.Create(builder => IlgpuContext.Configure(builder));
        IlgpuContext.Teach(context);
        // All that a kernel may ask for.
        using var backend = new CLBackend(context, new CLCapabilityContext(true, true, true, true, true), CLDeviceVendor.Other, CLCVersion.CL30);
        var entry = EntryPointDescription.FromImplicitlyGroupedKernel(KernelEntry.Of(kernel, isDouble));
        return ((CLCompiledKernel)backend.Compile(entry, default)).Source;
    }
}
