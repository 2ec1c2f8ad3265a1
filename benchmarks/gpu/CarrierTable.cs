using System.Globalization;
using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Expressions;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.GpuBenchmark;

/// <summary>Sums over samples, and large networks, for fewer restarts than a GPU has threads: a thread for each restart beside a warp for each and a block of as many warps as can, and what the planner's model says.</summary>
internal static class CarrierTable
{
    private const int Iterations = 100;
    private const int Repetitions = 3;

    // A second or so of a large GPU for each run.
    private const double MostSamples = 1e9;

    // And a part of its memory.
    private const double MostCoordinates = 1e8;

    /// <summary>Measures; answers how many problems ended elsewhere by warps than by threads, which they must not by a bit.</summary>
    public static int Measure(Device device, bool isGpu, Page page)
    {
        var multiprocessors = (device as KernelDevice)?.Limits.Multiprocessors ?? 0;
        var rows = new List<string>();
        var different = 0;
        foreach (var (name, objective) in Problems())
        {
            foreach (var rule in new UpdateRule[] { new GradientDescent { Step = 1e-3 }, new Lbfgs() })
            {
                foreach (var restarts in (isGpu ? new[] { 100, 1_000, 5_000, 20_000, 100_000 } : [20]).Where(r => r * (double)(objective.Samples ?? 1) <= MostSamples && r * (double)objective.Dimension <= MostCoordinates))
                {
                    Console.Error.WriteLine($"warps: {name}, {rule.Name}, {restarts}");
                    var options = new DescentOptions { Rule = rule, Stop = new() { Iterations = Iterations, OnlyIterations = true } };
                    if ((device as KernelDevice)?.CompileKernels(objective, options) is not { } descent || descent.By(Carriers.Warps).WarpsFor(restarts) == 0)
                    {
                        rows.Add($"| {name} | {rule.Name} | {restarts} | its warps carry no restarts | | | | | |");
                        break;
                    }

                    var range = new RestartRange(objective.DefaultStarts, 1, 0, restarts);
                    var (threads, warps, most) = (Timed(descent.By(Carriers.Threads), range), Timed(descent.By(Carriers.Warps), range), descent.By(Carriers.Blocks).WarpsFor(restarts));
                    var blocks = most > 1 ? Timed(descent.By(Carriers.Blocks), range) : warps;
                    // Lanes that take coordinates add in an order of their own.
                    var (isSame, inLanes) = (threads.Ends.Points.SequenceEqual(warps.Ends.Points) && warps.Ends.Points.SequenceEqual(blocks.Ends.Points), descent.Plan.InLanes);
                    different += isSame || inLanes is not null ? 0 : 1;
                    rows.Add(string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {name} | {rule.Name} | {restarts:N0} | {1e3 * threads.Seconds:F1} | {1e3 * warps.Seconds:F1} | {(most > 1 ? $"{1e3 * blocks.Seconds:F1} ({most} warps)" : "")} | {threads.Seconds / Math.Min(warps.Seconds, blocks.Seconds):F2} | {(inLanes is null ? Math.Max(descent.Plan.ByWarps!.Gain(restarts, multiprocessors), descent.Plan.ByWarps!.Gain(restarts, multiprocessors, most)) : inLanes.GainOfFew):F2}, so by {descent.WarpsFor(restarts) switch { 0 => "a thread", 1 => "a warp", var several => $"{several} warps" }} | {(isSame ? "same" : inLanes is null ? "DIFFERENT" : "to rounding")} |"));
                    Write();
                }

                Write();
            }
        }

        return different;

        void Write() => page.Write("Few restarts", string.Join("\n", (string[])[
            $"{Iterations} steps in single precision, milliseconds in kernels, least of {Repetitions} runs after one that warms up.", "",
            "| problem | rule | restarts | a thread each | a warp each | a block each | times as fast | by the model | endpoints |",
            "|---|---|---|---|---|---|---|---|---|", .. rows]));
    }

    private static (double Seconds, Endpoints Ends) Timed(KernelDescent descent, RestartRange range)
    {
        var ends = descent.Run(range);
        var least = double.PositiveInfinity;
        for (var k = 0; k < Repetitions; k++)
        {
            descent.Run(range);
            least = Math.Min(least, descent.LaunchSeconds);
        }

        return (least, ends);
    }

    private static IEnumerable<(string Name, Objective Objective)> Problems()
    {
        const int points = 2000, terms = 10;
        var (t, y) = (new Data("t", [.. Enumerable.Range(0, points).Select(k => k / 500.0)]), new Data("y", [.. Enumerable.Range(0, points).Select(k => Math.Sin(k / 300.0))]));
        yield return ("generalised linear model, n = 1000, d = 20", Catalogue.Find("glm").Create(20, new Dictionary<string, double> { ["n"] = 1000 }));
        yield return ("the same, n = 100,000", Catalogue.Find("glm").Create(20, new Dictionary<string, double> { ["n"] = 100_000 }));
        yield return ("perceptron 2-3-1, n = 2000", Catalogue.Find("perceptron").Create(null, new Dictionary<string, double> { ["n"] = 2000 }));
        yield return ("a fit of ten exponentials to 2,000 points", Objective.Define("fit", 2 * terms, x => Mean(points, k => Square(y[k] - Sum(terms, i => x[i] * Exp(-Square(x[terms + i]) * t[k])))))
            with
        { Region = Region.Box(2 * terms, -2, 2) });
        yield return ("perceptron 784-128-1, n = 64, lanes taking weights", Catalogue.Find("perceptron").Create(null, new Dictionary<string, double> { ["inputs"] = 784, ["width"] = 128, ["n"] = 64 }));
    }
}
