using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Starts;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>Every rule on every objective of the catalogue, on the device and on lanes, from the same starts.</summary>
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
                var options = new DescentOptions { Rule = Rules.Named(rule), IsDouble = true, Stop = new() { Iterations = 4 } };
                var range = new RestartRange(StartsOf(objective), 11, 1000, Restarts);
                var lanes = new LaneDevice().Compile(objective, options).Run(range);
                var other = device.Compile(objective, options);
                var ends = other.Run(range);
                var worst = lanes.Points.Zip(ends.Points, (a, b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(a))).Max();
                if (other.Warnings.Count > 0 || !lanes.Outcomes.SequenceEqual(ends.Outcomes) || !(worst <= 1e-8))
                {
                    differences.Add($"{family.Name}, {rule}: endpoints differ by up to {worst:G3} {string.Join(" ", other.Warnings)}");
                }
            }
        }

        return differences;
    }

    public static Sampler StartsOf(Objective objective) => objective.DefaultStarts;
}
