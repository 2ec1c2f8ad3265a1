namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape merge</c>: unites the files of shards.</summary>
internal static class MergeCommand
{
    public static Command Create(Session session)
    {
        var target = new Argument<string>("result") { Description = "the file that is made; where it is there already it must be of the same run" };
        var sources = new Argument<string[]>("files") { Description = "run files of one run: shards of it, in any order", Arity = ArgumentArity.OneOrMore };
        var outputs = new OutputArguments((OutputArguments.Json, "everything that was found as JSON"), (OutputArguments.Csv, "a row for each minimum as CSV"));
        var top = NumberOption.Small("--top", $"how many points each table shows (default {SurveyText.DefaultRows} minima, and 5 of those at bounds and kinks and of saddles)");
        var command = new Command("merge", "Unites run files of shards into one: the result is that of one run. Restarts that several files have count once.") { target, sources, top };
        outputs.AddTo(command);
        ScriptTrust.AddTo(command);
        command.SetAction(parsed =>
        {
            using var files = outputs.Open(parsed, session);
            // Whether the script may run is known before a file is made.
            using (var first = RunFile.Open(parsed.GetValue(sources)![0]))
            {
                RecordedCommand.Words(first, ScriptTrust.Read(parsed)).Files.Dispose();
            }

            using var file = Merge.Of(parsed.GetValue(target)!, parsed.GetValue(sources)!);
            using var recorded = RecordedCommand.Read(file, session, ScriptTrust.Read(parsed));
            var options = file.OnlyKept(recorded.Landscape, recorded.Survey) with { Store = file.Store };
            var missing = recorded.Survey.Restarts - file.Restarts;
            if (missing > 0)
            {
                session.Error.WriteLine(FormattableString.Invariant(
                    $"landscape: {missing:N0} of {recorded.Survey.Restarts:N0} restarts are in none of the files: what follows is of the {file.Restarts:N0} that are. `landscape resume {file.Path}` makes the others."));
            }

            var origin = new RunOrigin { Command = "merge", Arguments = session.Arguments };
            return ExploreCommand.Run(session, recorded.Landscape, options, files, origin, new(parsed.GetValue(top), false, null), file);
        });
        return command;
    }
}
