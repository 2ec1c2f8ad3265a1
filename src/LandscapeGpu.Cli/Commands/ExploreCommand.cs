using System.CommandLine;
using LandscapeGpu.Cli.Printing;
using LandscapeGpu.Evidence;
using LandscapeGpu.Objectives;
using LandscapeGpu.Pictures;
using LandscapeGpu.Reporting;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape explore</c>: a survey of a landscape.</summary>
internal static class ExploreCommand
{
    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments();
        var survey = new SurveyArguments();
        var json = new Option<string?>("--json") { Description = "writes the result as JSON; - for standard output", HelpName = "FILE" };
        var top = NumberOption.Small("--top", $"how many minima to show (default {SurveyText.DefaultRows})");
        var evidence = new Option<bool>("--evidence") { Description = "also tests what theory says about landscapes, as `landscape verify` does" };
        var pictures = new PictureArguments();
        var command = new Command("explore", "Runs many descents and shows the distinct minima they end at.") { json, top, evidence };
        objective.AddTo(command);
        survey.AddTo(command);
        pictures.AddTo(command);
        command.SetAction(parsed => Run(
            session, objective.Read(parsed), survey.Read(parsed), parsed.GetValue(json), parsed.GetValue(top) ?? SurveyText.DefaultRows, parsed.GetValue(evidence), pictures.Read(parsed)));
        return command;
    }

    private static int Run(Session session, Objective objective, SurveyOptions options, string? json, int rows, bool evidence, PictureArguments.Wanted pictures)
    {
        RequireMemory(objective);
        var isJsonOut = json == JsonDestination.StandardOutput;
        using var destination = json is null || isJsonOut ? null : JsonDestination.Open(json);
        var result = Survey(session, objective, options);
        session.Warn(result.Warnings);
        Print(result, rows, isJsonOut ? session.Error : session.Out, isJsonOut ? session.ErrorIsTerminal : session.OutIsTerminal);
        if (evidence && result.AllMinima.Any())
        {
            var writer = isJsonOut ? session.Error : session.Out;
            writer.WriteLine();
            writer.WriteLine(Verification.Of(result, cancellation: session.Interrupt).ToString());
        }

        if (isJsonOut)
        {
            session.Out.WriteLine(SurveyJson.Write(result));
        }

        pictures.Draw(session, result.Figure, result.Figures);
        var status = destination?.Write(SurveyJson.Write(result), session) ?? ExitCode.Success;
        return status != ExitCode.Success ? status : ExitCode.Of(result, session.Interrupt);
    }

    private static SurveyResult Survey(Session session, Objective objective, SurveyOptions options) => session.ErrorIsTerminal
        ? ProgressBar.Show(session.Error, progress => Surveys.Survey.Run(objective, options, progress, session.Interrupt))
        : Surveys.Survey.Run(objective, options, new ProgressLines(session.Error).Report, session.Interrupt);

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

    private static void Print(SurveyResult result, int rows, TextWriter writer, bool isTerminal)
    {
        writer.WriteLine(SurveyText.Heading(result));
        writer.WriteLine();
        foreach (var table in SurveyText.Tables(result, rows))
        {
            TablePrinter.Print(table, writer, isTerminal);
            writer.WriteLine();
        }

        foreach (var line in SurveyText.Notes(result))
        {
            writer.WriteLine(line);
        }
    }
}
