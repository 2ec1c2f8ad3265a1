using System.Diagnostics;
using LandscapeGpu.Devices;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>How fast a problem runs: the median of some runs after one that warms up.</summary>
internal sealed record Measurement(double Seconds, int Restarts, double FlopsPerStep, IReadOnlyList<string> Warnings)
{
    private const int Repetitions = 5;

    public double RestartsPerSecond => Restarts / Seconds;

    public double GradientsPerSecond => RestartsPerSecond * Problem.Iterations;

    public double Flops => GradientsPerSecond * FlopsPerStep;

    public static Measurement Of(Problem problem, Device device)
    {
        // A processor would take minutes for what a GPU does in a second.
        var isGpu = device.Description.Contains("(cuda)", StringComparison.Ordinal) || device.Description.Contains("(opencl)", StringComparison.Ordinal);
        var restarts = isGpu ? Problem.Restarts : 2000;
        var descent = device.Compile(problem.Objective, problem.Options);
        var range = new RestartRange(Parity.StartsOf(problem.Objective), 1, 0, restarts);
        descent.Run(range);
        var seconds = new List<double>();
        for (var k = 0; k < Repetitions; k++)
        {
            var watch = Stopwatch.StartNew();
            descent.Run(range);
            seconds.Add(watch.Elapsed.TotalSeconds);
        }

        return new(seconds.Order().ElementAt(Repetitions / 2), restarts, descent.FlopsPerStep, descent.Warnings);
    }
}
