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

    /// <summary>CUDA's disassembler, of the same toolkit.</summary>
    public static string? Disassembler { get; } = Path is null ? null : new[] { System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "nvdisasm") }.FirstOrDefault(File.Exists);

    /// <summary>Assembles PTX; answers how many bytes of registers a thread spills to memory.</summary>
    public static int Spilled(string ptx) => Assembled(ptx, (said, _) => int.Parse(SpillStores().Match(said).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Assembles PTX; answers the machine's instructions, each with the line of the PTX that it comes from.</summary>
    public static string Disassembled(string ptx) => Assembled(ptx, (_, cubin) => Run(Disassembler!, ["-c", "-gp", cubin]).Output);

    private static T Assembled<T>(string ptx, Func<string, string, T> read)
    {
        var folder = Directory.CreateTempSubdirectory("ptxas");
        try
        {
            var (source, cubin) = (System.IO.Path.Combine(folder.FullName, "kernel.ptx"), System.IO.Path.Combine(folder.FullName, "kernel.cubin"));
            File.WriteAllText(source, ptx);
            return read(Run(Path!, ["-arch=sm_80", "-lineinfo", "-v", source, "-o", cubin]).Errors, cubin);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (string Output, string Errors) Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return (output, errors.Result);
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

/// <summary>A test that needs ptxas and nvdisasm and says so where they are not on the path.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DisassemblerTheoryAttribute : TheoryAttribute
{
    public DisassemblerTheoryAttribute()
    {
        if (Ptxas.Disassembler is null)
        {
            Skip = "CUDA's ptxas and nvdisasm are not on the PATH: slots were counted in instructions of PTX, not of the machine.";
        }
    }
}
