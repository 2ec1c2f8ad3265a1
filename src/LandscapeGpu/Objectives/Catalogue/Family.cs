namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>A number a family of objectives can be made with, such as the number of atoms.</summary>
/// <param name="Name">The name it is set by.</param>
/// <param name="Default">The value used when none is given.</param>
/// <param name="Meaning">What it is.</param>
public sealed record Setting(string Name, double Default, string Meaning)
{
    /// <summary>Where the number stands for a word: the words, from 0 on; empty where it is a number.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Whether it says how data are generated, and so means nothing where they are given.</summary>
    public bool IsOfGenerator { get; init; }

    /// <summary>A value as it is written: the word it stands for, or the number.</summary>
    public string Text(double value) =>
        Options.Count > 0 && value == Math.Round(value) && value >= 0 && value < Options.Count ? Options[(int)value] : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A value with what the setting means, and its words.</summary>
    internal string Explained(double value) => $"{Name}={Text(value)}: {Meaning}{(Options.Count == 0 ? "" : $" (one of {string.Join(", ", Options)})")}";

    /// <summary>The value that a text means: one of the words, or a number.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public double Parse(string text)
    {
        var word = Options.ToList().IndexOf(text);
        return word >= 0 ? word
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
            : throw new ArgumentException($"{Name} was given {text}; it is {(Options.Count == 0 ? "a number" : "one of " + string.Join(", ", Options))}.");
    }

    /// <summary>The seed of what is generated.</summary>
    internal static Setting Seed(string what) => new("seed", 1, $"the seed of {what}") { IsOfGenerator = true };

    /// <summary>A setting whose words are the names of an enumeration.</summary>
    internal static Setting Of<T>(string name, T usual, string meaning)
        where T : struct, Enum => new(name, Convert.ToInt32(usual, CultureInfo.InvariantCulture), meaning)
        {
            Options = [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())],
        };
}

/// <summary>The dimension and settings a member of a family was asked for with.</summary>
public sealed class Choices
{
    private readonly IReadOnlyDictionary<string, double> values;
    private readonly Family family;

    internal Choices(Family family, int? dimension, IReadOnlyDictionary<string, double> values, Dataset? data)
    {
        this.family = family;
        this.values = values;
        Data = data;
        Dimension = dimension ?? family.DefaultDimension;
    }

    /// <summary>The number of coordinates asked for, or the family's usual one.</summary>
    public int Dimension { get; }

    /// <summary>The data to use; null to generate them.</summary>
    public Dataset? Data { get; }

    /// <summary>The samples to use; null to generate them.</summary>
    public Samples? Samples => Data as Samples;

    /// <summary>The seed of generated data.</summary>
    internal ulong Seed => (ulong)Whole("seed", 0);

    /// <summary>A setting's value.</summary>
    public double this[string name] => values.TryGetValue(name, out var value) ? value : family.Settings.Single(s => s.Name == name).Default;

    /// <summary>A setting that must be a whole number.</summary>
    /// <exception cref="ArgumentException">It is not whole, or not within the bounds.</exception>
    public int Whole(string name, int least = 1, int most = int.MaxValue)
    {
        var value = this[name];
        return value == Math.Round(value) && value >= least && value <= most
            ? (int)value
            : throw new ArgumentException(FormattableString.Invariant($"{family.Name} was given {name}={value}; it must be a whole number from {least}{(most == int.MaxValue ? " up" : $" to {most}")}."));
    }

    /// <summary>A setting that must be within bounds.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public double Within(string name, double least, double most = double.PositiveInfinity)
    {
        var value = this[name];
        return value >= least && value <= most && double.IsFinite(value)
            ? value
            : throw new ArgumentException(FormattableString.Invariant($"{family.Name} was given {name}={value}; it must be from {least} ") + (double.IsPositiveInfinity(most) ? "up." : FormattableString.Invariant($"to {most}.")));
    }

    /// <summary>A setting that stands for a word.</summary>
    /// <exception cref="ArgumentException">The number stands for none.</exception>
    internal T Option<T>(string name)
        where T : struct, Enum
    {
        var words = family.Settings.Single(s => s.Name == name).Options;
        var value = this[name];
        return value == Math.Round(value) && value >= 0 && value < words.Count
            ? Enum.GetValues<T>()[(int)value]
            : throw new ArgumentException(FormattableString.Invariant($"{family.Name} was given {name}={value}; it is one of {string.Join(", ", words.Select((w, k) => $"{w} ({k})"))}."));
    }
}

