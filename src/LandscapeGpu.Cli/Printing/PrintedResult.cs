using System.Text.Encodings.Web;
using System.Text.Json;

namespace LandscapeGpu.Cli.Printing;

/// <summary>What is printed of a result, before it is known how wide a line is: run files keep it, and any screen shows it.</summary>
/// <param name="Heading">What was run; empty where tables say it.</param>
/// <param name="Tables">The tables.</param>
/// <param name="Notes">What they do not say, a line each.</param>
internal sealed record PrintedResult(string Heading, IReadOnlyList<Table> Tables, IReadOnlyList<string> Notes)
{
    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What theory says of the landscape; empty where that was not asked for.</summary>
    public string Evidence { get; init; } = "";

    public static PrintedResult Of(SurveyResult result, int rows) => new(SurveyText.Heading(result), [.. SurveyText.Tables(result, rows)], [.. SurveyText.Notes(result)]);

    /// <summary>The survey that <see cref="Json"/> is of.</summary>
    public static PrintedResult Read(string json) => JsonSerializer.Deserialize<PrintedResult>(json, Form)!;

    public string Json() => JsonSerializer.Serialize(this, Form);

    /// <summary>What a run file keeps of a comparison or a sweep to be read by people and programs.</summary>
    public List<(string Name, string Content)> Reports(string json, string rows, IEnumerable<Warning> warnings)
    {
        using var text = new StringWriter();
        PrintOn(new(text, false, null));
        return [("report", text.ToString().TrimEnd() + "\n"), ("layout", Json()), ("json", json), ("rows", rows), ("warnings", string.Join("\n", warnings.Select(w => w.Message).Distinct()))];
    }

    public void PrintOn(Surface surface)
    {
        if (Heading.Length > 0)
        {
            surface.WriteLine(Heading);
            surface.WriteLine();
        }

        foreach (var table in Tables)
        {
            surface.Print(table);
            surface.WriteLine();
        }

        foreach (var line in Notes)
        {
            surface.WriteLine(line);
        }

        if (Evidence.Length > 0)
        {
            surface.WriteLine();
            surface.WriteLine(Evidence);
        }
    }
}
