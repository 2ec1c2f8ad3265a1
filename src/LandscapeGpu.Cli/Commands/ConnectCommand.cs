using LandscapeGpu.Pathways;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape connect</c>: minima and the transition states between them.</summary>
internal static class ConnectCommand
{
    // Beside a run file: what walks between its minima came to.
    private const string JournalSuffix = "-walks";

    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments(runs: true);
        var survey = new SurveyArguments();
        var hopping = new HoppingArguments("--hop-temperature");
        var defaults = new TransitionSearchOptions();
        var lowest = NumberOption.Small("--lowest", $"how many of the lowest minima are to be connected, by bands where walks from all minima do not join them (default {defaults.Lowest})");
        var climbs = NumberOption.Whole("--climbs", $"the most walks uphill from minima, the lowest first (default {defaults.Climbs:N0})", 0);
        var bands = NumberOption.Small("--bands", $"the most elastic bands between minima that are not connected (default {defaults.Bands})", 0);
        var images = NumberOption.Small("--images", $"the images of a band (default {defaults.Images})", 3, 1000);
        var epsilon = NumberOption.Positive("--epsilon", "whether every two of the best minima are joined by a path that rises at most so far above the worse (default for networks: 1% of how far starts are above the lowest)", orZero: true);
        var rates = NumberOption.Positive("--rates-at", "also rate constants by harmonic transition-state theory at this temperature, in the units of f");
        var top = NumberOption.Small("--top", $"how many rows tables and the tree have (default {SurveyText.DefaultRows})");
        var outputs = new OutputArguments((OutputArguments.Json, "the graph as JSON"), (OutputArguments.Report, "a page with the disconnectivity graph, profiles, tables and how to repeat it as HTML"));
        var pictures = new PictureArguments();
        var run = new Option<string?>("--run") { Description = "connects the minima of a run file, as --out makes it, in place of a new survey; so does the file in place of an objective. Walks are kept beside it, in FILE-walks: cut off, the same command goes on", HelpName = "FILE" };
        var csv = new Option<string?>("--csv") { Description = "writes minima, transition states, barriers and paths as CSV files that begin with this", HelpName = "PREFIX" };
        var command = new Command("connect", "Finds the transition states between minima: pathways, barriers, the disconnectivity tree.") { lowest, climbs, bands, images, epsilon, rates, top, run, csv };
        command.Take(outputs, pictures, objective, hopping);
        ScriptTrust.AddBesideScriptTo(command);
        survey.AddTo(command);
        command.SetAction(parsed =>
        {
            string[] arguments = [.. parsed.CommandResult.Command.Arguments.SelectMany(a => parsed.GetResult(a)?.Tokens.Select(t => t.Value) ?? [])];
            // No objective of the catalogue is the name of a file.
            var given = parsed.GetValue(run) is null && arguments is [var named] && File.Exists(named) ? named : null;
            using var file = (given ?? parsed.GetValue(run)) is { } path ? RunFile.Open(path) : null;
            if (file is not null && (hopping.IsAskedFor(parsed) || (given is null && arguments.Length > 0)))
            {
                throw new MistakeException("--run was given with an objective, or with hops; a run file has its own objective and minima: leave the others out.");
            }

            if (hopping.IsAskedFor(parsed) && survey.Counting(parsed) is { } unheard)
            {
                throw new MistakeException($"{unheard} was given with hops, whose minima are those that chains come to: --chains and --hops say how many there are; leave {unheard} out.");
            }

            // The file says what was explored and how: another word for it would not be heard.
            if (file is not null && command.Options.FirstOrDefault(o => o.Name != "--script" && RecordedCommand.Kept.Contains(o.Name) && parsed.GetResult(o) is { Implicit: false }) is { } idle)
            {
                throw new MistakeException($"{idle.Name} was given with the run file {file.Path}, which says itself what was explored and how; leave it out.");
            }

            using var recorded = file is null ? null : RecordedCommand.Read(file, session, ScriptTrust.Read(parsed));
            var landscape = recorded?.Landscape ?? objective.Read(parsed, session);
            using var files = outputs.Open(parsed, session);
            using var journal = file is null ? null : Journal(file.Path + JournalSuffix, session);
            var drawn = pictures.Read(parsed);
            using var tables = new Outputs(session, parsed.GetValue(csv) is { } prefix ? [.. PathwaysCsv.Names.Select(name => ($"--csv ({name})", $"{prefix}{name}.csv"))] : []);
            var network = Find(session, landscape, defaults with
            {
                Survey = recorded is null ? survey.Read(parsed) : file!.OnlyKept(recorded.Landscape, recorded.Survey),
                Lowest = parsed.GetValue(lowest) ?? defaults.Lowest,
                Climbs = parsed.GetValue(climbs) ?? defaults.Climbs,
                Bands = parsed.GetValue(bands) ?? defaults.Bands,
                Images = parsed.GetValue(images) ?? defaults.Images,
                Epsilon = parsed.GetValue(epsilon),
                Journal = journal,
                Hopping = hopping.IsAskedFor(parsed) ? hopping.Read(parsed, survey.Read(parsed)) : null,
            });
            if (network is { Minima.Count: 0, Stopped: true })
            {
                throw new OperationCanceledException(session.Interrupt);
            }

            if (journal is { Taken: > 0 })
            {
                session.Error.WriteLine($"landscape: {NumberText.Count(journal.Taken, "batch", "batches")} of walks had been made before and {(journal.Taken == 1 ? "was" : "were")} taken from {file!.Path}{JournalSuffix}.");
            }

            session.Warn(network.Warnings);
            var temperature = parsed.GetValue(rates);
            Print(network, parsed.GetValue(top) ?? SurveyText.DefaultRows, temperature, files.Surface);
            var origin = recorded is null ? objective.Origin(parsed, session) : new RunOrigin { Command = "connect", Arguments = session.Arguments };
            files.Give(OutputArguments.Json, () => PathwaysJson.Write(network, temperature, origin));
            files.Give(OutputArguments.Report, () => Report.Of(network, origin, temperature).Html());
            if (network.Minima.Count > 0)
            {
                drawn.Draw(session, network.Figure, network.Figures);
            }

            foreach (var name in PathwaysCsv.Names)
            {
                tables.Give($"--csv ({name})", () => PathwaysCsv.Write(network, name));
            }

            return files.Status != ExitCode.Success ? files.Status : tables.Status != ExitCode.Success ? tables.Status : network.Stopped ? ExitCode.Interrupted : ExitCode.Success;
        });
        return command;
    }

    /// <summary>What keeps the walks of a run file's graph, beside it; null, with a word about it, where nothing can be kept.</summary>
    private static WalkJournal? Journal(string path, Session session)
    {
        try
        {
            return WalkJournal.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            session.Error.WriteLine($"landscape: walks are not kept, since {path} cannot be written ({e.Message}); cut off, this search begins anew.");
            return null;
        }
    }

    private static TransitionNetwork Find(Session session, Objective objective, TransitionSearchOptions options) => session.ErrorIsTerminal
        ? ProgressBar.Show(session.Error, progress => TransitionSearch.Run(objective, options, progress, session.Interrupt))
        : TransitionSearch.Run(objective, options, new ProgressLines(session.Error).Report, session.Interrupt);

    private static void Print(TransitionNetwork network, int rows, double? rates, Surface surface)
    {
        surface.WriteLine(PathwaysText.Heading(network));
        surface.WriteLine();
        foreach (var table in PathwaysText.Tables(network, rows))
        {
            surface.Print(table);
            surface.WriteLine();
        }

        // A drawing: its lines are not words.
        surface.Writer.WriteLine(PathwaysText.Tree(network, rows, Math.Min(surface.Width ?? int.MaxValue, DisconnectivityText.DefaultWidth)));
        if (rates is { } temperature)
        {
            surface.Print(PathwaysText.Rates(network, temperature, rows));
            surface.WriteLine();
        }

        foreach (var line in PathwaysText.Notes(network))
        {
            surface.WriteLine(line);
        }
    }
}
