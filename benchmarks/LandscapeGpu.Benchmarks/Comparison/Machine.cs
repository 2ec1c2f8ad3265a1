using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>What the figures were measured on.</summary>
internal static partial class Machine
{
    /// <summary>The processor's name, with AMD's generation where the name hides it, as in virtual machines.</summary>
    public static string Processor
    {
        get
        {
            var model = Field("model name") ?? $"{RuntimeInformation.ProcessArchitecture} processor";
            var generation = Field("vendor_id") == "AuthenticAMD" ? Generation(Number("cpu family"), Number("model")) : null;
            return generation is null ? model : $"{model} ({generation})";
        }
    }

    public static string Vectors => Vector512.IsHardwareAccelerated ? "AVX-512"
        : Avx2.IsSupported ? "AVX2"
        : Vector128.IsHardwareAccelerated ? "128-bit" : "no vectors";

    public static string Description =>
        $"{Processor}, {Environment.ProcessorCount} cores, {Vectors}; {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>A file name: processor and widest vectors.</summary>
    public static string FileName =>
        Unwanted().Replace(Processor.Replace(" ", "-").ToLowerInvariant(), "").Trim('-') + "-" + Vectors.Replace("-", "").ToLowerInvariant() + ".md";

    /// <summary>AMD's families and models: Revision Guides for AMD family 17h, 19h and 1Ah processors.</summary>
    private static string? Generation(int family, int model) => (family, model) switch
    {
        (23, < 0x30) => "Zen",
        (23, _) => "Zen2",
        (25, (>= 0x10 and < 0x20) or >= 0x60) => "Zen4",
        (25, _) => "Zen3",
        (26, _) => "Zen5",
        _ => null,
    };

    private static int Number(string field) => int.TryParse(Field(field), out var number) ? number : 0;

    private static string? Field(string field) => !File.Exists("/proc/cpuinfo") ? null : File.ReadLines("/proc/cpuinfo")
        .Select(line => line.Split(':', 2)).FirstOrDefault(parts => parts[0].Trim() == field)?[^1].Trim();

    [GeneratedRegex("[^a-z0-9-]|-?(r|tm|cpu|processor)(?=-|$)|-?@.*")]
    private static partial Regex Unwanted();
}
