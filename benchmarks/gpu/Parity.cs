using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Starts;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>Every rule on every objective of the catalogue, and batches of those that have samples, on the device and on lanes, from the same starts.</summary>
internal static class Parity
{
    private const int Restarts = 100;

    /// <summary>What differs, one line each.</summary>
    public static IReadOnlyList<string> Check(Device device)
    {
        var differences = new List<string>();
        foreach (var family in Catalogue.Families)
        {
            Console.Error.WriteLine($"parity: {family.Name}");
            var objective = family.Create();
            foreach (var rule in Rules.Names)
            {
                Compare(device, objective, new() { Rule = Rules.Named(rule), IsDouble = true, Stop = new() { Iterations = 4 } }, differences);
            }

            if (objective.Samples is { } samples)
            {
                Compare(device, objective, new() { Rule = new Adam(), Batch = Math.Min(4, samples), IsDouble = true, Stop = new() { Iterations = 4 } }, differences);
            }
        }

        return differences;
    }

    private static void Compare(Device device, Objective objective, DescentOptions options, List<string> differences)
    {
        var range = new RestartRange(StartsOf(objective), 11, 1000, Restarts);
        var lanes = new LaneDevice().Compile(objective, options).Run(range);
        var other = device.Compile(objective, options);
        var ends = other.Run(range);
        var worst = lanes.Points.Zip(ends.Points, (a, b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(a))).Max();
        if (other.Warnings.Count > 0 || !lanes.Outcomes.SequenceEqual(ends.Outcomes) || !(worst <= 1e-8))
        {
            differences.Add($"{objective.Name}, {options.Rule}{(options.Batch is { } batch ? $", {batch}" : "")}: endpoints differ by up to {worst:G3} {string.Join(" ", other.Warnings)}");
        }
    }

    public static Sampler StartsOf(Objective objective) => objective.DefaultStarts;
}
