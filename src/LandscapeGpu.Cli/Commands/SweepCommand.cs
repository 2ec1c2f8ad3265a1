namespace LandscapeGpu.Cli.Commands;

/// <summary><c>landscape sweep</c>: a family of landscapes over a setting.</summary>
internal static class SweepCommand
{
    private const int MostValues = 10_000;

    // Making a landscape takes milliseconds, surveying it seconds.
    private const int MostTried = 100;

    public static Command Create(Session session)
    {
        var objective = new ObjectiveArguments();
        var survey = new SurveyArguments();
        var over = new Option<string>("--over") { Description = "the setting and its values, such as width=1..32, weight=0..1:0.1 or atoms=4,5,7; dimension is a setting as well, and so are step and batch, of descent", HelpName = "NAME=VALUES", Required = true };
        var samples = NumberOption.Small("--samples", "how many points the constants μ and τ are taken over; 0 leaves them out (default 700)", 0);
        var paths = NumberOption.Small("--paths", "how many paths of gradient descent with step 1/β its rate is measured on (default 0)", 0);
        var ball = NumberOption.Positive("--over-ball", "R of the ball ‖x‖ ≤ R that they are taken over (default: the family's own, else where its starts are)");
        var sets = NumberOption.Small("--data-sets", "how many data sets each value is tried on, for families with a seed (default 1)", 1, 10_000);
        var kernel = new Option<bool>("--kernel") { Description = "also one descent of each landscape's model beside that of its linearised model: how far the parameters and the tangent kernel move, PL*, test losses" };
        var cost = new Option<bool>("--cost") { Description = "also the steps that descent takes to within 1e-2, 1e-4 and 1e-6 of f*, and how they grow" };
        var costSteps = ListOption.Of("--cost-steps", "steps of the rule, such as 0.01,0.03,0.1: with --cost, each landscape is descended with the best of them", "STEP,...");
        var gradients = new Option<bool>("--gradients") { Description = "also how long the gradient is in each layer where descent begins: whether it vanishes or explodes with depth" };
        var edge = new Option<string?>("--threshold") { Description = "another setting, the least value of which without a spurious minimum inside the region, nor one of the global value elsewhere than at the planted point, is sought for each value, such as p=0.05..1", HelpName = "NAME=LOW..HIGH" };
        var theory = new Option<bool>("--theory") { Description = $"also the constants and measures that theory about the family speaks of, in a table of their own ({VerifyCommand.TheoryFamilies})" };
        var outputs = new OutputArguments((OutputArguments.Json, "the rows as JSON"), (OutputArguments.Csv, "the rows as CSV"), (OutputArguments.Report, "a page with curves, rows and how to repeat it as HTML"));
        var pictures = new PictureArguments();
        var runFile = new RunFileArguments(withShards: false);
        var command = new Command("sweep", "Surveys a family of landscapes over a setting: how often the global value is reached, minima, lowest eigenvalue, PL constant.") { over, samples, paths, ball, sets, theory, kernel, cost, costSteps, gradients, edge };
        command.Take(outputs, objective, survey, pictures, runFile);
        command.SetAction(parsed =>
        {
            var (name, values) = Values(parsed.GetValue(over)!);
            var defaults = new SweepOptions();
            var options = defaults with
            {
                Survey = survey.Read(parsed),
                Samples = parsed.GetValue(samples) ?? defaults.Samples,
                Paths = parsed.GetValue(paths) ?? defaults.Paths,
                OverBall = parsed.GetValue(ball),
                DataSets = parsed.GetValue(sets) ?? defaults.DataSets,
            };
            var isOfDescent = name is "step" or "batch" && !objective.Has(parsed, name);
            options = isOfDescent ? options with { SurveyAt = Varied(name, values, options.Survey, survey.Gives(parsed, name)) } : options;
            if (objective.Sets(parsed, name))
            {
                throw new MistakeException($"--over was given {name}, and {(name == "dimension" ? "--dimension" : "--set")} gives it one value; leave one out.");
            }

            if (options is { Paths: > 0, Samples: 0 })
            {
                throw new MistakeException("--paths was given with --samples 0; the rate of the paths is compared with constants over sampled points, so give --samples as well.");
            }

            var origin = objective.Origin(parsed, session);
            using var files = outputs.Open(parsed, session);
            var drawn = pictures.Read(parsed);
            var read = Family(objective, parsed, session, isOfDescent ? null : name, options.DataSets);
            var threshold = parsed.GetValue(edge) is { } text ? Threshold(text, objective, parsed, isOfDescent ? throw new MistakeException($"--threshold was given beside --over {name}: a least value is one of landscapes, and {name} is one of descent.") : name, read) : null;
            // A name in a formula has no value of its own: the rows are where the search begins.
            threshold = threshold is not null && objective.IsWritten(parsed) ? threshold with { InRows = threshold.High } : threshold;
            (string, double)[] held = threshold?.InRows is { } at ? [(threshold.Name, at)] : [];
            Objective family(double value, int set) => read(set, isOfDescent ? [] : [(name, value), .. held]);
            options = options with { WithCost = parsed.GetValue(cost), CostSteps = CostSteps(parsed, costSteps, cost), WithGradients = parsed.GetValue(gradients) && HasParts(family(values[0], 1)), Threshold = threshold, WithKernel = parsed.GetValue(kernel) && IsModel(family(values[0], 1)), WithTheory = parsed.GetValue(theory) && VerifyCommand.TheoryIn(parsed, theory, family(values[0], 1)) };
            // A value that the family refuses is refused before the first is surveyed.
            foreach (var value in values.Take(MostTried))
            {
                family(value, 1);
            }

            using var file = runFile.Begin(parsed, () => RunFacts.Of(name, values, family(values[0], 1), options));
            var found = Sweep.Run(name, values, family, file?.Keeping(options) ?? options, row => session.Error.WriteLine(Progress(name, row)), session.Interrupt);
            session.Warn(found.Rows.SelectMany(r => r.Warnings));
            var printed = PrintedResult.Of(found);
            files.Surface.Print(printed);
            file?.Keep(PrintedResult.Kept(found, origin, printed), found.IsStopped, options.Survey.Device ?? "lanes");
            files.Give(OutputArguments.Csv, found.Csv);
            files.Give(OutputArguments.Json, () => EvidenceJson.Write(found, origin));
            files.Give(OutputArguments.Report, () => Report.Of(found, origin).Html());
            if (found.Rows.Count > 0)
            {
                drawn.Draw(session, found.Figure, () => [found.Figure()]);
            }

            return files.Status != ExitCode.Success ? files.Status
                : found.IsStopped ? ExitCode.Interrupted
                : found.Rows.All(r => r is { Minima: 0, Converged: 0, Kernel: null, Gradients: null } && r.Steps?.Any(double.IsFinite) != true) ? ExitCode.NothingFound
                : ExitCode.Success;
        });
        return command;
    }

