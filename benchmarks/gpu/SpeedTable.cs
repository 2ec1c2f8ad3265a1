using System.Globalization;
using LandscapeGpu.Benchmarks.Comparison;
using LandscapeGpu.Devices;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>The table of speeds, and what is missing in it.</summary>
internal sealed class SpeedTable(FoundDevice? found)
{
    private readonly List<string> rows = [];
    private readonly List<string> missing = found?.Flops is null ? ["the share of the device's ceiling: nobody knows its ceiling"] : [];

    public void Add(Problem problem, Measurement own)
    {
        rows.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| {problem.Name} | {own.Restarts:N0} | {own.RestartsPerSecond:N0} | {own.GradientsPerSecond / 1e6:N1} M | {own.KernelSeconds / own.Seconds:P0} | {own.Flops / 1e9:N1} | {Ceiling(own)} | {own.FirstSeconds:F1} |"));
        missing.AddRange(own.Warnings.Select(w => $"{problem.Name}: {w}"));
    }

    public override string ToString()
    {
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"Gradient descent in single precision; {Problem.Iterations} steps each or, where a problem says so, to that norm of the gradient and no more."),
            $"Host: {Machine.Description}.",
            "Medians of five runs after one that warms up; the first takes compilation along.",
            "",
            "| problem | restarts | restarts/s | gradients/s | of the time in kernels | GFLOP/s there | of the ceiling | the first run, s |",
            "|---|---|---|---|---|---|---|---|",
        };
        lines.AddRange(rows);
        if (found is not { IsGpu: true })
        {
            lines.Add("\nThis device is no GPU: what a GPU would say is missing, and it was given few restarts. Read that it works, not how fast.");
        }

        if (missing.Count > 0)
        {
            lines.Add($"\nMissing:\n\n- {string.Join("\n- ", missing.Distinct())}");
        }

        return string.Join("\n", lines);
    }

    /// <summary>The part of what the device can do, of arithmetic or of memory, whichever is nearer its ceiling.</summary>
    private string Ceiling(Measurement own)
    {
        var arithmetic = own.Flops / found?.Flops?.Single;
        var memory = own.Bytes / found?.BytesPerSecond;
        return arithmetic is null ? "–"
            : memory > arithmetic ? string.Create(CultureInfo.InvariantCulture, $"{memory:P0} of memory's")
            : string.Create(CultureInfo.InvariantCulture, $"{arithmetic:P0}");
    }
}
