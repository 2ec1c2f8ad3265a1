using System.CommandLine;
using LandscapeGpu.Cli.Printing;
using LandscapeGpu.Objectives;
using LandscapeGpu.Pathways;
using LandscapeGpu.Reporting;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape connect</c>: minima and the transition states between them.</summary>
internal static class ConnectCommand
{
    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments();
        var survey = new SurveyArguments();
        var defaults = new TransitionSearchOptions();
        var lowest = NumberOption.Small("--lowest", $"the lowest minima that are to be connected (default {defaults.Lowest})");
        var climbs = NumberOption.Whole("--climbs", $"the most walks uphill from minima (default {defaults.Climbs:N0})", 0);
        var bands = NumberOption.Small("--bands", $"the most elastic bands between minima that are not connected (default {defaults.Bands})", 0);
        var images = NumberOption.Small("--images", $"the images of a band (default {defaults.Images})", 3, 1000);
        var rates = NumberOption.Positive("--rates-at", "also rate constants by harmonic transition-state theory at this temperature, in the units of f");
        var top = NumberOption.Small("--top", $"how many rows tables and the tree have (default {SurveyText.DefaultRows})");
        var json = new Option<string?>("--json") { Description = "writes the graph as JSON; - for standard output", HelpName = "FILE" };
        var csv = new Option<string?>("--csv") { Description = "writes minima, transition states, barriers and paths as CSV files that begin with this", HelpName = "PREFIX" };
        var command = new Command("connect", "Finds the transition states between minima: pathways, barriers, the disconnectivity tree.") { lowest, climbs, bands, images, rates, top, json, csv };
        objective.AddTo(command);
        survey.AddTo(command);
        command.SetAction(parsed => Run(
            session,
            objective.Read(parsed),
            defaults with
            {
                Survey = survey.Read(parsed),
                Lowest = parsed.GetValue(lowest) ?? defaults.Lowest,
                Climbs = parsed.GetValue(climbs) ?? defaults.Climbs,
                Bands = parsed.GetValue(bands) ?? defaults.Bands,
                Images = parsed.GetValue(images) ?? defaults.Images,
            },
            new(parsed.GetValue(json), parsed.GetValue(csv), parsed.GetValue(top) ?? SurveyText.DefaultRows, parsed.GetValue(rates))));
        return command;
    }

    private static int Run(Session session, Objective objective, TransitionSearchOptions options, Wanted wanted)
    {
        var isJsonOut = wanted.Json == JsonDestination.StandardOutput;
        using var destination = wanted.Json is null || isJsonOut ? null : JsonDestination.Open(wanted.Json);
        using var tables = wanted.Csv is null ? null : CsvDestination.Open(wanted.Csv);
        var network = session.ErrorIsTerminal
            ? ProgressBar.Show(session.Error, progress => TransitionSearch.Run(objective, options, progress, session.Interrupt))
            : TransitionSearch.Run(objective, options, new ProgressLines(session.Error).Report, session.Interrupt);
        var (writer, isTerminal) = isJsonOut ? (session.Error, session.ErrorIsTerminal) : (session.Out, session.OutIsTerminal);
        Print(network, wanted, writer, isTerminal);
        if (isJsonOut)
        {
            session.Out.WriteLine(PathwaysJson.Write(network, wanted.Temperature));
        }

        tables?.Write(network);
        var status = destination?.Write(PathwaysJson.Write(network, wanted.Temperature), session) ?? ExitCode.Success;
        return status != ExitCode.Success ? status : network.Stopped ? ExitCode.Interrupted : ExitCode.Success;
    }

    private static void Print(TransitionNetwork network, Wanted wanted, TextWriter writer, bool isTerminal)
    {
        writer.WriteLine(PathwaysText.Heading(network));
        writer.WriteLine();
        foreach (var table in PathwaysText.Tables(network, wanted.Rows))
        {
            TablePrinter.Print(table, writer, isTerminal);
            writer.WriteLine();
        }

        writer.WriteLine(PathwaysText.Tree(network, wanted.Rows));
        if (wanted.Temperature is { } temperature)
        {
            TablePrinter.Print(PathwaysText.Rates(network, temperature, wanted.Rows), writer, isTerminal);
            writer.WriteLine();
        }

        foreach (var line in PathwaysText.Notes(network))
        {
            writer.WriteLine(line);
        }
    }

    private sealed record Wanted(string? Json, string? Csv, int Rows, double? Temperature);
}
