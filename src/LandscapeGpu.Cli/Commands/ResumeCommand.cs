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
        var top = NumberOption.Small("--top", $"how many points each table shows (default {SurveyText.DefaultRows} minima, and 5 of those at bounds and kinks and of saddles)");
        var device = new DeviceArguments();
        var command = new Command("resume", "Goes on with a run that was stopped, or with more restarts: the result is that of one run.") { path, restarts, coverage, budget, top };
        command.Take(outputs, device);
        ScriptTrust.AddTo(command);
        command.SetAction(parsed =>
        {
            using var begun = RunFile.Open(parsed.GetValue(path)!);
            if (begun.Facts["command"] is "compare" or "sweep")
            {
                return Again(begun, parsed, session, "--restarts", "--until-coverage", "--budget", "--top");
            }

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
            if (begun.Facts["command"] == "verify")
            {
                if (changing.Length > 0)
                {
                    // The options in the file are then those that are asked for.
                    RunFile.Begin(begun.Path, RunFacts.Of("verify", recorded.Landscape, options, shard), recorded.Options, begun.Files, changing).Dispose();
                }

                return Again(begun, parsed, session, OutputArguments.Csv, "--top");
            }

            using var files = outputs.Open(parsed, session);
            using var file = RunFile.Begin(begun.Path, RunFacts.Of("explore", recorded.Landscape, options, shard), recorded.Options, begun.Files, changing);
            var origin = new RunOrigin { Command = "resume", Arguments = session.Arguments };
            return ExploreCommand.Run(session, recorded.Landscape, options, files, origin, new(parsed.GetValue(top), begun.Report("evidence") is not null, null), file);
        });
        return command;
    }

    /// <summary>Goes on as the command that began it; what the file has is not run again.</summary>
    /// <param name="begun">The file; it is closed.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="session">Where it prints.</param>
    /// <param name="foreign">Options of resume that this command does not have.</param>
    private static int Again(RunFile begun, ParseResult parsed, Session session, params string[] foreign)
    {
        var (command, path) = (begun.Facts["command"], begun.Path);
        var given = parsed.CommandResult.Command.Options.Where(o => parsed.GetResult(o) is { Implicit: false, Tokens.Count: > 0 }).ToList();
        if (given.FirstOrDefault(o => foreign.Contains(o.Name)) is { } option)
        {
            throw new MistakeException($"{option.Name} was given, and {path} was made by `landscape {command}`, which goes on as it was begun; leave it out, or begin another run.");
        }

        begun.Dispose();
        var changed = RunFile.Open(path);
        var (words, needed) = RecordedCommand.Words(changed, ScriptTrust.Read(parsed));
        // Before the command opens it to write.
        changed.Dispose();
        using (needed)
        {
            string[] shared = [OutputArguments.Json, OutputArguments.Csv, "--device", "--threads", "--vector-bits"];
            return LandscapeCommand.Run([command, .. words, .. given.Where(o => shared.Contains(o.Name)).Select(o => $"{o.Name}={parsed.GetResult(o)!.Tokens[0].Value}"), $"--out={path}"], session);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
