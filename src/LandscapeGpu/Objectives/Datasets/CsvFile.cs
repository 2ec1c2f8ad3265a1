using CsvHelper;

namespace LandscapeGpu.Objectives.Datasets;

/// <summary>Tables of numbers in comma-separated values (RFC 4180), with or without a first line of column names.</summary>
/// <remarks>Numbers have a decimal point, whatever the machine's language. A first line in which no field is a number is a line of names.</remarks>
internal static class CsvFile
{
    private static readonly CsvReaderOptions Options = new()
    {
        HasHeader = false,
        SkipEmptyLines = true,
        TrimWhitespace = true,
        TrackLineNumbers = true,
    };

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">It is missing or empty, a row has another length, or a field is not a finite number.</exception>
    /// <param name="wordsIn">Which of the columns may hold words instead of numbers, given the names and how many there are; null for none.</param>
    public static NumberTable Read(string path, Func<IReadOnlyList<string>, int>? wordsIn = null)
    {
        using var reader = new StreamReader(DataFileException.Open(path));
        return Read(reader, path, wordsIn);
    }

    /// <summary>A field as it is written: in quotes where it has a comma, a quote or a new line.</summary>
    internal static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    /// <summary>Reads a table from text; <paramref name="name"/> stands for the file in messages.</summary>
    internal static NumberTable Read(TextReader text, string name, Func<IReadOnlyList<string>, int>? wordsIn = null)
    {
        using var table = new TableText(text, name);
        using var reader = CsvReader.Create(table, Options);
        string[]? columns = null;
        var rows = new List<double[]>();
        WordColumn? words = null;
        while (reader.Read())
        {
            string[] fields = [.. Enumerable.Range(0, reader.FieldCount).Select(k => reader.GetString(k))];
            if (columns is null)
            {
                var isHeading = fields.All(f => Number(f) is null);
                columns = isHeading ? Names(fields, name) : [.. fields.Select((_, k) => $"column {k + 1}")];
                words = wordsIn is null ? null : new(name, wordsIn(columns), fields, isHeading);
                // A file of nothing but classes has no numbers to tell names by.
                isHeading &= words is not { IsAlone: true };
                if (isHeading)
                {
                    continue;
                }
            }

            rows.Add(Row(fields, columns, $"{name}, line {reader.LineNumber}", words));
            DataFileException.RequireSize((long)rows.Count * columns.Length, name);
        }

        if (words is { IsNamed: true })
        {
            rows.RemoveAt(0);
        }

        if (rows.Count == 0)
        {
            throw new DataFileException(columns is null ? $"{name} is empty; it must have a row of numbers for each sample." : $"{name} has a line of names ({string.Join(", ", columns)}) and no rows of numbers below it.");
        }

        var values = new double[rows.Count, columns!.Length];
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                values[i, j] = rows[i][j];
            }
        }

        return new(columns, values) { Words = words?.All() };
    }

    private static string[] Names(string[] fields, string name) =>
        fields.Where(f => f.Length > 0).GroupBy(f => f).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new DataFileException($"{name} has two columns called {twice.Key}; give each a name of its own.")
            : fields;

    private static double[] Row(string[] fields, string[] columns, string where, WordColumn? words)
    {
        if (fields.Length != columns.Length)
        {
            throw new DataFileException($"{where} has {(fields.Length == 1 ? "1 field" : $"{fields.Length} fields")} and the first line has {columns.Length}; every row needs as many.");
        }

        return [.. fields.Select((field, j) => words?.At == j ? words.Add(field, Number(field), where) : Number(field) is { } value && double.IsFinite(value) ? value
            : throw new DataFileException($"{where}, {(columns[j].Length == 0 ? $"column {j + 1}" : columns[j])}: {WhyNone(field, fields.Length, words is not null)}"))];
    }

    /// <summary>Why a field is no finite number, and what to do.</summary>
    private static string WhyNone(string field, int fields, bool mayBeWords) =>
        field.Length == 0 ? "the field is empty; drop or fill such rows first."
        : Missing.Contains(field) ? $"'{field}' stands for a value that is missing; drop or fill such rows first."
        : Number(field) is not null || Infinite.Contains(field.TrimStart('+', '-')) ? $"'{field}' is not finite; drop or fill such rows first."
        : field.Count(c => c == ',') == 1 && Number(field.Replace(',', '.')) is not null ? $"'{field}' is not a number; a decimal comma is written as a point, {field.Replace(',', '.')}."
        : fields == 1 && field.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } parts && parts.All(p => Number(p) is not null) ? $"'{field}' is not a number; fields are told apart by commas, semicolons or tabs, and not by spaces."
        : $"'{field}' is not a number; numbers are written like 1.5 or -2e-3, with commas between fields.{(mayBeWords ? " Words can be the classes that samples belong to, in the column of the target (the last, or --target)." : "")}";

    // What spreadsheets, R and Python write where nothing was measured.
    private static readonly HashSet<string> Missing = new(StringComparer.OrdinalIgnoreCase) { "NA", "N/A", "#N/A", "NaN", "null", "none", "nil", "-", "--", ".", "?" };

    private static readonly HashSet<string> Infinite = new(StringComparer.OrdinalIgnoreCase) { "inf", "infinity" };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}

/// <summary>Rows of numbers under column names.</summary>
/// <param name="Columns">The names, from left to right.</param>
/// <param name="Values">[row, column].</param>
public sealed record NumberTable(IReadOnlyList<string> Columns, double[,] Values)
{
    /// <summary>What stands in the column that may hold words, row by row; null where it holds numbers.</summary>
    internal IReadOnlyList<string>? Words { get; init; }

    /// <summary>The number of rows.</summary>
    public int Rows => Values.GetLength(0);
}
