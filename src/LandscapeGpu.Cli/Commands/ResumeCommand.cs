namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape resume</c>: goes on with a run.</summary>
internal static class ResumeCommand
{
    public static Command Create(Session session)
    {
        var path = new Argument<string>("file") { Description = "a run file, as --out makes it" };
        var restarts = NumberOption.Whole("--restarts", "how many restarts there shall be in the end, with those that are kept");
        var coverage = NumberOption.Fraction("--until-coverage", "add restarts until Good and Turing's coverage is this");
        var budget = NumberOption.Whole("--budget", "no more restarts than this with --until-coverage");
        var outputs = new OutputArguments((OutputArguments.Json, "everything that was found as JSON"), (OutputArguments.Csv, "a row for each minimum as CSV"));
        var top = NumberOption.Small("--top", $"how many minima to show (default {SurveyText.DefaultRows})");
        var device = new DeviceArguments();
        var command = new Command("resume", "Goes on with a run that was stopped, or with more restarts: the result is that of one run.") { path, restarts, coverage, budget, top };
        outputs.AddTo(command);
        device.AddTo(command);
        ScriptTrust.AddTo(command);
        command.SetAction(parsed =>
        {
            using var files = outputs.Open(parsed, session);
            using var begun = RunFile.Open(parsed.GetValue(path)!);
            (string, string?)[] changes =
            [
                .. parsed.GetValue(restarts) is { } more ? [("--restarts", Text(more))] : Array.Empty<(string, string?)>(),
                .. parsed.GetValue(coverage) is { } target ? [("--until-coverage", target.ToString("R", CultureInfo.InvariantCulture))] : Array.Empty<(string, string?)>(),
                .. parsed.GetValue(budget) is { } most ? [("--budget", Text(most))] : Array.Empty<(string, string?)>(),
            ];
            if (changes.Length > 0 && begun.Facts["shard"] != "all")
            {
                throw new MistakeException($"{begun.Path} is a shard, whose restarts are a part of a fixed number; unite the shards with `landscape merge` and go on with the whole.");
            }

            using var recorded = RecordedCommand.Read(begun, session, ScriptTrust.Read(parsed), changes);
            var options = recorded.Survey with { Device = device.Choice(parsed), Threads = device.Threads(parsed), VectorBits = device.VectorBits(parsed) };
            if (options.UntilCoverage is null && begun.Kept is [.., var last] && last.Last > options.First + options.Restarts)
            {
                throw new MistakeException(FormattableString.Invariant($"--restarts was given {options.Restarts:N0}, and {begun.Restarts:N0} are kept already; ask for as many or more."));
            }

            options = RunFileArguments.Part(begun.Facts["shard"], options);
            string[] changing = changes.Length == 0 ? [] : ["restarts", "until coverage", "budget"];
            var shard = begun.Facts["shard"] is "all" ? null : begun.Facts["shard"];
            using var file = RunFile.Begin(begun.Path, RunFacts.Of("explore", recorded.Landscape, options, shard), recorded.Options, begun.Files, changing);
            var origin = new RunOrigin { Command = "resume", Arguments = session.Arguments };
            return ExploreCommand.Run(session, recorded.Landscape, options, files, origin, new(parsed.GetValue(top) ?? SurveyText.DefaultRows, begun.Report("evidence") is not null || begun.Facts["command"] == "verify", null), file);
        });
        return command;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
