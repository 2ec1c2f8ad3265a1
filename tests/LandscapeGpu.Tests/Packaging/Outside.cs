using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LandscapeGpu.Tests.Packaging;

/// <summary>Programs that are run as anybody would, in folders of their own.</summary>
internal static class Outside
{
    /// <summary>What a program printed, and its exit status.</summary>
    public sealed record Ran(int Status, string Out, string Error);

    /// <summary>Runs a program to its end.</summary>
    public static Ran Run(string at, string program, params string[] arguments) => Run(at, program, new Dictionary<string, string>(), arguments);

    /// <summary>The same with environment variables of its own.</summary>
    public static Ran Run(string at, string program, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        using var process = Start(at, program, variables, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, errors.Result);
    }

    /// <summary>The same of one that has to succeed: its output.</summary>
    public static string Dotnet(string at, params string[] arguments)
    {
        var ran = Run(at, "dotnet", arguments);
        Assert.True(ran.Status == 0, $"dotnet {string.Join(' ', arguments)}:\n{ran.Out}\n{ran.Error}");
        return ran.Out;
    }

    public static Process Start(string at, string program, params string[] arguments) => Start(at, program, new Dictionary<string, string>(), arguments);

    public static Process Start(string at, string program, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = at, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // What runs these tests tells the programs that it starts things which are meant for itself.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
