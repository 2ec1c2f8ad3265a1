using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>How fast another program is at the same work.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RestartsPerSecond">null where there is no figure.</param>
/// <param name="MedianValue">The median over restarts of f where they ended.</param>
/// <param name="Reason">Why there is no figure, or what is to be known about it.</param>
internal sealed record PeerResult(string Name, double? RestartsPerSecond, double MedianValue, string Reason);

/// <summary>The same starts, steps and stop rule in JAX and PyTorch, where they are installed; PYTHON names the interpreter, else python3.</summary>
internal static class Peers
{
    private static readonly string[] Names = ["jax", "torch"];

    /// <summary>A figure of each peer, or why there is none.</summary>
    public static IReadOnlyList<PeerResult> Run(Problem problem, int restarts)
    {
        var folder = Directory.CreateTempSubdirectory("gpu-benchmark");
        try
        {
            WriteStarts(problem, restarts, Path.Combine(folder.FullName, "starts.f32"));
            foreach (var (name, values) in problem.Data())
            {
                Write(Path.Combine(folder.FullName, $"{name}.f64"), values);
            }

            return [.. Names.Select(peer => Run(peer, problem, folder.FullName))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void WriteStarts(Problem problem, int restarts, string path)
    {
        var range = problem.Range(restarts);
        var point = new double[problem.Objective.Dimension];
        using var writer = new BinaryWriter(File.Create(path));
        for (var r = 0; r < restarts; r++)
        {
            range.Starts.Draw(range.Seed, r, point);
            foreach (var x in point)
            {
                writer.Write((float)x);
            }
        }
    }

    private static void Write(string path, IReadOnlyList<double> values)
    {
        using var writer = new BinaryWriter(File.Create(path));
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    private static PeerResult Run(string peer, Problem problem, string folder)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "peers", $"{peer}_descent.py");
        string[] arguments =
        [
            script, problem.Formula, Path.Combine(folder, "starts.f32"), problem.Objective.Dimension.ToString(CultureInfo.InvariantCulture),
            problem.Step.ToString(CultureInfo.InvariantCulture), Problem.Iterations.ToString(CultureInfo.InvariantCulture),
            // No norm is below it.
            (problem.Tolerance ?? -1).ToString(CultureInfo.InvariantCulture), folder,
        ];
        var python = Environment.GetEnvironmentVariable("PYTHON") is { Length: > 0 } set ? set : "python3";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? Read(peer, output) : new(peer, null, double.NaN, error.Result.Trim().Split('\n')[^1]);
        }
        catch (Win32Exception e)
        {
            return new(peer, null, double.NaN, e.Message);
        }
    }

    private static PeerResult Read(string peer, string output)
    {
        using var json = JsonDocument.Parse(output.Trim().Split('\n')[^1]);
        var root = json.RootElement;
        return new(peer, root.GetProperty("restarts_per_s").GetDouble(), root.GetProperty("median_value").GetDouble(), root.GetProperty("note").GetString()!);
    }
}
