using System.Text.Json;
using LandscapeGpu.Benchmarks.Problems;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>This engine as a program of its own, which prints one line as the peers do: an environment can then be given to it.</summary>
internal static class EngineLine
{
    public static int Run(IReadOnlyList<string> arguments)
    {
        var (name, bits, restarts, iterations, isTimed) = (arguments[0], int.Parse(arguments[1]), int.Parse(arguments[2]), int.Parse(arguments[3]), bool.Parse(arguments[4]));
        var engine = new Engine(bits);
        engine.Run(PeerProblem.Find(name), restarts, iterations, isTimed: false);
        var best = double.MaxValue;
        Measurement m = null!;
        for (var k = 0; k < 5; k++)
        {
            var cpu = Environment.CpuUsage.TotalTime;
            m = engine.Run(PeerProblem.Find(name), restarts, iterations, isTimed);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / 3);
        }

        Console.WriteLine(JsonSerializer.Serialize(new { seconds = m.Seconds, iterations_mean = m.Gradients, cpu_best = best }));
        return 0;
    }
}
