using System.Diagnostics;
using LandscapeGpu.Devices;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Differentiation;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>How fast a problem runs: the median of some runs after one that warms up.</summary>
/// <param name="Restarts">How many there were.</param>
/// <param name="Seconds">How long they took.</param>
/// <param name="KernelSeconds">How much of it kernels ran; the rest is memory, copies and the host.</param>
/// <param name="Steps">Of all restarts together.</param>
/// <param name="MedianValue">The median of f where the first restarts ended: whoever does the same work has the same.</param>
/// <param name="FlopsPerStep">Arithmetic of a step.</param>
/// <param name="BytesPerStep">What a step moves between memory and registers; 0 where all state is in registers.</param>
/// <param name="Warnings">What the device said.</param>
/// <param name="FirstSeconds">From an objective to the first endpoints: compilation and one run.</param>
internal sealed record Measurement(
    int Restarts, double Seconds, double KernelSeconds, long Steps, double MedianValue, double FlopsPerStep, double BytesPerStep, IReadOnlyList<string> Warnings, double FirstSeconds)
{
    private const int Repetitions = 5;

    /// <summary>The restarts whose values are compared: the first ones, of everybody the same.</summary>
    private const int Compared = 1 << 14;

    public double RestartsPerSecond => Restarts / Seconds;

    public double GradientsPerSecond => Steps / Seconds;

    /// <summary>Arithmetic a second, while kernels ran.</summary>
    public double Flops => Steps / KernelSeconds * FlopsPerStep;

    /// <summary>Bytes between memory and registers a second, while kernels ran.</summary>
    public double Bytes => Steps / KernelSeconds * BytesPerStep;

    public static Measurement Of(Problem problem, Device device, int restarts)
    {
        var first = Stopwatch.StartNew();
        var descent = device.Compile(problem.Objective, problem.Options);
        var range = problem.Range(restarts);
        var ends = descent.Run(range);
        var firstSeconds = first.Elapsed.TotalSeconds;
        var runs = new List<(double Seconds, double InKernels)>();
        for (var k = 0; k < Repetitions; k++)
        {
            var watch = Stopwatch.StartNew();
            descent.Run(range);
            runs.Add((watch.Elapsed.TotalSeconds, (descent as KernelDescent)?.LaunchSeconds ?? watch.Elapsed.TotalSeconds));
        }

        return new(
            Restarts: restarts,
            Seconds: runs.Select(r => r.Seconds).Order().ElementAt(Repetitions / 2),
            KernelSeconds: runs.Select(r => r.InKernels).Order().ElementAt(Repetitions / 2),
            Steps: ends.Steps.Sum(s => (long)s),
            MedianValue: Median(problem, ends.Points),
            FlopsPerStep: descent.FlopsPerStep,
            BytesPerStep: (descent as KernelDescent)?.Plan.BytesPerStep ?? 0,
            Warnings: descent.Warnings,
            FirstSeconds: firstSeconds);
    }

    private static double Median(Problem problem, double[] points)
    {
        var d = problem.Objective.Dimension;
        using var slopes = new PointDerivatives(problem.Objective);
        var values = Enumerable.Range(0, Math.Min(Compared, points.Length / d)).Select(k => slopes.At(points.AsSpan(k * d, d)).Value).Order().ToList();
        return values[values.Count / 2];
    }
}
