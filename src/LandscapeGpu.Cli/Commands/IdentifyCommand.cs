namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape identify</c>: tells the endpoints of a run apart anew.</summary>
internal static class IdentifyCommand
{
    public static Command Create(Session session)
    {
        var path = new Argument<string>("file") { Description = "a run file, as --out makes it" };
        var identity = ChoiceOption.Create("--identity", "how points are told apart", "auto", "location", "symmetry", "fingerprint");
        var tolerance = NumberOption.Positive("--tolerance", "the distance within which two points are one");
        var outputs = new OutputArguments((OutputArguments.Json, "everything that was found as JSON"), (OutputArguments.Csv, "a row for each minimum as CSV"));
        var top = NumberOption.Small("--top", $"how many points each table shows (default {SurveyText.DefaultRows} minima, and 5 of those at bounds and kinks and of saddles)");
        var command = new Command("identify", "Tells the endpoints that a run file has apart in another way; no descent is run again, and the file stays as it is.") { path, identity, tolerance, top };
        outputs.AddTo(command);
        ScriptTrust.AddTo(command);
        command.SetAction(parsed =>
        {
            using var files = outputs.Open(parsed, session);
            using var file = RunFile.Open(parsed.GetValue(path)!);
            using var recorded = RecordedCommand.Read(
                file, session, ScriptTrust.Read(parsed), [.. new[] { ("--identity", parsed.GetValue(identity)), ("--tolerance", parsed.GetValue(tolerance)?.ToString("R", CultureInfo.InvariantCulture)) }.Where(c => c.Item2 is not null)]);
            var options = file.OnlyKept(recorded.Landscape, recorded.Survey);
            if (ShowCommand.State(file) is { } state)
            {
                session.Error.WriteLine($"landscape: {state}");
            }

            var origin = new RunOrigin { Command = "identify", Arguments = session.Arguments };
            return ExploreCommand.Run(session, recorded.Landscape, options, files, origin, new(parsed.GetValue(top), false, null));
        });
        return command;
    }
}