    /// <summary>NAME=LOW..HIGH.</summary>
    private static SweepThreshold Threshold(string text, ObjectiveArguments objective, ParseResult parsed, string swept, Func<int, (string Name, double Value)[], Objective> family)
    {
        if (text.Split('=') is not [{ Length: > 0 } name, var range] || range.Split("..") is not [var from, var to]
            || !double.TryParse(from, NumberStyles.Float, CultureInfo.InvariantCulture, out var low) || !double.TryParse(to, NumberStyles.Float, CultureInfo.InvariantCulture, out var high)
            || !(low > 0 && high > low && double.IsFinite(high)))
        {
            throw new MistakeException($"--threshold was given {text}; it must be NAME=LOW..HIGH with 0 < LOW < HIGH.");
        }

        if (name == swept || objective.Sets(parsed, name))
        {
            throw new MistakeException($"--threshold was given {name}, which {(name == swept ? "--over gives its values" : "--set gives one value")}; leave one out.");
        }

        if (objective.SettingsOfFamily(parsed).FirstOrDefault(s => s.Setting.Name == name).Setting is { Options.Count: > 0 } words)
        {
            throw new MistakeException($"--threshold was given {name}, whose values stand for words ({string.Join(", ", words.Options)}): none is larger than another. Name a setting that is a number.");
        }

        return new(name, low, high, (value, set, at) => family(set, [(swept, value), (name, at)]));
    }

    /// <summary>The steps that are tried, each above 0.</summary>
    private static List<double>? CostSteps(ParseResult parsed, Option<string?> option, Option<bool> cost)
    {
        if (parsed.Items(option) is not { } items)
        {
            return null;
        }

        return parsed.GetValue(cost)
            ? [.. items.Select(i => double.TryParse(i, NumberStyles.Float, CultureInfo.InvariantCulture, out var step) && step > 0 && double.IsFinite(step) ? step : throw new MistakeException($"--cost-steps was given {i}; a step is a number above 0."))]
            : throw new MistakeException("--cost-steps was given without --cost, which counts the steps of descent; give both.");
    }

