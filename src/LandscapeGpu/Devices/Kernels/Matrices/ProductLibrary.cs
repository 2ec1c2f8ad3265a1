namespace LandscapeGpu.Devices.Kernels;

/// <summary>What multiplies matrices on a device.</summary>
/// <param name="Name">What it is called; null where there is none.</param>
/// <param name="Why">Why there is none, as a clause.</param>
internal sealed record ProductLibrary(string? Name, string Why = "")
{
    /// <summary>What is explained where there is no GPU.</summary>
    public static ProductLibrary Typical { get; } = new("cuBLAS");
}
