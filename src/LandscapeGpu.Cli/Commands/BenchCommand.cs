namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape bench</c>: how fast descent is.</summary>
internal static class BenchCommand
{
    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments();
        var device = new DeviceArguments();
        var restarts = NumberOption.Small("--restarts", "how many descents (default 10,000)", 1, 100_000_000);
        var iterations = NumberOption.Small("--iterations", "the steps of each, exactly (default 1,000)", 1, 16_000_000);
        var rule = new Option<string?>("--rule") { Description = $"how the point moves, {RuleText.Names} (default gradient-descent)", HelpName = "RULE" };
        var step = NumberOption.Positive("--step", "the rule's step size");
        var precision = ChoiceOption.Create("--precision", "the precision (default single)", "single", "double");
        var batch = BatchOption.Create();
        var reps = NumberOption.Small("--reps", "timed runs, after one to warm up (default 5)", 1, 1000);
        var command = new Command("bench", "Measures descent without stopping and prints one line of JSON.") { restarts, iterations, rule, step, batch, precision, reps };
        command.Take(objective, device);
        command.SetAction(parsed =>
        {
            var bench = new Bench
            {
                Objective = objective.Read(parsed, session),
                Device = device.Choose(parsed),
                Restarts = parsed.GetValue(restarts) ?? 10_000,
                Repetitions = parsed.GetValue(reps) ?? 5,
                Options = new()
                {
                    Rule = RuleText.Parse("--rule", parsed.GetValue(rule) ?? "gradient-descent", parsed.GetValue(step)),
                    Stop = new() { Iterations = parsed.GetValue(iterations) ?? 1_000, OnlyIterations = true },
                    Batch = parsed.GetValue(batch),
                    IsDouble = parsed.GetValue(precision) == "double",
                },
            };
            session.Out.WriteLine(bench.Run(session.Interrupt));
            return ExitCode.Success;
        });
        return command;
    }
}
