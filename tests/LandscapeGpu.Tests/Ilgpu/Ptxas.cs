using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LandscapeGpu.Tests.Ilgpu;

/// <summary>CUDA's own assembler, which needs no GPU.</summary>
internal static partial class Ptxas
{
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator)
        .Select(folder => System.IO.Path.Combine(folder, "ptxas"))
        .FirstOrDefault(File.Exists);

    /// <summary>Assembles PTX; answers how many bytes of registers a thread spills to memory.</summary>
    public static int Spilled(string ptx)
    {
        var folder = Directory.CreateTempSubdirectory("ptxas");
        try
        {
            var source = System.IO.Path.Combine(folder.FullName, "kernel.ptx");
            File.WriteAllText(source, ptx);
            using var process = Process.Start(new ProcessStartInfo(Path!, ["-arch=sm_80", "-v", source, "-o", System.IO.Path.Combine(folder.FullName, "kernel.cubin")]) { RedirectStandardError = true })!;
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, said);
            return int.Parse(SpillStores().Match(said).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("([0-9]+) bytes spill stores")]
    private static partial Regex SpillStores();
}

/// <summary>A test that needs ptxas and says so where it is not on the path.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PtxasTheoryAttribute : TheoryAttribute
{
    public PtxasTheoryAttribute()
    {
        if (Ptxas.Path is null)
        {
            Skip = "CUDA's ptxas is not on the PATH: PTX was generated, read and run by these tests, but not assembled.";
        }
    }
}