/// <summary>A family of objectives of the catalogue: one formula for many dimensions or settings.</summary>
/// <remarks>One file each; a new one is added to <see cref="Catalogue.Families"/> by one line and inherits its tests.</remarks>
/// <param name="name">The name on the command line, in kebab case.</param>
/// <param name="summary">One line: what it is and why it is interesting.</param>
/// <param name="defaultDimension">The dimension used when none is given.</param>
/// <param name="source">Where formula, domain and known minima come from.</param>
public abstract class Family(string name, string summary, int defaultDimension, string source)
{
    private readonly (int Least, int Most) dimensions = (defaultDimension, defaultDimension);

    private readonly DataForm takes;

    internal Family(string name, string summary, int defaultDimension, (int Least, int Most) dimensions, string source)
        : this(name, summary, defaultDimension, source) => this.dimensions = dimensions;

    internal Family(string name, string summary, int defaultDimension, DataForm takes, string source)
        : this(name, summary, defaultDimension, source) => this.takes = takes;

    internal Family(string name, string summary, int defaultDimension, (int Least, int Most) dimensions, DataForm takes, string source)
        : this(name, summary, defaultDimension, dimensions, source) => this.takes = takes;

    /// <summary>The name on the command line, in kebab case.</summary>
    public string Name => name;

    /// <summary>One line: what it is and why it is interesting.</summary>
    public string Summary => summary;

    /// <summary>The dimension used when none is given.</summary>
    public int DefaultDimension => defaultDimension;

    /// <summary>Where formula, domain and known minima come from.</summary>
    public string Source => source;

    /// <summary>The least and greatest dimension; equal where it is fixed or follows from the settings.</summary>
    public virtual (int Least, int Most) Dimensions => dimensions;

    /// <summary>The settings it takes.</summary>
    public virtual IReadOnlyList<Setting> Settings => [];

    /// <summary>The form of data it can be made from, where it is about data and these need not be generated.</summary>
    public virtual DataForm Takes => takes;

    /// <summary>Makes a member.</summary>
    /// <param name="dimension">The number of coordinates; null for the usual one.</param>
    /// <param name="settings">Settings by name; missing ones take their defaults.</param>
    /// <param name="data">The user's own data, of the form the family takes; null to generate them.</param>
    /// <exception cref="ArgumentException">The dimension or a setting is not one the family has, or it takes no such data.</exception>
    public Objective Create(int? dimension = null, IReadOnlyDictionary<string, double>? settings = null, Dataset? data = null)
    {
        settings ??= new Dictionary<string, double>();
        if (data is not null)
        {
            Require(data, settings);
        }

        if (settings.Keys.FirstOrDefault(k => Settings.All(s => s.Name != k)) is { } unknown)
        {
            throw new ArgumentException(
                $"{Name} has no setting {unknown}; {(Spelling.Meant(unknown, Settings.Select(s => s.Name)) is { } meant ? $"did you mean {meant}? It" : "it")} has {(Settings.Count == 0 ? "none" : string.Join(", ", Settings.Select(s => FormattableString.Invariant($"{s.Name} (default {s.Default})"))))}.");
        }

        var isGivenBySettings = Dimensions.Least == Dimensions.Most && Settings.Count > 0;
        if (dimension is { } d && !isGivenBySettings && (d < Dimensions.Least || d > Dimensions.Most))
        {
            throw new ArgumentException(Dimensions.Least == Dimensions.Most
                ? $"{Name} was asked for with dimension {d}; its dimension is {DefaultDimension}."
                : $"{Name} was asked for with dimension {d}; it has from {Dimensions.Least} to {Dimensions.Most} coordinates.");
        }

        var objective = Build(new Choices(this, dimension, settings, data));
        return dimension is null || dimension == objective.Dimension
            ? objective with { Name = Name, Source = Source, Doubt = data is Samples samples && DataDoubts.Of(samples) is { } doubt ? objective.Doubt is { } own ? $"{own} {doubt}" : doubt : objective.Doubt }
            : throw new ArgumentException($"{Name} was asked for with dimension {dimension}; its {(data is null ? "settings give" : "data give")} it {objective.Dimension}.");
    }

    private void Require(Dataset data, IReadOnlyDictionary<string, double> settings)
    {
        if (data.Form != Takes)
        {
            var wanted = Takes == DataForm.None ? "takes none" : $"takes {Takes.ToString().ToLowerInvariant()}";
            var others = Catalogue.Families.Where(f => f.Takes == data.Form).Select(f => f.Name);
            throw new ArgumentException($"{Name} was given {data.Form.ToString().ToLowerInvariant()} and {wanted}; {string.Join(", ", others)} take them.");
        }

        if (Settings.FirstOrDefault(s => s.IsOfGenerator && settings.ContainsKey(s.Name)) is { } idle)
        {
            throw new ArgumentException($"{Name} was given {idle.Name}, which says how data are generated, and data; leave one out.");
        }
    }

    /// <summary>Writes the formula.</summary>
    protected abstract Objective Build(Choices choices);
}
