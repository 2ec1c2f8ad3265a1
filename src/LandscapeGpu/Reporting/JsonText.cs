using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LandscapeGpu.Reporting;

/// <summary>JSON as this engine writes it: numbers in full, those that are not finite as null, ∇ and λ without escapes.</summary>
internal static class JsonText
{
    // The reader is a program or a person, never a page.
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode node) => node.ToJsonString(Options);

    public static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;

    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> made) => new([.. items.Select(made)]);

    public static JsonArray Numbers(IEnumerable<double> values) => List(values, v => Number(v));

    public static JsonArray Words(IEnumerable<string> words) => List(words, w => w);

    public static string Snake(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
