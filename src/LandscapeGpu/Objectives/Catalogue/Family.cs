namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>A number a family of objectives can be made with, such as the number of atoms.</summary>
/// <param name="Name">The name it is set by.</param>
/// <param name="Default">The value used when none is given.</param>
/// <param name="Meaning">What it is.</param>
public sealed record Setting(string Name, double Default, string Meaning);

/// <summary>The dimension and settings a member of a family was asked for with.</summary>
public sealed class Choices
{
    private readonly IReadOnlyDictionary<string, double> values;
    private readonly Family family;

    internal Choices(Family family, int? dimension, IReadOnlyDictionary<string, double> values)
    {
        this.family = family;
        this.values = values;
        Dimension = dimension ?? family.DefaultDimension;
    }

    /// <summary>The number of coordinates asked for, or the family's usual one.</summary>
    public int Dimension { get; }

    /// <summary>A setting's value.</summary>
    public double this[string name] => values.TryGetValue(name, out var value) ? value : family.Settings.Single(s => s.Name == name).Default;

    /// <summary>A setting that must be a whole number.</summary>
    /// <exception cref="ArgumentException">It is not whole, or not within the bounds.</exception>
    public int Whole(string name, int least = 1, int most = int.MaxValue)
    {
        var value = this[name];
        return value == Math.Round(value) && value >= least && value <= most
            ? (int)value
            : throw new ArgumentException($"{family.Name} was given {name}={value}; it must be a whole number from {least}{(most == int.MaxValue ? " up" : $" to {most}")}.");
    }
}

/// <summary>A family of objectives of the catalogue: one formula for many dimensions or settings.</summary>
/// <remarks>One file each; a new one is added to <see cref="Catalogue.Families"/> by one line and inherits its tests.</remarks>
public abstract class Family
{
    /// <summary>The name on the command line, in kebab case.</summary>
    public abstract string Name { get; }

    /// <summary>One line: what it is and why it is interesting.</summary>
    public abstract string Summary { get; }

    /// <summary>The dimension used when none is given.</summary>
    public abstract int DefaultDimension { get; }

    /// <summary>Where formula, domain and known minima come from.</summary>
    public abstract string Source { get; }

    /// <summary>The least and greatest dimension; equal where it is fixed or follows from the settings.</summary>
    public virtual (int Least, int Most) Dimensions => (DefaultDimension, DefaultDimension);

    /// <summary>The settings it takes.</summary>
    public virtual IReadOnlyList<Setting> Settings => [];

    /// <summary>Makes a member.</summary>
    /// <param name="dimension">The number of coordinates; null for the usual one.</param>
    /// <param name="settings">Settings by name; missing ones take their defaults.</param>
    /// <exception cref="ArgumentException">The dimension or a setting is not one the family has.</exception>
    public Objective Create(int? dimension = null, IReadOnlyDictionary<string, double>? settings = null)
    {
        settings ??= new Dictionary<string, double>();
        if (settings.Keys.FirstOrDefault(k => Settings.All(s => s.Name != k)) is { } unknown)
        {
            throw new ArgumentException(
                $"{Name} has no setting {unknown}; it has {(Settings.Count == 0 ? "none" : string.Join(", ", Settings.Select(s => $"{s.Name} (default {s.Default})")))}.");
        }

        var isGivenBySettings = Dimensions.Least == Dimensions.Most && Settings.Count > 0;
        if (dimension is { } d && !isGivenBySettings && (d < Dimensions.Least || d > Dimensions.Most))
        {
            throw new ArgumentException(Dimensions.Least == Dimensions.Most
                ? $"{Name} was asked for with dimension {d}; its dimension is {DefaultDimension}."
                : $"{Name} was asked for with dimension {d}; it has from {Dimensions.Least} to {Dimensions.Most} coordinates.");
        }

        var objective = Build(new Choices(this, dimension, settings));
        return dimension is null || dimension == objective.Dimension
            ? objective with { Name = Name, Source = Source }
            : throw new ArgumentException($"{Name} was asked for with dimension {dimension}; its settings give it {objective.Dimension}.");
    }

    /// <summary>Writes the formula.</summary>
    protected abstract Objective Build(Choices choices);
}
