using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LandscapeGpu.Evidence;

namespace LandscapeGpu.Reporting;

/// <summary>What is printed of a result, before it is known how wide a line is: run files keep it, and any screen shows it.</summary>
/// <param name="Heading">What was run; empty where tables say it.</param>
/// <param name="Tables">The tables.</param>
/// <param name="Notes">What they do not say, a line each.</param>
internal sealed record PrintedResult(string Heading, IReadOnlyList<Table> Tables, IReadOnlyList<string> Notes)
{
    // Points have a table of their own, which is read row by row: a text of all of them would be larger than what it is about.
    private const int MostPointsInJson = 10_000;

    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What theory says of the landscape; empty where that was not asked for.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>The tables that go with it.</summary>
    public IReadOnlyList<Table> EvidenceTables { get; init; } = [];

    public static PrintedResult Of(SurveyResult result, int? rows = null) => new(SurveyText.Heading(result), [.. SurveyText.Tables(result, rows)], [.. SurveyText.Notes(result)]);

    public static PrintedResult Of(Verification found) => new(SurveyText.Heading(found.Survey), [], [])
    {
        Evidence = found.ToString(),
        EvidenceTables = Reporting.EvidenceTables.Strictness(found.StrictSaddle),
    };

    public static PrintedResult Of(Comparison found) => new("", [Reporting.EvidenceTables.Of(found), .. Reporting.EvidenceTables.Scores(found)],
    [
        found.Sampling + ".", found.Sentence,
        .. found.Results.Where(r => r.Plateaus is { Longest.Count: > 0 }).Select(r => $"{r.Contender}: {r.Plateaus!.Sentence}"),
    ]);

    public static PrintedResult Of(Sweep found) => new("", [Reporting.EvidenceTables.Of(found), .. Reporting.EvidenceTables.Theory(found)], [found.Sampling + ".", found.Compilations, found.Sentence]);

    /// <summary>The result that <see cref="Json"/> is of; null where the text is of none.</summary>
    public static PrintedResult? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<PrintedResult>(json, Form) is { Heading: not null, Tables: { } tables, Notes: not null, Evidence: not null, EvidenceTables: { } more } read
                && tables.Concat(more).All(t => t is { Title: not null, Columns: { } columns, Rows: { } rows, Note: not null } && columns.All(c => c is { Heading: not null }) && rows.All(r => r?.Count == columns.Count && r.All(cell => cell is not null))) ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string Json() => JsonSerializer.Serialize(this, Form);

    /// <summary>All of it, piece by piece.</summary>
    /// <param name="line">Takes a line of words.</param>
    /// <param name="table">Takes a table.</param>
    public void Give(Action<string> line, Action<Table> table)
    {
        if (Heading.Length > 0)
        {
            line(Heading);
            line("");
        }

        foreach (var one in Tables)
        {
            table(one);
            line("");
        }

        foreach (var note in Notes)
        {
            line(note);
        }

        if (Evidence.Length == 0)
        {
            return;
        }

        // Below a heading alone there is a line already.
        if (Tables.Count + Notes.Count > 0)
        {
            line("");
        }

        line(Evidence);
        foreach (var one in EvidenceTables)
        {
            table(one);
        }
    }

    /// <summary>All of it in lines without an end.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Give(line => text.Append(line).Append('\n'), table => text.Append(table));
        return text.ToString().TrimEnd() + "\n";
    }

    /// <summary>What a run file keeps of a survey to be read by people and programs.</summary>
    /// <param name="result">The survey.</param>
    /// <param name="origin">Where it comes from; null where there is no more to say than the result does.</param>
    /// <param name="verified">What theory says of it; null where that was not asked for.</param>
    /// <param name="printed">What was printed of it, which is kept as it was; null where nothing was.</param>
    public static List<(string Name, string Content)> Kept(SurveyResult result, RunOrigin? origin = null, Verification? verified = null, PrintedResult? printed = null) =>
        ((printed ?? Of(result)) with { Evidence = verified?.ToString() ?? "" }).Reports(
            IsShort(result) ? SurveyJson.Write(result, origin, verified) : null, result.Warnings, evidence: verified is null ? null : EvidenceJson.Write(verified));

    /// <summary>Of a verification.</summary>
    public static List<(string Name, string Content)> Kept(Verification found, RunOrigin? origin = null, PrintedResult? printed = null) =>
        (printed ?? Of(found)).Reports(IsShort(found.Survey) ? EvidenceJson.Write(found, origin) : null, found.Warnings, evidence: EvidenceJson.Write(found));

    /// <summary>Of a comparison.</summary>
    public static List<(string Name, string Content)> Kept(Comparison found, RunOrigin? origin = null, PrintedResult? printed = null) =>
        (printed ?? Of(found)).Reports(ComparisonJson.Write(found, origin), found.Warnings, CsvText.Of(found));

    /// <summary>Of a sweep.</summary>
    public static List<(string Name, string Content)> Kept(Sweep found, RunOrigin? origin = null, PrintedResult? printed = null) =>
        (printed ?? Of(found)).Reports(EvidenceJson.Write(found, origin), found.Rows.SelectMany(r => r.Warnings), found.Csv());

    private static bool IsShort(SurveyResult result) => result.AllMinima.Count() + result.Stationary.Count <= MostPointsInJson;

    private List<(string Name, string Content)> Reports(string? json, IEnumerable<Warning> warnings, string? rows = null, string? evidence = null) =>
    [
        ("report", ToString()),
        ("layout", Json()),
        .. new[] { ("json", json), ("rows", rows), ("evidence", evidence) }.Where(r => r.Item2 is not null).Select(r => (r.Item1, r.Item2!)),
        ("warnings", string.Join("\n", warnings.Select(w => w.Message).Distinct())),
    ];
}
