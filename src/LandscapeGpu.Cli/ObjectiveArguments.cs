using LandscapeGpu.Cli.Scripting;
using LandscapeGpu.Objectives.Catalogue;

namespace LandscapeGpu.Cli;

/// <summary>The arguments that say which objective is meant: a name of the catalogue, a formula or a script.</summary>
/// <param name="withStarts">Whether there is one place where restarts begin; <c>compare</c> has a list of its own.</param>
/// <param name="runs">Whether a run file can be given in their place.</param>
internal sealed class ObjectiveArguments(bool withStarts = true, bool runs = false) : ISharedArguments
{
    // More coordinates than this are a slip of the keyboard: one gradient would take a second.
    public const int MostCoordinates = 10_000_000;

    private readonly Argument<string?> name = new("objective")
    {
        Description = "a name of the catalogue (`landscape list`)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> formula = new("--formula")
    {
        Description = "a formula over x, such as \"Sin(x[0]) + 0.2*x[0]\"; d is the dimension, PI and E are known, and so is every name of --set",
        HelpName = "FORMULA",
    };

    private readonly Option<string?> fit = new("--fit")
    {
        Description = "a model to fit to columns of --data by least squares, such as \"y ~ a*Exp(-b*t)\": columns by name, any other name is a parameter",
        HelpName = "MODEL",
    };

    private readonly Option<string?> script = new("--script")
    {
        Description = runs ? "a C# script whose value is an Objective, or a function of x; of a run file the script that it was made with: its SHA-256 must be the same" : "a C# script whose value is an Objective, or a function of x",
        HelpName = "FILE",
    };

    private readonly Option<int?> dimension = NumberOption.Small("--dimension", "the number of coordinates", 1, MostCoordinates);

    private readonly Option<string?> domain = new("--domain") { Description = DomainText.Form, HelpName = "DOMAIN" };

    private readonly Option<string?> scale = new("--scale")
    {
        Description = "how long a distance is that matters: one number, or one for each coordinate with commas between; left out, it is taken from the domain or the starts",
        HelpName = "NUMBERS",
    };

    private readonly Option<string[]> settings = new("--set")
    {
        Description = "a setting of the objective; can be given again",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> starts = new("--starts") { Description = $"where restarts begin (default: the family's own, else the domain's): {Samplers.Words}", HelpName = "STARTS" };

    private readonly Option<string?> names = ListOption.Of("--names", "what the coordinates are called in tables and files, one name each", "NAME,...");

    private readonly DataArguments data = new();

    // A sweep asks for the same fit at every value.
    private bool isSaid;

    public void AddTo(Command command)
    {
        if (withStarts)
        {
            command.Options.Add(starts);
        }

        command.Arguments.Add(name);
        foreach (var option in new Option[] { formula, fit, script, dimension, domain, scale, settings, names })
        {
            command.Options.Add(option);
        }

        data.AddTo(command);
    }

    /// <summary>Whether a family of the catalogue is meant, rather than a formula or a script.</summary>
    public bool IsOfCatalogue(ParseResult parsed) => parsed.GetValue(name) is not null && parsed.GetValue(formula) is null && parsed.GetValue(fit) is null && parsed.GetValue(script) is null;

    /// <summary>The seed of the data that the family generates.</summary>
    /// <exception cref="MistakeException">It generates none.</exception>
    public double Seed(ParseResult parsed) => Settings(parsed).TryGetValue("seed", out var given) ? given
        : IsOfCatalogue(parsed) && FamilyOf(parsed.GetValue(name)!).Settings.FirstOrDefault(s => s.Name == "seed") is { } setting ? setting.Default
        : throw new MistakeException("--data-sets was given, and the objective has no setting seed to make several from; leave it out.");

    /// <summary>Whether the command line itself says what a setting, or the dimension, is.</summary>
    public bool Sets(ParseResult parsed, string setting) => setting == "dimension" ? parsed.GetValue(dimension) is not null : Settings(parsed).ContainsKey(setting);

    /// <summary>Whether the objective itself has a setting of this name; a script is not asked.</summary>
    public bool Has(ParseResult parsed, string setting) => NamesIn(parsed) is { } named ? named.Contains(setting) : !IsOfCatalogue(parsed) || SettingsOfFamily(parsed).Any(s => s.Setting.Name == setting);

    /// <summary>Whether a formula or a fit is meant, whose names have no values until they are given.</summary>
    public bool IsWritten(ParseResult parsed) => NamesIn(parsed) is not null;

    /// <summary>What a formula or a fit names; null of a family or a script.</summary>
    private List<string>? NamesIn(ParseResult parsed) => (parsed.GetValue(formula) ?? parsed.GetValue(fit)) is { } text ? [.. text.Split('~').SelectMany(Formula.FreeNames).Distinct()] : null;

    /// <summary>The objective that is meant.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="session">Where a script prints.</param>
    /// <param name="swept">Settings, or the dimension, that take these values whatever the command line says.</param>
    /// <exception cref="MistakeException">None or several are named, or what is named does not make sense.</exception>
    /// <exception cref="ArgumentException">The catalogue or the objective refuses a number.</exception>
    public Objective Read(ParseResult parsed, Session session, params (string Name, double Value)[] swept)
    {
        var (asked, text) = (parsed.GetValue(dimension), parsed.GetValue(domain));
        var given = Settings(parsed);
        foreach (var (setting, value) in swept)
        {
            if (setting != "dimension")
            {
                given[setting] = value;
                continue;
            }

            asked = value is >= 1 and <= MostCoordinates && value == Math.Round(value)
                ? (int)value
                : throw new MistakeException(FormattableString.Invariant($"a dimension of {value} was asked for; it must be a whole number from 1 to {MostCoordinates:N0}."));
        }

        // A fit takes columns, and looks for them itself.
        var samples = parsed.Has(fit) ? null : data.Read(parsed, IsOfCatalogue(parsed) ? FamilyOf(parsed.GetValue(name)!) : null);
        var objective = (parsed.GetValue(name), parsed.GetValue(formula), parsed.GetValue(fit), parsed.GetValue(script)) switch
        {
            ({ } known, null, null, null) => FamilyOf(known).Create(asked, given, samples),
            (null, { } written, null, null) when Catalogue.Families.Any(f => f.Name == written) => throw new MistakeException($"--formula was given {written}, which is a name of the catalogue; leave --formula out."),
            (null, { } written, null, null) => Formula.Compile(written, asked ?? DomainText.Dimension(text), given),
            (null, null, { } model, null) => FitFormula.Compile(model, data.Table(parsed), given) is var fitted && (asked ?? fitted.Dimension) == fitted.Dimension ? fitted
                : throw new MistakeException($"--dimension was given {asked}, and the fit has {NumberText.Count(fitted.Dimension, "parameter", "parameters")}: {string.Join(", ", fitted.Names)}; leave it out."),
            (null, null, null, { } file) => ScriptFile.Run(file, asked ?? DomainText.Dimension(text), given, session.Error),
            (null, null, null, null) => throw new MistakeException("no objective was given; give a name of the catalogue (`landscape list`), --formula, --fit or --script."),
            _ => throw new MistakeException("several objectives were given; give one name, one --formula, one --fit or one --script."),
        };
        if (NamesIn(parsed) is { } named && given.Keys.Except(named).FirstOrDefault() is { } idle)
        {
            throw new MistakeException(FormattableString.Invariant($"The {(parsed.Has(fit) ? "fit" : "formula")} has no setting {idle}, and {idle}={given[idle]} was given; the names in it are {string.Join(", ", named)}. Write {idle} where it is meant, or leave it out."));
        }

        if (!isSaid && parsed.GetValue(fit) is { } fitting && FitFormula.UnusedColumns(fitting, data.Table(parsed)) is { Count: > 0 } unused)
        {
            isSaid = true;
            session.Error.WriteLine($"landscape: the fit does not use {(unused.Count == 1 ? "the column" : "the columns")} {string.Join(", ", unused)}; its {(objective.Names.Count == 1 ? "parameter is" : "parameters are")} {string.Join(", ", objective.Names)}.");
        }

        objective = parsed.Items(names) is { } called ? objective with { Names = called } : objective;
        // In another domain the objective's own starts may lie outside, and what is known need not hold.
        objective = text is null
            ? objective
            : DomainText.Apply(text, objective) with { Starts = null, Known = new() };
        objective = parsed.GetValue(scale) is { } lengths ? objective with { Scale = ScaleOf(lengths) } : objective;
        return parsed.Has(starts) ? From(parsed.GetValue(starts)!, objective) : objective;
    }

    private static Objective From(string text, Objective objective)
    {
        var sampler = Samplers.Named(text, objective.ShownStarts, objective.Dimension).Sampler;
        // Refused before anything runs, where it does not fit the region.
        sampler.Validate(objective.Dimension);
        objective.StartsFrom(sampler);
        return objective with { Starts = sampler };
    }

    /// <summary>The settings of the family that is meant, with their values; none of a formula or a script.</summary>
    public IReadOnlyList<(Setting Setting, double Value)> SettingsOfFamily(ParseResult parsed) => !IsOfCatalogue(parsed) ? []
        : [.. FamilyOf(parsed.GetValue(name)!).Settings.Select(s => (s, Settings(parsed).GetValueOrDefault(s.Name, s.Default)))];

    /// <summary>Where the objective comes from, for records.</summary>
    public RunOrigin Origin(ParseResult parsed, Session session) => new()
    {
        Command = parsed.CommandResult.Command.Name,
        Arguments = session.Arguments,
        Formula = parsed.GetValue(formula) ?? parsed.GetValue(fit),
        Script = parsed.GetValue(script),
        Settings = Settings(parsed),
        Files = [.. new[] { parsed.GetValue(script) }.Concat(data.Files(parsed)).OfType<string>().Where(File.Exists).Select(RunOrigin.Hashed)],
    };

    /// <summary>The family of a name; who gave something else in its place is told where that goes.</summary>
    private static Family FamilyOf(string word)
    {
        try
        {
            return Catalogue.Find(word);
        }
        catch (ArgumentException) when (word.Any("()[]*^+".Contains))
        {
            throw new MistakeException($"The catalogue has no objective {word}; a formula is given as --formula \"{word}\".");
        }
        catch (ArgumentException) when (Path.GetFileName(word) != word || Path.HasExtension(word))
        {
            throw new MistakeException(File.Exists(word)
                ? $"{word} is a file, and the catalogue has no objective of that name; data are given as --data {word} beside a family or --fit, a script as --script {word}, and run files to resume, show, identify, connect, export and merge."
                : $"There is no file {word}, and no objective of that name in the catalogue (`landscape list`).");
        }
    }

    private static PerCoordinate ScaleOf(string text)
    {
        double[] lengths =
        [
            .. text.Split(',').Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var length) && length > 0 && double.IsFinite(length)
                ? length
                : throw new MistakeException($"--scale was given {text}; it must be one positive number, or one for each coordinate with commas between, such as 1e-9,1e6.")),
        ];
        return lengths is [var one] ? one : lengths;
    }

    private Dictionary<string, double> Settings(ParseResult parsed)
    {
        var words = parsed.GetValue(name) is { } known ? FamilyOf(known).Settings.Where(s => s.Options.Count > 0).ToDictionary(s => s.Name) : [];
        bool TryRead(string key, string text, out double value) =>
            words.TryGetValue(key, out var setting)
                ? double.IsFinite(value = setting.Parse(text))
                : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

        var all = new Dictionary<string, double>();
        foreach (var setting in parsed.GetValue(settings) ?? [])
        {
            if (setting.Split('=') is not [{ Length: > 0 } key, var number] || !TryRead(key, number, out var value) || !double.IsFinite(value))
            {
                throw new MistakeException($"--set was given {setting}; it must be NAME=VALUE with a finite number, such as atoms=7.");
            }

            if (!all.TryAdd(key, value))
            {
                throw new MistakeException($"--set was given {key} twice; give it once.");
            }
        }

        return all;
    }
}
