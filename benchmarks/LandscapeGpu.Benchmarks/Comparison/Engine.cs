using System.Diagnostics;
using System.Runtime;
using LandscapeGpu.Benchmarks.Problems;
using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Differentiation;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>This engine, at one width of vectors.</summary>
internal sealed class Engine(int bits) : Contender
{
    private readonly Dictionary<(string, int, int), (CompiledDescent Descent, RestartRange Range, Endpoints Room)> ready = [];

    public override string Name => $"LandscapeGpu, {bits}-bit";

    public override string Short => $"{bits}-bit";

    public override bool IsOurs => true;

    public override Measurement Run(PeerProblem problem, int restarts, int iterations, bool isTimed)
    {
        var (descent, range, ends) = Prepared(problem, restarts, iterations);
        var seconds = new double[isTimed ? Repetitions : 1];
        for (var k = 0; k < seconds.Length; k++)
        {
            GC.Collect();
            var watch = Stopwatch.StartNew();
            ends = descent.RunInto(range, ends);
            seconds[k] = watch.Elapsed.TotalSeconds;
        }

        return new(
            Spread.Of(seconds).Median,
            ends.Steps.Average(),
            (double)ends.Totals.Converged / restarts,
            isTimed ? double.NaN : BestValue(problem, ends));
    }

    private static double BestValue(PeerProblem problem, Endpoints ends)
    {
        using var slopes = new PointDerivatives(problem.Objective);
        return Enumerable.Range(0, ends.Count).Min(k => slopes.At(ends.Points.AsSpan(k * ends.Dimension, ends.Dimension)).Value);
    }

    /// <summary>
    /// The runtime compiles once more, on a thread of its own, what has run often: a tenth of a second after the last method was new, and for as long as some
    /// problems are timed. Compiling is outside the timed part, for everybody.
    /// </summary>
    private static void WaitForTheCompiler()
    {
        for (var (before, now) = (-1L, JitInfo.GetCompiledMethodCount()); now != before; (before, now) = (now, JitInfo.GetCompiledMethodCount()))
        {
            Thread.Sleep(3 * 100);
        }
    }

    private (CompiledDescent Descent, RestartRange Range, Endpoints Room) Prepared(PeerProblem problem, int restarts, int iterations)
    {
        var key = (problem.Name, restarts, iterations);
        if (!ready.TryGetValue(key, out var found))
        {
            found = (new LaneDevice(bits: bits).Compile(problem.Objective, problem.Descent(iterations)), new(problem.Starts(restarts), 1, 0, restarts), new(problem.Objective.Dimension, restarts));
            // As in the C++, room for endpoints is made and touched before the timed part.
            Array.Clear(found.Room.Points);
            found.Descent.Run(found.Range with { Count = Math.Min(restarts, 4096) });
            WaitForTheCompiler();
            ready.Clear();
            ready.Add(key, found);
        }

        return found;
    }
}
