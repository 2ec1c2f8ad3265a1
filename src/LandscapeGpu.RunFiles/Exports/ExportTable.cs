using System.Globalization;
using System.Text.Json;
using LandscapeGpu.Descent;

namespace LandscapeGpu.RunFiles.Exports;

/// <summary>A table in chunks, each an array for every column: long, int, float, double or string.</summary>
/// <param name="Columns">Names and types.</param>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Chunks">The rows.</param>
internal sealed record ExportTable(IReadOnlyList<(string Name, Type Type)> Columns, long Rows, IEnumerable<Array[]> Chunks)
{
    // As long as the longest word of ours: outcomes, kinds and names of lists.
    private const int OurWords = 32;

    /// <summary>How many characters the longest text of a column has at most.</summary>
    public int LongestWord { get; private init; } = OurWords;

    public static readonly string[] Names = ["minima", "endpoints", "saddles", "spectra", "evidence", "rows"];

    /// <exception cref="RunFileException">The file is damaged, or has no such table.</exception>
    public static ExportTable Of(RunFile file, string what) => what switch
    {
        "endpoints" => Endpoints(file),
        "rows" => RowsOf(file),
        "minima" or "saddles" or "spectra" when file.Members.Count > 0 =>
            throw new RunFileException($"{file.Path} is a comparison or a sweep, of which endpoints and rows are kept; use --what rows, or --what endpoints."),
        "saddles" => Points(file, "stationary"),
        "spectra" => Spectra(file),
        "evidence" => Evidence(file),
        _ => Points(file, "minima", "boundary", "kink"),
    };

    private static ExportTable Endpoints(RunFile file)
    {
        if (file.Restarts == 0)
        {
            throw new RunFileException($"{file.Path} has no restarts yet; `landscape resume {file.Path}` makes them.");
        }

        var d = file.Members.Select(m => m.Dimension).Append(file.Dimension).Max();
        var isOfMembers = file.Members.Count > 0;
        string[] words = [.. Enum.GetValues<Outcome>().Select(Word)];
        var isDouble = file.HasDoubles;
        return new(
            WithCoordinates(
                file, d, isDouble ? typeof(double) : typeof(float),
                [.. isOfMembers ? new[] { ("member", typeof(string)) } : [], ("restart", typeof(long)), ("outcome", typeof(string)), ("steps", typeof(int)), ("value", typeof(double)), .. isOfMembers ? [] : new[] { ("list", typeof(string)), ("number", typeof(int)) }]),
            file.Restarts,
            file.Endpoints().Select(b => (Array[])
            [
                .. isOfMembers ? new Array[] { Enumerable.Repeat(file.Members.First(m => m.Number == b.Member).Name, b.Count).ToArray() } : [],
                Enumerable.Range(0, b.Count).Select(k => b.First + k).ToArray(), b.Outcomes.Select(o => words[o]).ToArray(), b.Steps.ToArray(), b.Values.ToArray(),
                .. isOfMembers ? [] : new Array[] { b.Arrivals.Select(a => a.List).ToArray(), b.Arrivals.Select(a => a.Number).ToArray() },
                .. Enumerable.Range(0, d).Select(i => isDouble ? (Array)Column(b, i) : Array.ConvertAll(Column(b, i), x => (float)x)),
            ]))
        { LongestWord = Longest(file.Members.Select(m => m.Name)) };

        // Landscapes of a sweep over the dimension have no coordinate of that number.
        double[] Column(EndpointBatch batch, int i) => batch.Points.Count / batch.Count is var own && i < own
            ? [.. Enumerable.Range(0, batch.Count).Select(k => batch.Points[(k * own) + i])]
            : [.. Enumerable.Repeat(double.NaN, batch.Count)];
    }

    private static ExportTable Points(RunFile file, params string[] lists)
    {
        var rows = lists.SelectMany(l => file.Points(l).Select((p, k) => (List: l, Number: (long)k + 1, Point: p))).ToList();
        // Columns are the same whatever was found: where these lists are empty, others say how many coordinates are shown.
        var d = rows.Select(r => r.Point).Concat(PointTable.Names.SelectMany(file.Points)).Select(p => p.Point.Count).Append(file.Restarts == 0 ? 0 : file.Dimension).First();
        return new(
            WithCoordinates(
                file, d, typeof(double),
                ("list", typeof(string)), ("number", typeof(long)), ("kind", typeof(string)), ("value", typeof(double)), ("count", typeof(long)), ("share", typeof(double)), ("share_low", typeof(double)),
                ("share_high", typeof(double)), ("gradient_norm", typeof(double)), ("index", typeof(int)), ("flat_directions", typeof(int)), ("places", typeof(int))),
            rows.Count,
            [
                [
                    Of(r => r.List), Of(r => r.Number), Of(r => JsonNamingPolicy.SnakeCaseLower.ConvertName(r.Point.Kind)), Of(r => r.Point.Value), Of(r => r.Point.Count), Of(r => r.Point.Share),
                    Of(r => r.Point.ShareLow), Of(r => r.Point.ShareHigh), Of(r => r.Point.GradientNorm), Of(r => r.Point.Index), Of(r => r.Point.FlatDirections), Of(r => r.Point.Places),
                    .. Enumerable.Range(0, d).Select(i => Of(r => r.Point.Point[i])),
                ],
            ]);

        T[] Of<T>(Func<(string List, long Number, RecordedPoint Point), T> of) => [.. rows.Select(of)];
    }

