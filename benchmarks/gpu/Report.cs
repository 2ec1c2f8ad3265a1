using System.Globalization;
using System.Text;
using LandscapeGpu.Devices;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>The page of results.</summary>
internal sealed class Report(Device device, FoundDevice? found)
{
    private readonly StringBuilder text = new();
    private readonly List<string> rows = [];
    private readonly List<string> missing = [];

    public void Parity(IReadOnlyList<string> differences)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"# {device.Description}\n");
        text.AppendLine(differences.Count == 0
            ? "Parity: every rule on every objective of the catalogue takes the lanes' steps from the lanes' starts."
            : $"Parity fails:\n\n- {string.Join("\n- ", differences)}");
        if (found?.Flops is null)
        {
            missing.Add("the share of the device's arithmetic ceiling: nobody knows its ceiling");
        }

        if (found is not { Kind: "cuda" or "opencl" })
        {
            missing.Add("everything that a GPU would say: this device is none, and was given fewer restarts");
        }
    }

    public void Speed(Problem problem, Measurement own, IReadOnlyList<(string Peer, double? RestartsPerSecond, string Reason)> peers)
    {
        var share = found?.Flops is { } flops ? string.Create(CultureInfo.InvariantCulture, $"{own.Flops / flops.Single:P0}") : "–";
        var others = peers.Select(p => p.RestartsPerSecond is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $"{rate:N0} ({own.RestartsPerSecond / rate:F1}×)")
            : "–");
        rows.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| {problem.Name} | {own.RestartsPerSecond:N0} | {own.GradientsPerSecond / 1e6:N1} M | {own.Flops / 1e9:N1} | {share} | {string.Join(" | ", others)} |"));
        missing.AddRange(peers.Where(p => p.RestartsPerSecond is null).Select(p => $"{p.Peer} on {problem.Name}: {p.Reason}"));
        missing.AddRange(own.Warnings.Select(w => $"{problem.Name}: {w}"));
    }

    /// <summary>Writes the page; returns where.</summary>
    public string Write(string folder)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"\nGradient descent, single precision, {Problem.Iterations} steps a restart.\n");
        text.AppendLine("| problem | restarts/s | gradients/s | GFLOP/s | of the ceiling | JAX restarts/s | PyTorch restarts/s |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        rows.ForEach(row => text.AppendLine(row));
        if (missing.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"\nMissing:\n\n- {string.Join("\n- ", missing)}");
        }

        Directory.CreateDirectory(folder);
        var name = string.Concat((found?.Name ?? device.Description.Split(' ')[0]).Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
        var path = Path.Combine(folder, $"{name}.md");
        File.WriteAllText(path, text.ToString().ReplaceLineEndings("\n"));
        return path;
    }
}
