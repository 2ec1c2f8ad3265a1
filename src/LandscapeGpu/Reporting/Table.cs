using System.Globalization;
using System.Text;

namespace LandscapeGpu.Reporting;

/// <summary>A column of a table.</summary>
/// <param name="Heading">What it shows.</param>
/// <param name="IsNumber">Numbers are set flush right, and never broken.</param>
/// <param name="GivesWay">Where there is no room for all columns, those of the greatest number go first; one of 0 stays at any width.</param>
/// <param name="Wraps">Words whose lines are broken before any column goes.</param>
/// <param name="GoesBelow">Whether what has no room in the table is listed below it, row by row.</param>
public sealed record Column(string Heading, bool IsNumber = true, int GivesWay = 0, bool Wraps = false, bool GoesBelow = false);

/// <summary>A table: plain data that any surface can draw.</summary>
/// <param name="Title">What the rows are.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">A cell for each column, row by row; a line feed in a cell breaks its line.</param>
public sealed record Table(string Title, IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const string Gap = "  ";

    /// <summary>What is said below it; empty for nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>The table as aligned text, each line ended by a line feed.</summary>
    public override string ToString()
    {
        var widths = Columns.Select((c, k) => Rows.Select(r => r[k]).Append(c.Heading).SelectMany(cell => cell.Split('\n')).Max(line => line.Length)).ToArray();
        var text = new StringBuilder(Title).Append('\n');
        Line([.. Columns.Select(c => c.Heading)]);
        foreach (var row in Rows)
        {
            Line(row);
        }

        return Note.Length == 0 ? text.ToString() : text.Append(Note).Append('\n').ToString();

        void Line(IReadOnlyList<string> cells)
        {
            var lines = cells.Select(cell => cell.Split('\n')).ToList();
            for (var l = 0; l < lines.Max(cell => cell.Length); l++)
            {
                var padded = lines.Select((cell, k) => l < cell.Length ? cell[l] : "").Select((part, k) => Columns[k].IsNumber ? part.PadLeft(widths[k]) : part.PadRight(widths[k]));
                text.Append((Gap + string.Join(Gap, padded)).TrimEnd()).Append('\n');
            }
        }
    }

    /// <summary>The table for lines of so many characters: headings and words are broken, then columns give way, which the note says.</summary>
    /// <param name="width">How many characters a line has.</param>
    /// <param name="gap">How many of them stand between two columns.</param>
    /// <param name="edge">How many stand before the first and after the last.</param>
    public Table Fitted(int width, int gap = 2, int edge = 2)
    {
        var kept = Enumerable.Range(0, Columns.Count).ToList();
        int Room() => width - edge - (gap * (kept.Count - 1));
        while (kept.Sum(k => LeastOf(k, Columns[k].Wraps)) > Room() && kept.Where(k => Columns[k].GivesWay > 0).ToList() is { Count: > 0 } movable)
        {
            // What shows nothing goes before what shows something.
            kept.Remove(movable.OrderByDescending(IsBlank).ThenByDescending(k => Columns[k].GivesWay).First());
        }

        // Where even what stays is too wide, any words are broken.
        var breaksAll = kept.Sum(k => LeastOf(k, Columns[k].Wraps)) > Room();
        var widths = kept.ToDictionary(k => k, NaturalOf);
        while (widths.Values.Sum() > Room() && kept.Where(k => widths[k] > LeastOf(k, Columns[k].Wraps || breaksAll)).ToList() is { Count: > 0 } wide)
        {
            widths[wide.MaxBy(k => widths[k])]--;
        }

        var without = Enumerable.Range(0, Columns.Count).Where(k => !kept.Contains(k) && !IsBlank(k)).ToLookup(k => Columns[k].GoesBelow);
        string[] gone = [.. without[false].Select(k => Columns[k].Heading)];
        string[] below = [.. without[true].SelectMany(Listed), Note, gone.Length == 0 ? "" : $"No room for: {string.Join(", ", gone)}."];
        return new(
            TextLines.Wrapped(Title, width),
            [.. kept.Select(k => Columns[k] with { Heading = TextLines.Wrapped(Columns[k].Heading, widths[k]) })],
            [.. Rows.Select(row => (IReadOnlyList<string>)[.. kept.Select(k => Columns[k].IsNumber ? row[k] : TextLines.Wrapped(row[k], widths[k]))])])
        {
            Note = TextLines.Wrapped(string.Join('\n', below.Where(line => line.Length > 0)), width),
        };
    }

    /// <summary>A column as lines: its cells behind the ordinals of their rows.</summary>
    private IEnumerable<string> Listed(int k) =>
    [
        $"{Columns[k].Heading} of each row:",
        .. Rows.Select((row, r) => $"{Gap}{(r + 1).ToString(CultureInfo.InvariantCulture).PadLeft(NumberText.Of(Rows.Count).Length)}: {row[k]}"),
    ];

    private bool IsBlank(int k) => Rows.All(r => r[k].Length == 0);

    private int NaturalOf(int k) => Rows.Select(r => r[k].Length).Append(Columns[k].Heading.Length).DefaultIfEmpty(0).Max();

    /// <summary>How narrow a column can be: of words, a line is not broken below a readable length without need.</summary>
    private int LeastOf(int k, bool breaks)
    {
        const int Readable = 16;
        var heading = TextLines.LongestWord(Columns[k].Heading);
        var cells = Rows.Select(r => r[k]);
        return Columns[k].IsNumber || !breaks
            ? cells.Select(c => c.Length).Append(heading).Max()
            : Math.Min(NaturalOf(k), cells.Select(TextLines.LongestWord).Append(heading).Append(Readable).Max());
    }
}
