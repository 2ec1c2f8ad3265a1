using System.Diagnostics;
using System.Globalization;
using LandscapeGpu.Devices;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>What a restart costs the host when the device takes no time: everything between the device's counts and the table of minima.</summary>
internal static class HostShare
{
    /// <summary>A row for each number of restarts, ten times as many as the last.</summary>
    /// <param name="most">The most.</param>
    /// <param name="page">Where they are written.</param>
    public static void Measure(long most, Page page)
    {
        var objective = Catalogue.Find("rastrigin").Create(3);
        var rows = new List<string>();
        // Twice, since the first compiles.
        for (var restarts = 1_000_000L; restarts <= most; restarts *= rows.Count == 1 ? 1 : 10)
        {
            using var process = Process.GetCurrentProcess();
            var (before, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
            var result = Survey.Run(objective, new() { Restarts = restarts, Searcher = new InstantDevice(objective.Dimension) });
            var wall = watch.Elapsed.TotalSeconds;
            process.Refresh();
            var busy = (process.TotalProcessorTime - before).TotalSeconds;
            rows.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"| {restarts:N0} | {1e9 * busy / restarts:F0} | {1e9 * wall / restarts:F0} | {process.PeakWorkingSet64 >> 20:N0} MiB | {result.Minima.Count:N0} |"));
            var first = rows.Count == 1 ? [] : rows.Skip(1).ToList();
            page.Write("The host's share", string.Join("\n", new[]
            {
                "Rastrigin, d = 3, on a device that descends, polishes, sorts and counts at once, to the minima: what is left is the host's, from how each restart ended to a table of minima.",
                $"{Environment.ProcessorCount} cores. Nanoseconds of all cores together, and of the clock, that a restart costs, those of the driver's copies left out; the most memory the process has had.",
                "",
                "| restarts | ns of cores a restart | ns of the clock | memory | minima found |",
                "|---|---|---|---|---|",
            }.Concat(first)));
        }
    }
}
