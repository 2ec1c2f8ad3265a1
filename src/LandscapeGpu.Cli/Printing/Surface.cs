using System.Runtime.CompilerServices;
using Spectre.Console;
using Table = LandscapeGpu.Reporting.Table;

namespace LandscapeGpu.Cli.Printing;

/// <summary>Where results are printed: tables drawn on a person's screen and aligned text elsewhere, lines broken between words where a line has an end.</summary>
/// <param name="Writer">The stream.</param>
/// <param name="IsTerminal">Whether a person reads it as it comes.</param>
/// <param name="Width">How many characters a line has; null for no end.</param>
internal sealed record Surface(TextWriter Writer, bool IsTerminal, int? Width)
{
    public void WriteLine(string line = "") => Writer.WriteLine(Width is { } width ? TextLines.Wrapped(line, width) : line);

    /// <summary>What something is, behind its label; further lines begin below it.</summary>
    public void WriteEntry(string label, string text)
    {
        // The longest label, and a space.
        const int Room = 12;
        var lines = Width is { } width ? TextLines.Wrapped(text, Math.Max(width - Room, 1)) : text;
        Writer.WriteLine(label.PadRight(Room) + lines.Replace("\n", "\n" + new string(' ', Room), StringComparison.Ordinal));
    }

    /// <summary>Prints a result.</summary>
    public void Print(PrintedResult result) => result.Give(WriteLine, table => Print(table));

    /// <summary>What stands between so many columns and around them: of a drawn table a rule and two spaces.</summary>
    public int Between(int columns) => Edge + (Gap * (columns - 1));

    private int Gap => IsTerminal ? 3 : 2;

    private int Edge => IsTerminal ? 4 : 2;

    public void Print(Table table)
    {
        if (IsTerminal && Width is { } width)
        {
            Draw(table.Fitted(width, Gap, Edge), width);
        }
        else
        {
            Writer.Write((Width is { } most ? table.Fitted(most, Gap, Edge) : table).ToString());
        }
    }

    // Not inlined, so that the console library is loaded only where there is a console.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Draw(Table table, int width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Writer) });
        console.Profile.Width = width;
        var drawn = new Spectre.Console.Table { Border = TableBorder.Rounded };
        foreach (var column in table.Columns)
        {
            drawn.AddColumn(new TableColumn(Markup.Escape(column.Heading)) { Alignment = column.IsNumber ? Justify.Right : Justify.Left, NoWrap = true });
        }

        foreach (var row in table.Rows)
        {
            drawn.AddRow([.. row.Select(Markup.Escape)]);
        }

        Writer.WriteLine(table.Title);
        console.Write(drawn);
        if (table.Note.Length > 0)
        {
            Writer.WriteLine(table.Note);
        }
    }
}
