using System.Text.Encodings.Web;
using System.Text.Json;

namespace LandscapeGpu.Cli.Printing;

/// <summary>What is printed of a survey, before it is known how wide a line is: run files keep it, and any screen shows it.</summary>
/// <param name="Heading">What was run.</param>
/// <param name="Tables">The tables.</param>
/// <param name="Notes">What they do not say, a line each.</param>
internal sealed record PrintedSurvey(string Heading, IReadOnlyList<Table> Tables, IReadOnlyList<string> Notes)
{
    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What theory says of the landscape; empty where that was not asked for.</summary>
    public string Evidence { get; init; } = "";

    public static PrintedSurvey Of(SurveyResult result, int rows) => new(SurveyText.Heading(result), [.. SurveyText.Tables(result, rows)], [.. SurveyText.Notes(result)]);

    /// <summary>The survey that <see cref="Json"/> is of.</summary>
    public static PrintedSurvey Read(string json) => JsonSerializer.Deserialize<PrintedSurvey>(json, Form)!;

    public string Json() => JsonSerializer.Serialize(this, Form);

    public void PrintOn(Surface surface)
    {
        surface.WriteLine(Heading);
        surface.WriteLine();
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
