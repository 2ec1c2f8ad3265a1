using System.Diagnostics;
using LandscapeGpu.Objectives.Catalogue;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>A check of every family of the catalogue, each in a process of its own.</summary>
/// <remarks>Compilation keeps one core busy, so as many run side by side as there are; and a kernel that takes its process along leaves the others.</remarks>
internal sealed class FamilyChecks(string device, string folder, string part)
{
    /// <summary>Longer than any family takes alone.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(double.TryParse(Environment.GetEnvironmentVariable("FAMILY_SECONDS"), out var seconds) ? seconds : 600);

    /// <summary>Writes what differs, after every family, and answers how many lines that are.</summary>
    public int Write(string heading, string claim, Page page)
    {
        var (differences, done, writing) = (new List<string>(), 0, new Lock());
        var families = Catalogue.Families.Select(f => f.Name).ToList();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        // One by one, not in blocks: none waits behind another's slow ones.
        Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(families, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering), parallel, family =>
        {
            var found = Run(family).ToList();
            lock (writing)
            {
                done++;
                differences.AddRange(found);
                Console.Error.WriteLine($"{part}: {family} ({done} of {families.Count})");
                var extent = done == families.Count ? "" : $" (looked at so far: {done} of {families.Count})";
                page.Write(heading, $"{claim}{extent}: {(differences.Count == 0 ? "yes." : $"no.\n\n- {string.Join("\n- ", differences)}")}");
            }
        });
        return differences.Count;
    }

    private IEnumerable<string> Run(string family)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [device, folder, $"{part}:{family}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Longest))
        {
            process.Kill();
            return [$"{family}: not done in {Longest.TotalSeconds:F0} s"];
        }

        var lines = output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return process.ExitCode is 0 or 1 ? lines : lines.Append($"{family}: the process ended with {process.ExitCode}: {error.Result.Trim().ReplaceLineEndings(" ")}");
    }
}
