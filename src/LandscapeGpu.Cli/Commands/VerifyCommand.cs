using System.CommandLine;
using LandscapeGpu.Cli.Printing;
using LandscapeGpu.Evidence;
using LandscapeGpu.Objectives;
using LandscapeGpu.Reporting;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape verify</c>: what theory says about landscapes, tested on one.</summary>
internal static class VerifyCommand
{
    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments();
        var survey = new SurveyArguments();
        var saddles = NumberOption.Small("--saddle-starts", "how many starts saddles are searched for from; 0 for none (default 2,000)", 0);
        var samples = NumberOption.Small("--samples", "how many points constants are taken over (default 1,400)");
        var json = new Option<string?>("--json") { Description = "writes all findings as JSON; - for standard output", HelpName = "FILE" };
        var command = new Command("verify", "Tests what theory assumes and promises: local against global minima, strict saddles, growth conditions, rates, kernels.") { saddles, samples, json };
        objective.AddTo(command);
        survey.AddTo(command);
        command.SetAction(parsed =>
        {
            var defaults = new VerificationOptions();
            return Run(session, objective.Read(parsed), defaults with
            {
                Survey = survey.Read(parsed),
                SaddleStarts = parsed.GetValue(saddles) ?? defaults.SaddleStarts,
                Samples = parsed.GetValue(samples) ?? defaults.Samples,
            }, parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(Session session, Objective objective, VerificationOptions options, string? json)
    {
        var isJsonOut = json == JsonDestination.StandardOutput;
        using var destination = json is null || isJsonOut ? null : JsonDestination.Open(json);
        var found = session.ErrorIsTerminal
            ? ProgressBar.Show(session.Error, progress => Verification.Of(objective, options, progress, session.Interrupt))
            : Verification.Of(objective, options, new ProgressLines(session.Error).Report, session.Interrupt);
        session.Warn(found.Survey.Warnings);
        var (writer, isTerminal) = isJsonOut ? (session.Error, session.ErrorIsTerminal) : (session.Out, session.OutIsTerminal);
        writer.WriteLine(SurveyText.Heading(found.Survey));
        writer.WriteLine();
        writer.WriteLine(found.ToString());
        TablePrinter.Print(EvidenceTables.Of(found.StrictSaddle), writer, isTerminal);
        if (isJsonOut)
        {
            session.Out.WriteLine(EvidenceJson.Write(found));
        }

        var status = destination?.Write(EvidenceJson.Write(found), session) ?? ExitCode.Success;
        return status != ExitCode.Success ? status
            : session.Interrupt.IsCancellationRequested ? ExitCode.Interrupted
            : ExitCode.Of(found.Survey, session.Interrupt);
    }
}
