namespace LandscapeGpu.Tests.Ilgpu;

/// <summary>What ILGPU can compute with here: its CPU accelerator everywhere, CUDA and OpenCL where there are devices.</summary>
internal static class DevicesHere
{
    public static IReadOnlyList<string> Kinds { get; } =
        [.. new[] { "ilgpu-cpu", "opencl", "cuda" }.Where(kind => kind == "ilgpu-cpu" || DeviceCatalogue.Found.Any(f => f.Kind == kind && f.Unusable is null))];

    /// <summary>Each kind with each of some names.</summary>
    public static TheoryData<string, string> With(params IEnumerable<string> names) => Rows.Each(Kinds, names);

    /// <summary>How many restarts a survey has: a GPU polishes only what is worth its while.</summary>
    public static int Restarts(string kind) => DeviceCatalogue.Gpus(DeviceCatalogue.Found).Any(f => f.Kind == kind) ? 2000 : 150;

    public static KernelDevice Open(string kind) => (KernelDevice)DeviceCatalogue.Choose(kind);
}

/// <summary>A test that needs a GPU and says so where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GpuFactAttribute : FactAttribute
{
    public GpuFactAttribute()
    {
        if (!DeviceCatalogue.Gpus(DeviceCatalogue.Found).Any())
        {
            Skip = $"No GPU is here; kernels were tested on {string.Join(" and ", DevicesHere.Kinds)}.";
        }
    }
}
