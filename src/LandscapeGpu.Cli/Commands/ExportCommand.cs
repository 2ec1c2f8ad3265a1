using LandscapeGpu.RunFiles.Exports;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape export</c>: tables of a run file for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create(Session session)
    {
        var path = new Argument<string>("file") { Description = "a run file, as --out makes it" };
        var what = ChoiceOption.Create("--what", "what is written (default minima)", ExportTable.Names);
        var to = new Option<string>("--to") { Description = "the file that is made: .csv, .npy, .parquet or .json", HelpName = "FILE", Required = true };
        var command = new Command("export", "Writes a table of a run file as CSV, NumPy, Parquet or JSON.") { path, what, to };
        command.SetAction(parsed =>
        {
            using var file = RunFile.Open(parsed.GetValue(path)!);
            var table = ExportTable.Of(file, parsed.GetValue(what) ?? "minima");
            Export.Write(table, parsed.GetValue(to)!);
            session.Error.WriteLine($"landscape: {NumberText.Count(table.Rows, "row", "rows")} of {NumberText.Count(table.Columns.Count, "column", "columns")} in {parsed.GetValue(to)}");
            if (ShowCommand.State(file) is { } state)
            {
                session.Error.WriteLine($"landscape: {state}");
            }

            return ExitCode.Success;
        });
        return command;
    }
}
