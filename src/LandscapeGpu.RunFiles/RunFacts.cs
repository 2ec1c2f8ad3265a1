using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using LandscapeGpu.Differentiation;
using LandscapeGpu.Evidence;
using LandscapeGpu.Objectives;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.RunFiles;

/// <summary>What a run is of, as names and texts: runs whose numbers are the same have the same.</summary>
internal static class RunFacts
{
    /// <summary>What decides every number of an endpoint: files that differ here have nothing to do with one another.</summary>
    public static readonly string[] OfNumbers = ["engine", "objective", "dimension", "region", "fingerprint", "seed", "starts", "descent"];

    /// <summary>What a comparison or a sweep is, beside what a survey is.</summary>
    public static readonly string[] OfMembers = ["contenders", "plateaus", "setting", "values", "data sets", "samples", "paths", "ball", "columns"];

    /// <summary>What decides, beside these, what is made of the endpoints.</summary>
    public static readonly string[] OfResult = ["first", "restarts", "until coverage", "budget", "identity", "tolerance", "most points", .. OfMembers];

    private const string Names = "names";

    private const int Probes = 4;

    /// <param name="command">The command whose run it is.</param>
    /// <param name="objective">What is explored.</param>
    /// <param name="options">How.</param>
    /// <param name="shard">K/N for a part of the restarts; null for all.</param>
    public static Dictionary<string, string> Of(string command, Objective objective, SurveyOptions options, string? shard) => new()
    {
        ["command"] = command,
        ["engine"] = Engine,
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["system"] = RuntimeInformation.OSDescription,
        ["created"] = DateTime.UtcNow.ToString("u", CultureInfo.InvariantCulture),
        ["objective"] = objective.Name,
        ["dimension"] = Text(objective.Dimension),
        ["region"] = objective.Region.Describe(objective.Dimension),
        ["fingerprint"] = Fingerprint(objective, options),
        ["seed"] = Text(options.Seed),
        ["starts"] = objective.StartsFrom(options.Starts).Describe(),
        ["descent"] = options.Descent.ToString(),
        ["first"] = Text(options.First),
        ["restarts"] = Text(options.Restarts),
        ["until coverage"] = options.UntilCoverage is { } coverage ? Text(coverage) : "none",
        ["budget"] = options.UntilCoverage is null ? "none" : Text(options.Budget),
        ["identity"] = options.Identity.ToString(),
        ["tolerance"] = options.Tolerance is { } tolerance ? Text(tolerance) : "own",
        ["most points"] = Text(options.MostPoints),
        ["shard"] = shard ?? "all",
        [Names] = JsonSerializer.Serialize(objective.Names),
    };

    /// <summary>Whether a file's facts are there, and are what is read of them: whoever writes them with a right checksum may have written anything.</summary>
    public static bool AreWhole(IReadOnlyDictionary<string, string> facts)
    {
        string[] needed =
        [
            "engine", "objective", "fingerprint", "shard",
            .. facts.GetValueOrDefault("command") switch { "sweep" => new[] { "setting", "values" }, "compare" => ["contenders"], _ => [] },
        ];
        string[] counts =
        [
            "dimension", "restarts", .. facts.GetValueOrDefault("command") is "sweep" ? new[] { "data sets" } : [],
            .. facts.Keys.Where(f => f == "arrivals" || f.StartsWith("points of ", StringComparison.Ordinal)),
        ];
        return facts.GetValueOrDefault("command") is "explore" or "verify" or "compare" or "sweep" or "merge" && needed.All(facts.ContainsKey)
            && counts.All(f => long.TryParse(facts.GetValueOrDefault(f), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= (f is "restarts" or "arrivals" ? long.MaxValue : int.MaxValue))
            && facts["dimension"].Any(c => c != '0');
    }

    /// <summary>A fact as it is said beside another: of long ones, which have parts, those that the other has not.</summary>
    public static string Unlike(string fact, string other)
    {
        const int Long = 100;
        if (fact.Length <= Long && other.Length <= Long)
        {
            return fact;
        }

        string[] apart = [" | ", ", ", " { ", " }"];
        var own = fact.Split(apart, StringSplitOptions.RemoveEmptyEntries).Except(other.Split(apart, StringSplitOptions.RemoveEmptyEntries)).ToList();
        return own.Count == 0 ? "the rest of it" : $"… {string.Join(" … ", own)} …";
    }

    /// <summary>What a file says that coordinates are called: one name each, or nothing; they decide no number.</summary>
    public static IReadOnlyList<string> NamesOf(IReadOnlyDictionary<string, string> facts)
    {
        try
        {
            return facts.TryGetValue(Names, out var names) ? JsonSerializer.Deserialize<string[]>(names) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>The version whose numbers these are.</summary>
    public static string Engine { get; } =
        typeof(Objective).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>Those of a comparison.</summary>
    public static Dictionary<string, string> Of(Objective objective, ComparisonOptions options)
    {
        var facts = Of("compare", objective, new() { Restarts = options.Restarts, Seed = options.Seed, Starts = options.Starts }, null);
        facts["descent"] = "that of each contender";
        facts["contenders"] = string.Join(" | ", (options.Contenders ?? new ContenderGrid().All()).Select(c => c.Starts is { } starts ? $"{c.Descent}, from {starts.Name}: {starts.Sampler.Describe()}" : c.Descent.ToString()));
        facts["plateaus"] = Text(options.PlateauStarts);
        return facts;
    }

    /// <summary>Those of a sweep; the objective is that of the first value.</summary>
    public static Dictionary<string, string> Of(string setting, IReadOnlyList<double> values, Objective first, SweepOptions options)
    {
        var facts = Of("sweep", first, options.Survey, null);
        facts["setting"] = setting;
        facts["values"] = string.Join(" ", values.Select(v => Text(v)));
        (facts["data sets"], facts["samples"], facts["paths"]) = (Text(options.DataSets), Text(options.Samples), Text(options.Paths));
        facts["ball"] = options.OverBall is { } ball ? Text(ball) : "own";
        string[] columns =
        [
            .. options.WithTheory ? new[] { "theory" } : [],
            .. options.WithKernel ? new[] { "kernel" } : [],
            .. options.WithCost ? new[] { options.CostSteps is { } steps ? $"cost by steps {string.Join(" ", steps.Select(s => Text(s)))}" : "cost" } : [],
            .. options.WithGradients ? new[] { "gradients" } : [],
            .. options.Threshold is { } edge ? new[] { $"threshold of {edge.Name} in {Text(edge.Low)} to {Text(edge.High)}" } : [],
        ];
        facts["columns"] = columns.Length == 0 ? "none" : string.Join(", ", columns);
        return facts;
    }

    /// <summary>The bits of f at a few starts: another formula, other data or another parameter have others.</summary>
    public static string Fingerprint(Objective objective, SurveyOptions options)
    {
        var (d, values) = (objective.Dimension, new double[Probes]);
        var points = new double[Probes * d];
        for (var k = 0; k < Probes; k++)
        {
            objective.StartsFrom(options.Starts).Draw(0, k, points.AsSpan(k * d, d));
        }

        using var evaluator = new LaneValues(objective, options.VectorBits);
        evaluator.At(points, values);
        return string.Join(" ", values.Select(v => double.IsNaN(v) ? "NaN" : BitConverter.DoubleToInt64Bits(v).ToString("x16", CultureInfo.InvariantCulture)));
    }

    private static string Text(IFormattable number) => number.ToString(number is double ? "R" : null, CultureInfo.InvariantCulture);
}
