using System.Text.Encodings.Web;
using System.Text.Json;
using LandscapeGpu.Objectives.Catalogue;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape list</c>: the catalogue.</summary>
internal static class ListCommand
{
    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(Session session)
    {
        var json = new Option<bool>("--json") { Description = "as JSON" };
        var command = new Command("list", "Lists the objectives that come with the engine.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
            {
                session.Out.WriteLine(Json());
            }
            else
            {
                session.Results.Print(Table(), Widest);
            }

            return ExitCode.Success;
        });
        return command;
    }

    // What fits a window of an editor's width.
    private const int Widest = 100;

    private static Table Table() => new(
        "The catalogue",
        [new("name", false), new("dimension", GivesWay: 2), new("set", false, GivesWay: 3, Wraps: true), new("settings", false, GivesWay: 1, Wraps: true), new("summary", false, Wraps: true)],
        [.. Catalogue.Families.Select(f => new[] { f.Name, Dimensions(f), SetOf(f), Settings(f), f.Summary })]);

    /// <summary>The set the usual member is explored on.</summary>
    private static string SetOf(Family f) => f.Create() is var made ? made.Region.Describe(made.Dimension) : "";

    private static string Dimensions(Family f) => f.Dimensions switch
    {
        var (least, most) when least < most => $"{least} – {most} ({f.DefaultDimension})",
        _ when f.Settings.Count > 0 => $"({f.DefaultDimension})",
        _ => f.DefaultDimension.ToString(CultureInfo.InvariantCulture),
    };

    private static string Settings(Family f) => string.Join(", ", f.Settings.Select(s => $"{s.Name}={s.Text(s.Default)}"));

    private static string Json()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("command", "list");
            json.WriteString("version", JsonRecord.Version);
            json.WriteStartArray("families");
            foreach (var family in Catalogue.Families)
            {
                Write(json, family);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Family family)
    {
        json.WriteStartObject();
        json.WriteString("name", family.Name);
        json.WriteString("summary", family.Summary);
        json.WriteNumber("dimension", family.DefaultDimension);
        json.WriteNumber("least_dimension", family.Dimensions.Least);
        json.WriteNumber("greatest_dimension", family.Dimensions.Most);
        json.WriteString("set", SetOf(family));
        json.WriteStartArray("settings");
        foreach (var setting in family.Settings)
        {
            json.WriteStartObject();
            json.WriteString("name", setting.Name);
            json.WriteNumber("default", setting.Default);
            json.WriteString("meaning", setting.Meaning);
            json.WriteStartArray("words");
            foreach (var word in setting.Options)
            {
                json.WriteStringValue(word);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("source", family.Source);
        json.WriteEndObject();
    }
}
