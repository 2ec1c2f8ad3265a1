using System.Globalization;
using LandscapeGpu.Benchmarks.Comparison;
using LandscapeGpu.Devices;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>The table of speeds, and what is missing in it.</summary>
internal sealed class SpeedTable(FoundDevice? found, int restarts)
{
    private readonly List<string> rows = [];
    private readonly List<string> missing = found?.Flops is null ? ["the share of the device's ceiling: nobody knows its ceiling"] : [];

    public void Add(Problem problem, Measurement own, IReadOnlyList<PeerResult> peers)
    {
        rows.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| {problem.Name} | {own.RestartsPerSecond:N0} | {own.GradientsPerSecond / 1e6:N1} M | {own.KernelSeconds / own.Seconds:P0} | {own.Flops / 1e9:N1} | {Ceiling(own)} | {string.Join(" | ", peers.Select(p => Beside(own, p)))} |"));
        missing.AddRange(peers.Where(p => p.RestartsPerSecond is null).Select(p => $"{p.Name}: {p.Reason}"));
        missing.AddRange(own.Warnings.Select(w => $"{problem.Name}: {w}"));
    }

    public override string ToString()
    {
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"Gradient descent in single precision, {restarts:N0} restarts; {Problem.Iterations} steps each or, where a problem says so, to that norm of the gradient and no more."),
            $"Host: {Machine.Description}.",
            "Medians of five runs after one that warms up; the peers have the same starts, steps and stop rule. In brackets: ours over theirs.",
            "",
            "| problem | restarts/s | gradients/s | of the time in kernels | GFLOP/s there | of the ceiling | JAX restarts/s | PyTorch restarts/s |",
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

    private static string Beside(Measurement own, PeerResult peer)
    {
        if (peer.RestartsPerSecond is not { } rate)
        {
            return "–";
        }

        // Single precision, a thousand steps: medians over many restarts agree to far more than this if the work is the same.
        var agrees = Math.Abs(own.MedianValue - peer.MedianValue) <= 1e-3 * Math.Max(1, Math.Abs(own.MedianValue));
        var doubt = agrees ? "" : string.Create(CultureInfo.InvariantCulture, $", but its median f is {peer.MedianValue:G5}, ours {own.MedianValue:G5}");
        return string.Create(CultureInfo.InvariantCulture, $"{rate:N0} ({own.RestartsPerSecond / rate:F1}×{doubt}){(peer.Reason.Length > 0 ? $" {peer.Reason}" : "")}");
    }
}
