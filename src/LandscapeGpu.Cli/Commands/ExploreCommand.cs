namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape explore</c>: a survey of a landscape.</summary>
internal static class ExploreCommand
{
    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments();
        var survey = new SurveyArguments();
        var outputs = new OutputArguments(
            (OutputArguments.Json, "everything that was found as JSON"), (OutputArguments.Csv, "a row for each minimum as CSV"), (OutputArguments.Xyz, "the minima of a cluster of atoms as XYZ"),
            (OutputArguments.Report, "a page with numbers, pictures, evidence and how to repeat it as HTML"));
        var top = NumberOption.Small("--top", $"how many points each table shows (default {SurveyText.DefaultRows} minima, and 5 of those at bounds and kinks and of saddles)");
        var evidence = new Option<bool>("--evidence") { Description = "also tests what theory says about landscapes, as `landscape verify` does" };
        var pictures = new PictureArguments();
        var runFile = new RunFileArguments(withShards: true);
        var command = new Command("explore", "Runs many descents and shows the distinct minima they end at.") { top, evidence };
        command.Take(outputs, objective, survey, pictures, runFile);
        command.SetAction(parsed =>
        {
            var landscape = objective.Read(parsed, session);
            using var files = outputs.Open(parsed, session);
            var options = runFile.Part(parsed, survey.Read(parsed));
            RequireShowable(landscape, files);
            using var file = runFile.Begin(parsed, landscape, options);
            return Run(session, landscape, options, files, objective.Origin(parsed, session), new(parsed.GetValue(top), parsed.GetValue(evidence), pictures.Read(parsed)), file);
        });
        return command;
    }

    /// <summary>What is shown of a survey.</summary>
    internal sealed record Shown(int? Rows, bool Evidence, PictureArguments.Wanted? Pictures);

    /// <summary>Runs a survey and shows it.</summary>
    internal static int Run(Session session, Objective objective, SurveyOptions options, Outputs files, RunOrigin origin, Shown shown, RunFile? file = null)
    {
        RequireMemory(objective);
        var result = Survey(session, objective, options with { Store = file?.Store ?? options.Store });
        session.Warn(result.Warnings);
        var printed = PrintedResult.Of(result, shown.Rows);
        files.Surface.Print(printed);
        var verified = shown.Evidence && result.AllMinima.Any() ? Verification.Of(result, cancellation: session.Interrupt) : null;
        if (verified is not null)
        {
            files.Surface.WriteLine();
            files.Surface.WriteLine(verified.ToString());
        }

        file?.Keep(result, PrintedResult.Kept(result, origin, verified, printed));

        files.Give(OutputArguments.Json, () => SurveyJson.Write(result, origin, verified));
        files.Give(OutputArguments.Csv, () => CsvText.Of(result));
        files.Give(OutputArguments.Xyz, () => XyzText.Of(result));
        files.Give(OutputArguments.Report, () => Report.Of(result, verified ?? Quick(result, session), origin).Html());
        shown.Pictures?.Draw(session, result.Figure, result.Figures);
        return files.Status != ExitCode.Success ? files.Status : ExitCode.Of(result, session.Interrupt);
    }

    /// <summary>Evidence for a page that did not ask for all of it: an eighth of the points, so that a page takes seconds.</summary>
    internal static Verification? Quick(SurveyResult result, Session session) => result.AllMinima.Any()
        ? Verification.Of(result, new() { SaddleStarts = 250, Samples = 175, Paths = 5 }, cancellation: session.Interrupt)
        : null;

    internal static SurveyResult Survey(Session session, Objective objective, SurveyOptions options) => session.ErrorIsTerminal
        ? ProgressBar.Show(session.Error, progress => Surveys.Survey.Run(objective, options, progress, session.Interrupt))
        : Surveys.Survey.Run(objective, options, new ProgressLines(session.Error).Report, session.Interrupt);

    /// <summary>Refuses before a run file is made what no result could be written as.</summary>
    private static void RequireShowable(Objective objective, Outputs files)
    {
        RequireMemory(objective);
        if (files.Has(OutputArguments.Xyz))
        {
            XyzText.Require(objective);
        }
    }

    /// <summary>Refuses what cannot fit before hours are spent on it: one restart is what is in hand at least.</summary>
    private static void RequireMemory(Objective objective)
    {
        var needed = 64.0 * objective.Dimension;
        var there = (double)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > there)
        {
            throw new MistakeException(FormattableString.Invariant($"{objective.Dimension:N0} coordinates need {needed / 1e9:N1} GB and this machine has {there / 1e9:N1}; ask for fewer."));
        }
    }
}
