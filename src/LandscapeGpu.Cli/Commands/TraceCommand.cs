using LandscapeGpu.Pictures.Surveys;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape trace</c>: single descents, step by step.</summary>
internal static class TraceCommand
{
    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments();
        var from = new Option<string[]>("--from") { Description = "where to begin: the coordinates with commas between; can be given again", HelpName = "X,...", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
        var restarts = ListOption.Of("--restarts", "the numbers of the restarts to follow, from 0, as surveys of this seed make them (default 0)", "I,...");
        var seed = NumberOption.Seed("--seed", "all randomness follows from it (default 1)");
        var rule = new Option<string?>("--rule") { Description = $"how the point moves, {RuleText.Names} (default lbfgs)", HelpName = "RULE" };
        var schedule = new Option<string?>("--schedule") { Description = "how the step changes: constant, exponential:RATE, cosine:STEPS or warm-restarts:STEPS[:MULTIPLIER]", HelpName = "SCHEDULE" };
        var iterations = NumberOption.Small("--iterations", "the iteration limit (default 10,000)", 1, 16_000_000);
        var tolerance = NumberOption.Positive("--gradient-tolerance", "converged when the gradient's norm is at most this");
        var precision = ChoiceOption.Create("--precision", "the precision of descent (default double)", "single", "double");
        var every = NumberOption.Small("--every", "records every so many steps (default: at most 500 points)");
        var device = new DeviceArguments("lanes", withVectorBits: false);
        var outputs = new OutputArguments((OutputArguments.Csv, "all points as CSV"));
        var picture = new PictureArguments();
        var command = new Command("trace", "Follows single descents step by step: where they went, how the value fell, and a picture of it.")
        {
            from, restarts, seed, rule, schedule, iterations, tolerance, precision, every,
        };
        command.Take(objective, outputs, device, picture);
        command.SetAction(parsed =>
        {
            var landscape = objective.Read(parsed, session);
            if (parsed.GetValue(from) is { Length: > 0 } && parsed.GetValue(restarts) is not null)
            {
                throw new MistakeException("--from and --restarts were both given; descents begin at given points, or where a survey's restarts do.");
            }

            var starts = Starts(parsed.GetValue(from) ?? [], landscape);
            var descent = new DescentOptions();
            var options = new TrajectoryOptions
            {
                Starts = starts,
                Seed = parsed.GetValue(seed) ?? 1,
                Restarts = starts is null ? [.. (parsed.Items(restarts) ?? ["0"]).Select(Restart)] : [.. Enumerable.Range(0, starts.Count)],
                Every = parsed.GetValue(every),
                Device = device.Explicit(parsed),
                Threads = device.Threads(parsed),
                Descent = descent with
                {
                    Rule = RuleText.Parse("--rule", parsed.GetValue(rule) ?? "lbfgs"),
                    Schedule = Schedule.Parse(parsed.GetValue(schedule) ?? "constant"),
                    IsDouble = parsed.GetValue(precision) != "single",
                    Stop = descent.Stop with { Iterations = parsed.GetValue(iterations) ?? descent.Stop.Iterations, GradientTolerance = parsed.GetValue(tolerance) },
                },
            };
            using var files = outputs.Open(parsed, session);
            return Run(session, landscape, options, files, picture.Read(parsed));
        });
        return command;
    }

    private static int Run(Session session, Objective objective, TrajectoryOptions options, Outputs files, PictureArguments.Wanted pictures)
    {
        var found = Trajectory.Record(objective, options, session.Interrupt);
        session.Warn(found[0].Warnings);
        files.Surface.WriteLine($"{objective.Name}: {found[0].Rule}; {found[0].Device}");
        files.Surface.WriteLine();
        files.Surface.Print(TrajectoryTables.Of(found));
        if (TrajectoryTables.EarlyStopping(found) is { } sentence)
        {
            files.Surface.WriteLine();
            files.Surface.WriteLine(sentence);
        }

        files.Give(OutputArguments.Csv, () => Trajectory.Csv(found));
        pictures.Draw(session, () => found.Figure(), () => found.Figures());
        return files.Status;
    }

    private static GivenPoints? Starts(string[] given, Objective objective)
    {
        if (given.Length == 0)
        {
            return null;
        }

        var points = given.Select(text =>
        {
            double[] point = [.. text.Split(',').Select(w => double.TryParse(w, NumberStyles.Float, CultureInfo.InvariantCulture, out var c) && double.IsFinite(c)
                ? c
                : throw new MistakeException($"--from was given {text}; it must be finite numbers with commas between, such as 1.5,-2."))];
            if (point.Length != objective.Dimension)
            {
                throw new MistakeException($"--from was given {text}, {NumberOf(point.Length)}; {objective.Name} has {NumberOf(objective.Dimension)}.");
            }

            // A point of a surface is typed with six digits or more; the first step puts it there.
            const double Typed = 1e-6;
            return objective.Region.Violation(point) <= Typed ? point : throw new MistakeException($"--from was given {text}, which is outside {objective.Region.Describe(objective.Dimension)}.");
        }).ToArray();
        return new(points);

        static string NumberOf(int count) => NumberText.Count(count, "coordinate", "coordinates");
    }

    private static long Restart(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new MistakeException($"--restarts was given {text}; restarts of a trace are named by their numbers, such as 0,1,2.");
}