    private static bool HasParts(Objective objective) => objective.Parts.Count > 1
        ? true
        : throw new MistakeException($"--gradients was given, and {objective.Name} says of no coordinates that they are a layer; perceptron, deep-linear, linear-residual and deep-regression do.");

    private static bool IsModel(Objective objective) => objective.Model is not null
        ? true
        : throw new MistakeException($"--kernel was given, and {objective.Name} is no model with outputs; families that are fitted to samples are.");

    /// <summary>The objective of some settings' values and a data set.</summary>
    private static Func<int, (string Name, double Value)[], Objective> Family(ObjectiveArguments objective, ParseResult parsed, Session session, string? name, int sets)
    {
        if (sets > 1)
        {
            var seed = name == "seed" ? throw new MistakeException("--data-sets was given with a sweep over the seed; leave one out.") : objective.Seed(parsed);
            return (set, swept) => objective.Read(parsed, session, [.. swept, ("seed", seed + set - 1)]);
        }

        // A formula's parameter is changed in place: reading the formula again would take longer than the survey.
        Objective? first = null;
        return (_, swept) => objective.IsOfCatalogue(parsed) ? objective.Read(parsed, session, swept)
            : (first ??= objective.Read(parsed, session, swept)) is var known && swept.All(s => known.Parameters.Any(p => p.Name == s.Name)) ? swept.Aggregate(known, (made, s) => made.With(s.Name, s.Value))
            : objective.Read(parsed, session, swept);
    }

    /// <summary>The survey at a step, or a batch's size.</summary>
    private static Func<double, SurveyOptions> Varied(string name, IReadOnlyList<double> values, SurveyOptions survey, bool isGiven)
    {
        if (isGiven)
        {
            throw new MistakeException($"--over was given {name}, and --{name} gives it one value; leave one out.");
        }

        if (name == "batch" && values.Any(v => v != Math.Round(v) || v < 1 || v > int.MaxValue))
        {
            throw new MistakeException($"--over was given batch = {string.Join(", ", values)}; a batch is a whole number of samples, 1 or more.");
        }

        SurveyOptions At(double value) => survey with
        {
            Descent = name == "step"
                ? survey.Descent with { Rule = Rules.Named(survey.Descent.Rule.Name, value) }
                : survey.Descent with { Batch = new MiniBatch((int)value) },
        };
        // What a rule refuses is refused before the first is surveyed.
        foreach (var value in values)
        {
            At(value);
        }

        return At;
    }

    private static string Progress(string name, SweepRow row)
    {
        var set = row.DataSet == 1 ? "" : $", data set {row.DataSet}";
        var compiled = row.Compiled == 0 ? "nothing compiled" : $"{row.Compiled} compiled";
        return $"{name} = {row.Setting.ToString("G6", CultureInfo.InvariantCulture)}{set}: {row.Minima} {(row.Minima == 1 ? "minimum" : "minima")}, {compiled}";
    }

    /// <summary>NAME=A..B, NAME=A..B:STEP or NAME=A,B,C.</summary>
    internal static (string Name, IReadOnlyList<double> Values) Values(string text)
    {
        var mistake = new MistakeException(FormattableString.Invariant($"--over was given {text}; it must be NAME=A..B, NAME=A..B:STEP or NAME=A,B,C with finite numbers, A ≤ B and a step above 0, of at most {MostValues:N0} values."));
        if (text.Split('=') is not [{ Length: > 0 } name, { Length: > 0 } list])
        {
            throw mistake;
        }

        if (list.Split("..") is not [var from, var rest])
        {
            return (name, [.. list.Split(',').Select(Number)]);
        }

        var (to, step) = rest.Split(':') switch
        {
            [var end] => (Number(end), 1.0),
            [var end, var by] => (Number(end), Number(by)),
            _ => throw mistake,
        };
        var begin = Number(from);
        var steps = (to - begin) / step;
        return step > 0 && steps >= 0 && steps < MostValues
            // A billionth: 0..1:0.1 ends at 1 in spite of rounding.
            ? (name, [.. Enumerable.Range(0, (int)Math.Floor(steps + 1e-9) + 1).Select(k => begin + (k * step))])
            : throw mistake;

        double Number(string number) => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : throw mistake;
    }
}
