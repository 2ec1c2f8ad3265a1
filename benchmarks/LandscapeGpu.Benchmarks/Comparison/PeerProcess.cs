using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LandscapeGpu.Benchmarks.Comparison;

/// <summary>Runs another program and reads the lines of JSON it prints.</summary>
internal static class PeerProcess
{
    /// <summary>How often a script and the engine measure in turns.</summary>
    public const int Turns = 3;

    private static readonly JsonSerializerOptions Snake = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <exception cref="InvalidOperationException">The program is missing or failed; says how to install it.</exception>
    public static string Output(string program, params IEnumerable<string> arguments) => Output(new Dictionary<string, string>(), program, arguments);

    /// <summary>The words of each line that a script of benchmarks/peers prints, which is told for how many seconds to measure.</summary>
    public static IEnumerable<string[]> Words(string script, double seconds, params IEnumerable<string> more) =>
        Output(Environment.GetEnvironmentVariable("LANDSCAPE_PYTHON") ?? "/usr/bin/python3", [$"benchmarks/peers/{script}", seconds.ToString(CultureInfo.InvariantCulture), .. more])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '));

    public static IReadOnlyList<T> Lines<T>(string program, params IEnumerable<string> arguments) => Lines<T>(new Dictionary<string, string>(), program, arguments);

    /// <param name="environment">Variables that are set for it.</param>
    /// <param name="program">What is run.</param>
    /// <param name="arguments">What it is told.</param>
    public static IReadOnlyList<T> Lines<T>(IReadOnlyDictionary<string, string> environment, string program, params IEnumerable<string> arguments) =>
        [.. Output(environment, program, arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<T>(line, Snake)!)];

    private static string Output(IReadOnlyDictionary<string, string> environment, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output
                : throw new InvalidOperationException($"{program} ended with {process.ExitCode}; benchmarks/peers/README.md says what it needs.");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"{program} could not be started; benchmarks/peers/README.md says how to install it.", missing);
        }
    }
}

/// <summary>One line of a descent peer.</summary>
internal sealed record DescentLine(double Seconds, double IterationsMean, double ConvergedFraction, double BestF)
{
    public Measurement Measurement => new(Seconds, IterationsMean, ConvergedFraction, BestF);
}

/// <summary>One line of the clustering peer.</summary>
internal sealed record ClusteringLine(double Seconds, int Clusters, int Minima, bool Exact);