    private static ExportTable Spectra(RunFile file)
    {
        var rows = PointTable.Names.SelectMany(l => file.Points(l).SelectMany((p, k) => p.Eigenvalues.Select((e, j) => (List: l, Number: (long)k + 1, Place: j + 1, Value: e)))).ToList();
        return new(
            [("list", typeof(string)), ("number", typeof(long)), ("place", typeof(int)), ("eigenvalue", typeof(double))],
            rows.Count,
            [[rows.Select(r => r.List).ToArray(), rows.Select(r => r.Number).ToArray(), rows.Select(r => r.Place).ToArray(), rows.Select(r => r.Value).ToArray()]]);
    }

    /// <summary>The rows of a comparison or a sweep; columns of numbers are numbers, what is empty is none.</summary>
    private static ExportTable RowsOf(RunFile file)
    {
        var lines = CsvFields.Of(file.Report("rows") ?? throw new RunFileException($"{file.Path} has no rows; a comparison or a sweep has, when it has ended."));
        if (lines.Count == 0 || lines.Any(l => l.Length != lines[0].Length))
        {
            throw new RunFileException($"{file.Path} is damaged: its rows are no table.");
        }

        Array[] columns = [.. lines[0].Select((_, c) => Column([.. lines.Skip(1).Select(l => l[c])]))];
        return new([.. lines[0].Zip(columns, (name, c) => (name, c is double[]? typeof(double) : typeof(string)))], lines.Count - 1, [columns]) { LongestWord = Longest(lines.SelectMany(l => l)) };

        static Array Column(string[] cells) => cells.All(cell => cell.Length == 0 || double.TryParse(cell, CultureInfo.InvariantCulture, out _))
            ? Array.ConvertAll(cells, cell => cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture))
            : cells;
    }

    private static ExportTable Evidence(RunFile file)
    {
        using var evidence = Parsed(file);
        var rows = new List<(string Name, string Value)>();
        Flatten("", evidence.RootElement, rows);
        return new([("name", typeof(string)), ("value", typeof(string))], rows.Count, [[rows.Select(r => r.Name).ToArray(), rows.Select(r => r.Value).ToArray()]])
        { LongestWord = Longest(rows.SelectMany(r => new[] { r.Name, r.Value })) };
    }

    private static JsonDocument Parsed(RunFile file)
    {
        var text = file.Report("evidence") ?? throw new RunFileException($"{file.Path} has no evidence; `landscape verify … --out` and `landscape explore … --evidence --out` leave it.");
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            throw new RunFileException($"{file.Path} is damaged: its evidence is no JSON.");
        }
    }

    private static void Flatten(string name, JsonElement element, List<(string Name, string Value)> rows)
    {
        var inner = element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Select(p => (p.Name, p.Value)),
            JsonValueKind.Array => element.EnumerateArray().Select((e, k) => ($"{k + 1}", e)),
            _ => null,
        };
        if (inner is null)
        {
            rows.Add((name, element.ToString()));
            return;
        }

        foreach (var (key, value) in inner)
        {
            Flatten(name.Length == 0 ? key : $"{name}.{key}", value, rows);
        }
    }

    // A coordinate may be called as another column is; then all are numbered.
    private static (string Name, Type Type)[] WithCoordinates(RunFile file, int d, Type type, params (string Name, Type Type)[] columns)
    {
        var names = RunFacts.NamesOf(file.Facts);
        var isNamed = names.Count == d && !names.Any(n => columns.Any(c => c.Name == n));
        return [.. columns, .. Enumerable.Range(0, d).Select(i => (isNamed ? names[i] : $"x{i}", type))];
    }

    private static int Longest(IEnumerable<string> words) => words.Select(w => w.EnumerateRunes().Count()).Append(OurWords).Max();

    private static string Word(Outcome outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());
}
