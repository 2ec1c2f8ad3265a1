using System.Diagnostics;
using System.Text.Json.Nodes;

namespace LandscapeGpu.Tests.Documentation;

/// <summary>A test in real Jupyter with the real C# kernel: skipped, and seen to be, where these are not.</summary>
public sealed class JupyterTheoryAttribute : TheoryAttribute
{
    public JupyterTheoryAttribute() => Skip = Jupyter.Missing is { } missing ? $"{missing} The cells run as scripts instead." : null;
}

/// <summary>The same, for one fact.</summary>
public sealed class JupyterFactAttribute : FactAttribute
{
    public JupyterFactAttribute() => Skip = Jupyter.Missing;
}

/// <summary>Jupyter with the C# kernel, and the packages of this repository in a folder.</summary>
internal sealed class Jupyter : IDisposable
{
    private static readonly SemaphoreSlim Packing = new(1);
    private static string? feed;
    private static string version = "";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("landscape-jupyter");

    /// <summary>What is missing, in words; null where all is there.</summary>
    public static string? Missing => On("jupyter") is null || On("dotnet-interactive") is null
        ? "Jupyter or its C# kernel is not on the PATH (on Debian: apt install jupyter-nbconvert python3-nbclient jupyter-client python3-ipykernel; dotnet tool install -g Microsoft.dotnet-interactive)."
        : null;

    public static string? On(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);

    public static async Task<Jupyter> Start()
    {
        await Packing.WaitAsync();
        try
        {
            if (feed is null)
            {
                // A version of its own: a package of the usual number may lie in the cache, made from older sources.
                version = $"0.1.0-test.{DateTime.UtcNow.Ticks}";
                var packages = Directory.CreateTempSubdirectory("landscape-packages").FullName;
                foreach (var project in new[] { "LandscapeGpu", "LandscapeGpu.Pictures" })
                {
                    await Run("dotnet", [
                        "pack", Path.Combine(NotebookSource.Folder(), "../../src", project), "-c", "Release", "-o", packages, $"-p:Version={version}", "-p:RunAnalyzers=false", "-v", "quiet",
                        // Beside the build that the tests are of, not over it.
                        "-p:BaseOutputPath=" + Path.Combine(packages, "bin") + Path.DirectorySeparatorChar,
                    ], packages, null);
                }

                feed = packages;
            }
        }
        finally
        {
            Packing.Release();
        }

        var jupyter = new Jupyter();
        // The kernel is installed where nobody else looks, and named by its program: "dotnet interactive" wants a tool manifest.
        var kernel = Directory.CreateDirectory(Path.Combine(jupyter.folder.FullName, "kernels", ".net-csharp"));
        var spec = new JsonObject
        {
            ["argv"] = new JsonArray(On("dotnet-interactive"), "jupyter", "--default-kernel", "csharp", "{connection_file}", "--http-port-range", "2048-3000"),
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
        };
        await File.WriteAllTextAsync(Path.Combine(kernel.FullName, "kernel.json"), spec.ToJsonString());
        return jupyter;
    }

    // Which packages it restored, from which folder of whose machine, and where its page may reach it.
    private static readonly string[] OfTheKernel = ["probeAddresses", "Installed Packages", "Restore sources", "Loading extensions from"];

    /// <summary>The notebook with its outputs, and without what the kernel adds of its own.</summary>
    public async Task<JsonNode> Run(NotebookSource source)
    {
        var path = Path.Combine(folder.FullName, source.Name + ".ipynb");
        await File.WriteAllTextAsync(path, NotebookSource.Text(source.Notebook(Packages)));
        await Run("jupyter", ["nbconvert", "--to", "notebook", "--execute", "--inplace", "--ExecutePreprocessor.timeout=240", "--ExecutePreprocessor.kernel_name=.net-csharp", path], folder.FullName, folder.FullName);
        var executed = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        var plain = source.Notebook();
        for (var k = 0; k < plain["cells"]!.AsArray().Count; k++)
        {
            var (from, to) = (executed["cells"]![k]!, plain["cells"]![k]!);
            if (from["outputs"] is not JsonArray outputs)
            {
                continue;
            }

            // The kernel probes local addresses, and says where packages came from.
            to["outputs"] = new JsonArray([.. outputs.Where(o => !OfTheKernel.Any(o!.ToJsonString().Contains)).Select(Numberless)]);
        }

        return plain;
    }

    private static string Packages => $"#i \"nuget:{feed}\"\n#r \"nuget:LandscapeGpu.Pictures, {version}\"";

    /// <summary>Runs cells, and interrupts those that have a text of their output to be interrupted at.</summary>
    /// <returns>For each cell whether it ended, was interrupted, and what it printed.</returns>
    public async Task<IReadOnlyList<(string State, bool Interrupted, string Output)>> Interrupt(params (string Code, string? At)[] cells)
    {
        var path = Path.Combine(folder.FullName, "cells.json");
        await File.WriteAllTextAsync(path, new JsonArray([.. cells.Prepend((Packages, null)).Select(c => new JsonObject { ["code"] = c.Item1, ["interrupt_at"] = c.Item2 })]).ToJsonString());
        // Jupyter's own Python has its client.
        var python = File.ReadLines(On("jupyter")!).First().TrimStart('#', '!').Trim().Split(' ');
        var printed = await Run(python[0], [.. python[1..], Path.Combine(NotebookSource.Folder(), "../../tests/jupyter/interrupt.py"), ".net-csharp", path], folder.FullName, folder.FullName);
        return [.. printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => JsonNode.Parse(l)!).Select(c => ((string)c["state"]!, (bool)c["interrupted"]!, (string)c["output"]!))];
    }

    /// <summary>An output without the counter that grows with every run.</summary>
    private static JsonNode Numberless(JsonNode? output)
    {
        var copy = output!.DeepClone();
        if (copy["execution_count"] is not null)
        {
            copy["execution_count"] = 1;
        }

        return copy;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task<string> Run(string program, IReadOnlyList<string> arguments, string where, string? data)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = where, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_ROLL_FORWARD"] = "LatestMajor";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1";
        if (data is not null)
        {
            start.Environment["JUPYTER_PATH"] = data;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{await output}\n{await error}");
        return await output;
    }
}
