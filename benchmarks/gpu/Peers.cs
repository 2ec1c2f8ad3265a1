using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using LandscapeGpu.Devices;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>The same starts and steps in JAX and PyTorch, where they are installed.</summary>
internal static class Peers
{
    private static readonly string[] Names = ["jax", "torch"];

    /// <summary>Restarts a second of each peer, or why there is none.</summary>
    public static IReadOnlyList<(string Peer, double? RestartsPerSecond, string Reason)> Run(Problem problem)
    {
        var folder = Directory.CreateTempSubdirectory("gpu-benchmark");
        try
        {
            WriteStarts(problem, Path.Combine(folder.FullName, "starts.f32"));
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

    private static void WriteStarts(Problem problem, string path)
    {
        var d = problem.Objective.Dimension;
        var sampler = Parity.StartsOf(problem.Objective);
        var point = new double[d];
        using var writer = new BinaryWriter(File.Create(path));
        for (var r = 0; r < Problem.Restarts; r++)
        {
            sampler.Draw(1, r, point);
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

    private static (string Peer, double? RestartsPerSecond, string Reason) Run(string peer, Problem problem, string folder)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "peers", $"{peer}_descent.py");
        string[] arguments =
        [
            script, problem.Name, Path.Combine(folder, "starts.f32"), problem.Objective.Dimension.ToString(CultureInfo.InvariantCulture),
            problem.Step.ToString(CultureInfo.InvariantCulture), Problem.Iterations.ToString(CultureInfo.InvariantCulture), folder,
        ];
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return double.TryParse(output.Trim(), CultureInfo.InvariantCulture, out var rate)
                ? (peer, rate, "")
                : (peer, null, error.Result.Trim().Split('\n')[^1]);
        }
        catch (Win32Exception e)
        {
            return (peer, null, e.Message);
        }
    }
}
