using ILGPU;

namespace LandscapeGpu.Ilgpu;

/// <summary>How ILGPU is set up here.</summary>
internal static class IlgpuContext
{
    /// <summary>Optimised, everything inlined: state in the fields of a struct becomes registers only once calls are gone.</summary>
    public static Context.Builder Configure(Context.Builder builder) => builder
        .Optimize(OptimizationLevel.O2)
        .Inlining(InliningMode.Aggressive);
}
