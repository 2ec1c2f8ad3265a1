using System.Diagnostics;
using System.Globalization;
using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>Networks of real size: a thread for each restart beside all restarts in lock step by products of matrices.</summary>
internal static class NetworkTable
{
    private const int Iterations = 20;

    /// <summary>Measures; answers how many networks ended elsewhere than by threads.</summary>
    public static int Measure(Device device, bool isGpu, Page page)
    {
        var rows = new List<string>();
        var different = 0;
        foreach (var width in isGpu ? new[] { 32, 128 } : [16])
        {
            var network = Catalogue.Find("perceptron").Create(null, new Dictionary<string, double> { ["loss"] = 2, ["inputs"] = 784, ["width"] = width, ["n"] = isGpu ? 2000 : 50, ["classes"] = 10, ["decay"] = 1e-3 });
            var options = new DescentOptions { Rule = new GradientDescent { Step = 1e-2 }, Stop = new() { Iterations = Iterations, OnlyIterations = true } };
            foreach (var restarts in isGpu ? new[] { 30, 1_000 } : [3])
            {
                Console.Error.WriteLine($"networks: 784-{width}-10, {restarts}");
                if (device is not KernelDevice kernels || kernels.Compile(network, options) is not MatrixDescent lockStep)
                {
                    rows.Add($"| 784-{width}-10 | {restarts} | not in lock step: {device.Explain(network, options).Split('\n').FirstOrDefault(line => line.Contains("products of matrices", StringComparison.Ordinal))} | | | |");
                    break;
                }

                var range = new RestartRange(network.DefaultStarts, 1, 0, restarts);
                var (together, threads) = (Timed(lockStep, range), Timed(kernels.CompileKernels(network, options), range));
                // In single precision sums of thousands of terms have four digits or more in common, and twenty short steps keep them.
                var isSame = together.Ends.Points.Zip(threads.Ends.Points).All(p => Math.Abs(p.First - p.Second) <= 1e-3 * (1 + Math.Abs(p.First)));
                different += isSame ? 0 : 1;
                rows.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| 784-{width}-10 | {restarts:N0} | {1e3 * threads.Seconds / Iterations:F2} | {1e3 * together.Seconds / Iterations:F2} | {1e-12 * lockStep.Step.Products.Sum(p => p.Flops) * restarts * Iterations / together.Seconds:F2} | {(isSame ? "to rounding" : "DIFFERENT")} |"));
                Write();
            }

            Write();
        }

        return different;

        void Write() => page.Write("Networks", string.Join("\n", (string[])[
            $"{Iterations} steps in single precision, softmax loss, 2,000 samples (50 where there is no GPU); milliseconds a step of all restarts, the second of two runs.", "",
            "| network | restarts | a thread each | in lock step | TFLOP/s in products | endpoints |",
            "|---|---|---|---|---|---|", .. rows]));
    }

    private static (double Seconds, Endpoints Ends) Timed(CompiledDescent descent, RestartRange range)
    {
        descent.Run(range);
        var watch = Stopwatch.StartNew();
        var ends = descent.Run(range);
        return (watch.Elapsed.TotalSeconds, ends);
    }
}
