namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape show</c>: the report of a run file.</summary>
internal static class ShowCommand
{
    public static Command Create(Session session)
    {
        var path = new Argument<string>("file") { Description = "a run file, as --out makes it" };
        var isJson = new Option<bool>("--json") { Description = "prints the result as JSON in place of the report" };
        var outputs = new OutputArguments((OutputArguments.Report, "a page with numbers, pictures, evidence and how to repeat it as HTML"));
        var pictures = new PictureArguments();
        var command = new Command("show", "Prints the report of a run file, and draws it; no restart is run again.") { path, isJson };
        command.Take(outputs, pictures);
        ScriptTrust.AddTo(command);
        command.SetAction(parsed =>
        {
            using var files = outputs.Open(parsed, session);
            var drawn = pictures.Read(parsed);
            using var file = RunFile.Open(parsed.GetValue(path)!);
            if (!parsed.GetValue(isJson) && file.Report("layout") is { } layout)
            {
                files.Surface.Print(PrintedResult.Read(layout) ?? throw new RunFileException($"{file.Path} is damaged: its layout is no layout."));
            }
            else if (file.Report(parsed.GetValue(isJson) ? "json" : "report") is { } report)
            {
                session.Out.WriteLine(report.TrimEnd('\n'));
            }
            else if (parsed.GetValue(isJson) && file.Facts.ContainsKey("finished"))
            {
                session.Error.WriteLine($"landscape: {file.Path} has too many points for one JSON text; `landscape export {file.Path} --to minima.json` writes them row by row.");
            }

            session.Warn(file.Report("warnings")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? []);
            if (State(file) is { } state)
            {
                session.Error.WriteLine($"landscape: {state}");
            }

            if (files.Has(OutputArguments.Report) || drawn.IsAny)
            {
                Draw(session, file, ScriptTrust.Read(parsed), files, drawn);
            }

            return files.Status != ExitCode.Success ? files.Status : file.Report("report") is null ? ExitCode.NothingFound : ExitCode.Success;
        });
        return command;
    }

    /// <summary>Page and pictures, of the endpoints that the file keeps.</summary>
    private static void Draw(Session session, RunFile file, ScriptTrust trust, Outputs files, PictureArguments.Wanted pictures)
    {
        using var recorded = RecordedCommand.Read(file, session, trust);
        var result = ExploreCommand.Survey(session, recorded.Landscape, file.OnlyKept(recorded.Landscape, recorded.Survey));
        files.Give(OutputArguments.Report, () => Report.Of(result, ExploreCommand.Quick(result, session), recorded.Origin(file)).Html());
        pictures.Draw(session, result.Figure, result.Figures);
    }

    /// <summary>What is left to do; null where that is nothing.</summary>
    public static string? State(RunFile file)
    {
        var isPart = file.Facts["shard"] != "all";
        var wanted = isPart ? FormattableString.Invariant($"shard {file.Facts["shard"]} of {file.Asked:N0}") : FormattableString.Invariant($"{file.Asked:N0}");
        // Of a comparison or a sweep so many are made of each member.
        var members = file.Facts["command"] switch
        {
            "compare" => FormattableString.Invariant($" for each of {file.Facts["contenders"].Split(" | ").Length} contenders"),
            "sweep" => FormattableString.Invariant($" for each of {file.Facts["values"].Split(' ').Length * int.Parse(file.Facts["data sets"], CultureInfo.InvariantCulture)} landscapes"),
            _ => "",
        };
        if (file.Members.Count == 0 && long.TryParse(file.Facts.GetValueOrDefault("finished"), CultureInfo.InvariantCulture, out var finished) && file.Restarts < finished)
        {
            return FormattableString.Invariant($"{file.Path} has lost batches that its result was made of: {file.Restarts:N0} restarts are kept of {finished:N0}; `landscape resume {file.Path}` makes the others again.");
        }

        return file.Facts.ContainsKey("finished") && file.Facts["finished"] != "stopped" ? null
            : FormattableString.Invariant($"{file.Path} is of a run that has not ended: {file.Restarts:N0} restarts are kept of {wanted}{members}; `landscape resume {file.Path}` goes on.");
    }
}
