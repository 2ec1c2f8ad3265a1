namespace LandscapeGpu.Cli.Scripting;

/// <summary>What a script sees beside the language.</summary>
// Public because the compiled script lives in an assembly of its own.
public sealed class ScriptGlobals
{
    private readonly IReadOnlyDictionary<string, double> settings;
    private readonly HashSet<string> asked = [];

    internal ScriptGlobals(int? dimension, IReadOnlyDictionary<string, double> settings) => (Dimension, this.settings) = (dimension, settings);

    /// <summary>The number of coordinates asked for with --dimension, if any.</summary>
    public int? Dimension { get; }

    internal IEnumerable<string> Asked => asked;

    internal IEnumerable<KeyValuePair<string, double>> Unasked => settings.Where(s => !asked.Contains(s.Key));

    /// <summary>π.</summary>
    public static double PI => Math.PI;

    /// <summary>e.</summary>
    public static double E => Math.E;

    /// <summary>An objective called "script".</summary>
    public static Objective Define(int dimension, Func<Point, Real> formula) => Objective.Define("script", dimension, formula);

    /// <summary>An objective.</summary>
    public static Objective Define(string name, int dimension, Func<Point, Real> formula) => Objective.Define(name, dimension, formula);

    /// <summary>A number that --set can change.</summary>
    public double Setting(string name, double otherwise)
    {
        asked.Add(name);
        return settings.TryGetValue(name, out var value) ? value : otherwise;
    }
}
