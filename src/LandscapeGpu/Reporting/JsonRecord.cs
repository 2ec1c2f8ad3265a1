using System.Reflection;
using System.Text.Json.Nodes;

namespace LandscapeGpu.Reporting;

/// <summary>What every JSON begins with: what ran, of which version, when, and on which landscape.</summary>
internal static class JsonRecord
{
    // Raised when a reader of the old form would misread the new one.
    private const int Schema = 1;

    public static string Version { get; } =
        typeof(JsonRecord).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>The head of a record that is about no landscape.</summary>
    public static JsonObject Head(RunOrigin? origin, string command)
    {
        origin ??= new();
        return new()
        {
            ["schema"] = Schema,
            ["version"] = Version,
            ["time"] = origin.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["command"] = origin.Command.Length > 0 ? origin.Command : command,
            ["arguments"] = JsonText.Words(origin.Arguments),
        };
    }

    /// <summary>The head of a record about one landscape.</summary>
    public static JsonObject Head(RunOrigin? origin, string command, Objective objective, Sampler? starts)
    {
        var head = Head(origin, command);
        origin ??= new();
        head["objective"] = new JsonObject
        {
            ["name"] = objective.Name,
            ["dimension"] = objective.Dimension,
            ["formula"] = origin.Formula,
            ["script"] = origin.Script,
            ["settings"] = Numbers(origin.Settings),
            ["parameters"] = Numbers(objective.Parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))),
            ["names"] = objective.Names.Count == 0 ? null : JsonText.Words(objective.Names),
            ["samples"] = objective.Samples,
            ["classes"] = objective.Classes.Count == 0 ? null : JsonText.Words(objective.Classes),
            ["source"] = objective.Source,
            ["files"] = new JsonArray([.. origin.Files.Select(f => (JsonNode)new JsonObject { ["path"] = f.Path, ["sha256"] = f.Sha256 })]),
        };
        head["domain"] = objective.Region.Describe(objective.Dimension);
        head["starts"] = (starts ?? objective.ShownStarts).Describe();
        return head;
    }

    public static JsonObject Outcomes(IEnumerable<(string Name, long Count)> rows) =>
        new(rows.Select(r => KeyValuePair.Create(r.Name.Replace(" a ", " ", StringComparison.Ordinal).Replace(' ', '_'), (JsonNode?)r.Count)));

    public static JsonArray Warnings(IEnumerable<Warning> warnings) =>
        new([.. warnings.Select(w => (JsonNode)new JsonObject { ["code"] = w.Code, ["message"] = w.Message })]);

    public static JsonObject Descent(DescentOptions options) => new()
    {
        ["rule"] = options.Rule.ToString(),
        ["name"] = options.Rule.Name,
        ["numbers"] = Numbers(options.Rule.Tunable.Select(n => KeyValuePair.Create(n.Name, n.Value))),
        ["schedule"] = options.Schedule.ToString(),
        ["batch"] = options.Batch?.Size,
        ["with_replacement"] = options.Batch is { WithReplacement: true },
        ["curriculum"] = options.Curriculum?.Steps,
        ["clip"] = JsonText.Number(options.Clip),
        ["weight_decay"] = options.WeightDecay,
        ["temperature"] = options.Temperature,
        ["precision"] = options.IsDouble ? "double" : "single",
        ["iterations"] = options.Stop.Iterations,
        ["gradient_tolerance"] = JsonText.Number(options.Stop.GradientTolerance),
        ["plateau"] = options.Stop.Plateau,
    };

    private static JsonObject Numbers(IEnumerable<KeyValuePair<string, double>> numbers)
    {
        var made = new JsonObject();
        foreach (var (name, value) in numbers)
        {
            made[name] = JsonText.Number(value);
        }

        return made;
    }
}
