using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>Every rule on every objective of the catalogue, and batches of those that have samples, on the device and on lanes, from the same starts.</summary>
internal static class StepParity
{
    private const int Restarts = 100;

    /// <summary>What differs for an objective, one line each.</summary>
    public static IEnumerable<string> Check(Objective objective, Device device)
    {
        var stop = new StopRule { Iterations = 4 };
        var all = Rules.Names.Select(rule => new DescentOptions { Rule = Rules.Named(rule), IsDouble = true, Stop = stop });
        if (objective.Samples is { } samples)
        {
            all = all.Append(new() { Rule = new Adam(), Batch = Math.Min(4, samples), IsDouble = true, Stop = stop });
        }

        return all.Select(options => Compare(objective, options, device)).OfType<string>();
    }

    private static string? Compare(Objective objective, DescentOptions options, Device device)
    {
        var range = new RestartRange(objective.DefaultStarts, 11, 1000, Restarts);
        var lanes = new LaneDevice().Compile(objective, options).Run(range);
        var other = device.Compile(objective, options);
        var ends = other.Run(range);
        var worst = lanes.Points.Zip(ends.Points, (a, b) => a.Equals(b) ? 0 : Math.Abs(a - b) / Math.Max(1, Math.Abs(a))).Max();
        // Four steps multiply roundings by what a step multiplies distances by, which is far from 1e8 even where forces are steepest.
        return other.Warnings.Count == 0 && lanes.Outcomes.SequenceEqual(ends.Outcomes) && worst <= 1e-8 ? null
            : $"{objective.Name}, {options.Rule}{(options.Batch is { } batch ? $", {batch}" : "")}: endpoints differ by up to {worst:G3} {string.Join(" ", other.Warnings)}";
    }
}
