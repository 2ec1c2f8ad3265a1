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
            var model = TradeMark().Replace(Field("model name") ?? $"{RuntimeInformation.ProcessArchitecture} processor", "");
            var generation = Field("vendor_id") switch
            {
                "AuthenticAMD" => AmdGeneration(Number("cpu family"), Number("model")),
                "GenuineIntel" => IntelGeneration(Number("cpu family"), Number("model")),
                _ => null,
            };
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
    private static string? AmdGeneration(int family, int model) => (family, model) switch
    {
        (23, < 0x30) => "Zen",
        (23, _) => "Zen2",
        (25, (>= 0x10 and < 0x20) or >= 0x60) => "Zen4",
        (25, _) => "Zen3",
        (26, _) => "Zen5",
        _ => null,
    };

    /// <summary>Intel's server processors (Linux, arch/x86/include/asm/intel-family.h): a virtual machine's name says no more than "Xeon Processor".</summary>
    private static string? IntelGeneration(int family, int model) => (family, model) switch
    {
        (6, 0x55) => "Skylake",
        (6, 0x6A or 0x6C) => "Ice Lake",
        (6, 0x8F) => "Sapphire Rapids",
        (6, 0xCF) => "Emerald Rapids",
        (6, 0xAD or 0xAE) => "Granite Rapids",
        _ => null,
    };

    private static int Number(string field) => int.TryParse(Field(field), out var number) ? number : 0;

    private static string? Field(string field) => !File.Exists("/proc/cpuinfo") ? null : File.ReadLines("/proc/cpuinfo")
        .Select(line => line.Split(':', 2)).FirstOrDefault(parts => parts[0].Trim() == field)?[^1].Trim();

    [GeneratedRegex(@"\((R|TM)\)")]
    private static partial Regex TradeMark();

    [GeneratedRegex("[^a-z0-9-]|-?(r|tm|cpu|processor)(?=-|$)|-?@.*")]
    private static partial Regex Unwanted();
}
