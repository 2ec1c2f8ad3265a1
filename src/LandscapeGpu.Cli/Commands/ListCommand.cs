using System.Text.Encodings.Web;
using System.Text.Json;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape list</c>: the catalogue, a line a family, or all about one.</summary>
internal static class ListCommand
{
    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(Session session)
    {
        var name = new Argument<string?>("name") { Description = "a family, to be told all about it", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "as JSON" };
        var command = new Command("list", "Lists the objectives that come with the engine.") { name, json };
        command.SetAction(parsed =>
        {
            var one = parsed.GetValue(name) is { } asked ? Catalogue.Find(asked) : null;
            if (parsed.GetValue(json))
            {
                session.Out.WriteLine(Json(one is null ? Catalogue.Families : [one]));
            }
            else if (one is null)
            {
                session.Results.Print(Table(session.Results));
            }
            else
            {
                foreach (var (label, text) in Entries(one))
                {
                    session.Results.WriteEntry(label, text);
                }
            }

            return ExitCode.Success;
        });
        return command;
    }

    // Three or four words.
    private const int ShortestPhrase = 24;

    /// <summary>A line a family, whatever the width: of what does not fit, a phrase.</summary>
    private static Table Table(Surface surface)
    {
        string[] dimensions = [.. Catalogue.Families.Select(Dimensions)];
        // What is left of a line beside the other columns and what stands between them; where that is too little, dimensions give way.
        var beside = surface.Width - Catalogue.Families.Max(f => f.Name.Length) - surface.Between(columns: 2);
        var room = beside - dimensions.Max(d => d.Length) - surface.Between(columns: 3) + surface.Between(columns: 2);
        room = room < ShortestPhrase ? beside : room;
        return new(
            "The catalogue",
            [new("name", false), new("dimension", GivesWay: 1), new("summary", false)],
            [.. Catalogue.Families.Select((f, k) => new[] { f.Name, dimensions[k], room is { } most ? TextLines.Shortened(f.Summary, most) : f.Summary })])
        {
            Note = "`landscape list NAME` tells all about one.",
        };
    }

    private static string Dimensions(Family f) => f.Dimensions is var (least, most) && least < most ? $"{f.DefaultDimension} ({least}–{most})" : f.DefaultDimension.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<(string Label, string Text)> Entries(Family f)
    {
        yield return ("name", f.Name);
        yield return ("summary", f.Summary);
        yield return ("coordinates", f.Dimensions is var (least, most) && least < most ? $"{f.DefaultDimension}, or from {least} to {most} (--dimension)" : $"{f.DefaultDimension}{(f.Settings.Count > 0 ? ", or as settings (--set) give" : "")}");
        yield return ("domain", SetOf(f));
        foreach (var setting in f.Settings)
        {
            yield return ("setting", setting.Explained(setting.Default));
        }

        if (f.Takes != DataForm.None)
        {
            yield return ("data", $"{f.Takes.ToString().ToLowerInvariant()} of your own (--data)");
        }

        yield return ("source", f.Source);
        yield return ("formula", $"`landscape explain {f.Name}`");
    }

    /// <summary>The set the usual member is explored on.</summary>
    private static string SetOf(Family f) => f.Create() is var made ? made.Region.Describe(made.Dimension) : "";

    private static string Json(IReadOnlyList<Family> families)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("command", "list");
            json.WriteString("version", JsonRecord.Version);
            json.WriteStartArray("families");
            foreach (var family in families)
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
