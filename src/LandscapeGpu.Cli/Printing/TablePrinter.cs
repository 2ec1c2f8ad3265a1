using System.Runtime.CompilerServices;
using LandscapeGpu.Reporting;
using Spectre.Console;
using Table = LandscapeGpu.Reporting.Table;

namespace LandscapeGpu.Cli.Printing;

/// <summary>Prints tables: drawn on a person's screen, as aligned text elsewhere.</summary>
internal static class TablePrinter
{
    public static void Print(Table table, TextWriter writer, bool isTerminal)
    {
        if (isTerminal)
        {
            Draw(table, writer);
        }
        else
        {
            writer.Write(table.ToString());
        }
    }

    // Not inlined, so that the console library is loaded only where there is a console.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Draw(Table table, TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        var drawn = new Spectre.Console.Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(table.Title)) };
        foreach (var column in table.Columns)
        {
            drawn.AddColumn(new TableColumn(Markup.Escape(column.Heading)) { Alignment = column.IsNumber ? Justify.Right : Justify.Left, NoWrap = column.IsNumber });
        }

        foreach (var row in table.Rows)
        {
            drawn.AddRow([.. row.Select(Markup.Escape)]);
        }

        console.Write(drawn);
    }
}
