namespace LandscapeGpu.Cli.Scripting;

/// <summary>What a formula sees beside x and d.</summary>
/// <param name="settings">The parameters by name.</param>
// Public because the compiled formula lives in an assembly of its own.
public sealed class FormulaSettings(IReadOnlyDictionary<string, Parameter> settings)
{
    /// <summary>The parameters by name.</summary>
    public IReadOnlyDictionary<string, Parameter> Settings { get; } = settings;

    /// <summary>The columns of data by name; none where there are no data.</summary>
    public IReadOnlyDictionary<string, Data> Columns { get; init; } = new Dictionary<string, Data>();
}
