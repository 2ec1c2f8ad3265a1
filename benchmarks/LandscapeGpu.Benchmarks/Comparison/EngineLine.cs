using System.Globalization;
using System.Text.Json;
using LandscapeGpu.Benchmarks.Problems;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>This engine as a program of its own, which prints one line as the peers do: so an environment can be given to it.</summary>
internal static class EngineLine
{
    /// <param name="arguments">The problem, the width of vectors, restarts, iterations, and whether it is timed.</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        if (arguments is not [var name, var bits, var restarts, var iterations, var isTimed])
        {
            Console.Error.WriteLine("engine needs five arguments: problem, bits, restarts, iterations, true or false.");
            return 1;
        }

        var m = new Engine(Whole(bits)).Run(PeerProblem.Find(name), Whole(restarts), Whole(iterations), bool.Parse(isTimed));
        // No number where only time was asked for; JSON has no NaN.
        var best = double.IsNaN(m.BestValue) ? 0 : m.BestValue;
        Console.WriteLine(JsonSerializer.Serialize(new { seconds = m.Seconds, iterations_mean = m.Gradients, converged_fraction = m.Converged, best_f = best }));
        return 0;
    }

    private static int Whole(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}
