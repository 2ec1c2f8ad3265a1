namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape verify</c>: what theory says about landscapes, tested on one.</summary>
internal static class VerifyCommand
{
    // A month; timers take no more than 49 days.
    private const double MostSeconds = 30 * 24 * 3600.0;

    /// <summary>The families that bring a theory, each with what it is of.</summary>
    internal const string TheoryFamilies = "glm and, of rank 1, matrix-completion on generated data, pca, and spherical-spin-glass with couplings=isotropic";

    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments();
        var survey = new SurveyArguments();
        var saddles = NumberOption.Small("--saddle-starts", "how many starts saddles are searched for from; 0 for none (default 2,000)", 0);
        var samples = NumberOption.Small("--samples", "how many points constants are taken over (default 1,400)");
        var ball = NumberOption.Positive("--over-ball", "R of the ball ‖x‖ ≤ R that constants are taken over (default: the family's own, else the region)");
        var induced = NumberOption.Small("--induced-minima", "how many local minima are compared with their induced models, best first (default 20)");
        var step = NumberOption.Positive("--rate-step", "the step of gradient descent whose rate is measured, as a share of 1/β below 2 (default 1)");
        var seconds = NumberOption.Positive("--part-seconds", "how long each part after the survey may take (default 120)");
        var theory = new Option<bool>("--theory") { Description = $"also the constants and measures that theory about the family speaks of ({TheoryFamilies})" };
        var directions = new Option<bool>("--directions") { Description = "also the way down from each saddle found: the eigenvector of its Hessian's lowest eigenvalue" };
        var outputs = new OutputArguments((OutputArguments.Json, "all findings as JSON"), (OutputArguments.Report, "a page with the findings, pictures, numbers and how to repeat it as HTML"));
        var pictures = new PictureArguments();
        var runFile = new RunFileArguments(withShards: false);
        var command = new Command("verify", "Tests what theory assumes and promises: local against global minima, strict saddles, growth conditions, rates, kernels.") { saddles, samples, ball, step, induced, seconds, theory, directions };
        command.Take(outputs, objective, survey, pictures, runFile);
        command.SetAction(parsed =>
        {
            var defaults = new VerificationOptions();
            var landscape = objective.Read(parsed, session);
            using var files = outputs.Open(parsed, session);
            var options = survey.Read(parsed);
            using var file = runFile.Begin(parsed, landscape, options);
            return Run(session, landscape, files, file, pictures.Read(parsed), objective.Origin(parsed, session), defaults with
            {
                Survey = options with { Store = file?.Store },
                SaddleStarts = parsed.GetValue(saddles) ?? defaults.SaddleStarts,
                Samples = parsed.GetValue(samples) ?? defaults.Samples,
                RateStep = parsed.GetValue(step) ?? defaults.RateStep,
                OverBall = parsed.GetValue(ball),
                PartTime = parsed.GetValue(seconds) is { } most ? TimeSpan.FromSeconds(Math.Min(most, MostSeconds)) : defaults.PartTime,
                InducedMinima = parsed.GetValue(induced) ?? defaults.InducedMinima,
                WithTheory = TheoryIn(parsed, theory, landscape),
                WithDirections = parsed.GetValue(directions),
            });
        });
        return command;
    }

    /// <summary>Whether theory was asked for.</summary>
    /// <exception cref="MistakeException">It was, and the family brings none.</exception>
    internal static bool TheoryIn(ParseResult parsed, Option<bool> option, Objective objective) => parsed.GetValue(option)
        && (objective.Theory is not null ? true : throw new MistakeException($"--theory was given, and {objective.Name} with these settings brings no theory of its own; there is one of {TheoryFamilies}."));

    private static int Run(Session session, Objective objective, Outputs files, RunFile? file, PictureArguments.Wanted pictures, RunOrigin origin, VerificationOptions options)
    {
        var found = session.ErrorIsTerminal
            ? ProgressBar.Show(session.Error, progress => Verification.Of(objective, options, progress, session.Interrupt))
            : Verification.Of(objective, options, new ProgressLines(session.Error).Report, session.Interrupt);
        session.Warn(found.Warnings);
        var printed = PrintedResult.Of(found);
        files.Surface.Print(printed);
        file?.Keep(found.Survey, PrintedResult.Kept(found, origin, printed));
        files.Give(OutputArguments.Json, () => EvidenceJson.Write(found, origin));
        files.Give(OutputArguments.Report, () => Report.Of(found, origin).Html());
        pictures.Draw(session, found.Figure, found.Figures);
        return files.Status != ExitCode.Success ? files.Status
            : session.Interrupt.IsCancellationRequested ? ExitCode.Interrupted
            : found.Separation is not null ? ExitCode.Success
            : ExitCode.Of(found.Survey, session.Interrupt);
    }
}
