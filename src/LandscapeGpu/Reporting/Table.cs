using System.Text;

namespace LandscapeGpu.Reporting;

/// <summary>A column of a table.</summary>
/// <param name="Heading">What it shows.</param>
/// <param name="IsNumber">Numbers are set flush right.</param>
public sealed record Column(string Heading, bool IsNumber = true);

/// <summary>A table: plain data that any surface can draw.</summary>
/// <param name="Title">What the rows are.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">A cell for each column, row by row.</param>
public sealed record Table(string Title, IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const string Gap = "  ";

    /// <summary>The table as aligned text, each line ended by a line feed.</summary>
    public override string ToString()
    {
        var widths = Columns.Select((c, k) => Rows.Select(r => r[k].Length).Append(c.Heading.Length).Max()).ToArray();
        var text = new StringBuilder(Title).Append('\n');
        Line([.. Columns.Select(c => c.Heading)]);
        foreach (var row in Rows)
        {
            Line(row);
        }

        return text.ToString();

        void Line(IReadOnlyList<string> cells)
        {
            var padded = cells.Select((cell, k) => Columns[k].IsNumber ? cell.PadLeft(widths[k]) : cell.PadRight(widths[k]));
            text.Append((Gap + string.Join(Gap, padded)).TrimEnd()).Append('\n');
        }
    }
}
