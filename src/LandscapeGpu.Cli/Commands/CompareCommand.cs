namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape compare</c>: several ways to descend from the same starts.</summary>
internal static class CompareCommand
{
    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments(withStarts: false);
        var rules = ListOption.Of("--rules", $"rules to compare (default all), each {RuleText.Names}", "RULE,...");
        var schedules = ListOption.Of("--schedules", "schedules to combine each rule with (default constant)", "SCHEDULE,...");
        var clips = ListOption.Of("--clip", "lengths that gradients are shortened to, none for no clipping", "X,...");
        var noise = ListOption.Of("--temperatures", "temperatures T of the noise √(2ηT)·N(0, I) in every step", "T,...");
        var momenta = ListOption.Of("--momenta", "momenta μ of the rules that have one, momentum and nesterov (default 0.9)", "M,...");
        var batches = ListOption.Of("--batch", "samples that each step's gradient is taken over: SIZE, SIZE:with-replacement, or none for all", "SIZE,...");
        var curricula = ListOption.Of("--curricula", "after how many steps all samples are taken in, in the order of the data, or none for all from the first step on", "STEPS,...");
        var starts = ListOption.Of("--starts", $"where restarts begin: {Samplers.Words}", "STARTS,...");
        var restarts = NumberOption.Small("--restarts", "how many starts, the same for all (default 1,000)");
        var seed = NumberOption.Seed("--seed", "all randomness follows from it (default 1)");
        var iterations = NumberOption.Small("--iterations", "the iteration limit (default 10,000)", 1, 16_000_000);
        var tolerance = NumberOption.Positive("--gradient-tolerance", "converged when the gradient's norm is at most this, of those without noise and batches (default a millionth of the slope at the middle start)");
        var plateaus = NumberOption.Small("--plateau-starts", "how many of the starts are looked at for plateaus (default 64)", 0);
        var device = new DeviceArguments("lanes: each rule is a kernel of its own, which takes seconds to compile", withVectorBits: false);
        var outputs = new OutputArguments(
            (OutputArguments.Json, "the result as JSON"), (OutputArguments.Csv, "a row for each contender as CSV"), (OutputArguments.Losses, "the final values, a row for each start and a column for each contender, as CSV"),
            (OutputArguments.Report, "a page with pictures, the table and how to repeat it as HTML"));
        var pictures = new PictureArguments();
        var runFile = new RunFileArguments(withShards: false);
        var command = new Command("compare", "Compares rules, momenta, schedules, clipping, noise, batches, curricula and starts: how often each reaches the global value, at what cost, and how flat its minima are.")
        {
            rules, momenta, schedules, clips, noise, batches, curricula, starts, restarts, seed, iterations, tolerance, plateaus,
        };
        command.Take(outputs, objective, device, pictures, runFile);
        command.SetAction(parsed =>
        {
            var (defaults, grid) = (new ComparisonOptions(), new ContenderGrid());
            var landscape = objective.Read(parsed, session);
            grid = grid with
            {
                Common = grid.Common with { Stop = new() { Iterations = parsed.GetValue(iterations) ?? grid.Common.Stop.Iterations, GradientTolerance = parsed.GetValue(tolerance) } },
                Rules = parsed.Items(rules)?.Select(r => RuleText.Parse("--rules", r)).ToList(),
                Momenta = parsed.Items(momenta)?.Select(m => NumberOption.Read("--momenta", m)).ToList(),
                Schedules = parsed.Items(schedules)?.Select(Schedule.Parse).ToList() ?? grid.Schedules,
                Clips = parsed.Items(clips)?.Select(c => c == "none" ? null : (double?)NumberOption.Read("--clip", c)).ToList() ?? grid.Clips,
                Temperatures = parsed.Items(noise)?.Select(t => NumberOption.Read("--temperatures", t)).ToList() ?? grid.Temperatures,
                Batches = parsed.Items(batches)?.Select(b => b == "none" ? null : MiniBatch.Parse(b)).ToList() ?? grid.Batches,
                Curricula = parsed.Items(curricula)?.Select(c => c == "none" ? null : Curriculum.Parse(c)).ToList() ?? grid.Curricula,
                Starts = parsed.Items(starts)?.Select(s => (NamedStarts?)Samplers.Named(s, landscape.ShownStarts, landscape.Dimension)).ToList() ?? grid.Starts,
            };
            using var files = outputs.Open(parsed, session);
            var options = defaults with
            {
                Contenders = grid.All(),
                Restarts = parsed.GetValue(restarts) ?? defaults.Restarts,
                Seed = parsed.GetValue(seed) ?? defaults.Seed,
                PlateauStarts = parsed.GetValue(plateaus) ?? defaults.PlateauStarts,
                Device = device.Explicit(parsed),
                Threads = device.Threads(parsed),
            };
            using var file = runFile.Begin(parsed, () => RunFacts.Of(landscape, options));
            return Run(session, landscape, files, file, pictures.Read(parsed), objective.Origin(parsed, session), options);
        });
        return command;
    }

    private static int Run(Session session, Objective objective, Outputs files, RunFile? file, PictureArguments.Wanted pictures, RunOrigin origin, ComparisonOptions options)
    {
        var found = Comparison.Run(objective, file?.Keeping(objective, options) ?? options, new ProgressLines(session.Error).Report, session.Interrupt);
        session.Warn(found.Warnings);
        var printed = PrintedResult.Of(found);
        files.Surface.Print(printed);
        file?.Keep(PrintedResult.Kept(found, origin, printed), session.Interrupt.IsCancellationRequested, found.Device);
        files.Give(OutputArguments.Json, () => ComparisonJson.Write(found, origin));
        files.Give(OutputArguments.Csv, () => CsvText.Of(found));
        files.Give(OutputArguments.Losses, () => CsvText.FinalLosses(found));
        files.Give(OutputArguments.Report, () => Report.Of(found, origin).Html());
        pictures.Draw(session, found.Figure, found.Figures);
        return files.Status != ExitCode.Success ? files.Status
            : session.Interrupt.IsCancellationRequested ? ExitCode.Interrupted
            : !found.Global.IsFound || found.Results.All(r => r.Outcomes.Converged == 0 && r.Reached.Count == 0) ? ExitCode.NothingFound
            : ExitCode.Success;
    }
}
