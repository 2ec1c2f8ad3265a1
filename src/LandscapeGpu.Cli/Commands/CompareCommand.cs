using System.CommandLine;
using System.Globalization;
using LandscapeGpu.Cli.Printing;
using LandscapeGpu.Descent;
using LandscapeGpu.Evidence;
using LandscapeGpu.Objectives;
using LandscapeGpu.Reporting;

namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape compare</c>: several ways to descend from the same starts.</summary>
internal static class CompareCommand
{
    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments();
        var rules = List("--rules", $"rules to compare, each NAME or NAME:STEP (default all): {string.Join(", ", Rules.Names)}", "RULE,...");
        var schedules = List("--schedules", "schedules to combine each rule with (default constant)", "SCHEDULE,...");
        var clips = List("--clip", "lengths that gradients are shortened to, none for no clipping", "X,...");
        var noise = List("--temperatures", "temperatures T of the noise √(2ηT)·N(0, I) in every step", "T,...");
        var restarts = NumberOption.Small("--restarts", "how many starts, the same for all (default 1,000)");
        var seed = NumberOption.Seed("--seed", "all randomness follows from it (default 1)");
        var iterations = NumberOption.Small("--iterations", "the iteration limit (default 10,000)", 1, 16_000_000);
        var plateaus = NumberOption.Small("--plateau-starts", "how many of the starts are looked at for plateaus (default 64)", 0);
        var threads = NumberOption.Small("--threads", "how many threads (default all cores)");
        var command = new Command("compare", "Compares rules, schedules, clipping and noise from the same starts: how often each reaches the global value, at what cost, and how flat its minima are.")
        {
            rules, schedules, clips, noise, restarts, seed, iterations, plateaus, threads,
        };
        objective.AddTo(command);
        command.SetAction(parsed =>
        {
            var defaults = new ComparisonOptions();
            return Run(session, objective.Read(parsed), defaults with
            {
                Contenders = Contender.Combinations(
                    Items(parsed, rules) is { } named ? [.. named.Select(Rule)] : Rules.Names.Select(n => Rules.Named(n)),
                    Items(parsed, schedules)?.Select(Schedule.Parse),
                    Items(parsed, clips)?.Select(c => c == "none" ? null : (double?)Number("--clip", c)),
                    Items(parsed, noise)?.Select(t => Number("--temperatures", t))),
                Restarts = parsed.GetValue(restarts) ?? defaults.Restarts,
                Seed = parsed.GetValue(seed) ?? defaults.Seed,
                Stop = defaults.Stop with { Iterations = parsed.GetValue(iterations) ?? defaults.Stop.Iterations },
                PlateauStarts = parsed.GetValue(plateaus) ?? defaults.PlateauStarts,
                Threads = parsed.GetValue(threads),
            });
        });
        return command;
    }

    private static int Run(Session session, Objective objective, ComparisonOptions options)
    {
        var found = Comparison.Run(objective, options, session.Interrupt);
        TablePrinter.Print(EvidenceTables.Of(found), session.Out, session.OutIsTerminal);
        session.Out.WriteLine();
        session.Out.WriteLine(found.Sampling + ".");
        session.Out.WriteLine(found.Sentence);
        foreach (var result in found.Results.Where(r => r.Plateaus is { Longest.Count: > 0 }))
        {
            session.Out.WriteLine($"{result.Contender}: {result.Plateaus!.Sentence}");
        }

        return session.Interrupt.IsCancellationRequested ? ExitCode.Interrupted
            : found.Results.All(r => r.Outcomes.Converged == 0) ? ExitCode.NothingConverged
            : ExitCode.Success;
    }

    private static UpdateRule Rule(string text) => text.Split(':') switch
    {
        [var name] => Rules.Named(name),
        [var name, var step] => Rules.Named(name, Number("--rules", step)),
        _ => throw new MistakeException($"--rules was given {text}; it must be NAME or NAME:STEP."),
    };

    private static double Number(string option, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new MistakeException($"{option} was given {text}; it must be a finite number.");

    private static Option<string?> List(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static string[]? Items(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
