using System.Globalization;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>The same work here, in JAX and in PyTorch, one after the other on the same device.</summary>
internal sealed class PeerTable
{
    private readonly List<string> rows = [];
    private readonly List<string> missing = [];

    public void Add(Problem problem, Measurement own, IReadOnlyList<PeerResult> peers)
    {
        rows.Add(string.Create(CultureInfo.InvariantCulture, $"| {problem.Name} | {own.RestartsPerSecond:N0} | {string.Join(" | ", peers.Select(p => Beside(own, p)))} |"));
        missing.AddRange(peers.Where(p => p.RestartsPerSecond is null).Select(p => $"{problem.Name}, {p.Name}: {p.Reason}"));
        missing.AddRange(own.Warnings.Select(w => $"{problem.Name}: {w}"));
    }

    public override string ToString()
    {
        var lines = new List<string>
        {
            "Restarts a second; medians of five runs after one that warms up, with the same starts, steps and stop rule. In brackets: ours over theirs.",
            "",
            "| problem | LandscapeGpu | JAX | PyTorch |",
            "|---|---|---|---|",
        };
        lines.AddRange(rows);
        if (missing.Count > 0)
        {
            lines.Add($"\nMissing:\n\n- {string.Join("\n- ", missing)}");
        }

        return string.Join("\n", lines);
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
