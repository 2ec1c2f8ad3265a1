using Microsoft.CodeAnalysis.Scripting;

namespace LandscapeGpu.Cli.Scripting;

/// <summary>The language of formulas and scripts: C# with the expression language at hand.</summary>
internal static class ScriptLanguage
{
    // System.Math stays out: its Sin and ours would be one name with two meanings. Math.PI is still there.
    public static ScriptOptions Options { get; } = ScriptOptions.Default
        .WithMetadataResolver(AssembliesReadOnce.Instance)
        .WithReferences(typeof(object).Assembly, typeof(Enumerable).Assembly, typeof(Objective).Assembly, typeof(ScriptLanguage).Assembly)
        .WithImports("System", "System.Linq", "LandscapeGpu.Expressions", "LandscapeGpu.Objectives", "LandscapeGpu.Objectives.Datasets", "LandscapeGpu.Starts", "LandscapeGpu.Expressions.Functions")
        // Of d*d*d in 2,000 coordinates something else would be left.
        .WithCheckOverflow(true)
        // A formula is traced once: optimising its C# would cost more than it saves.
        .WithOptimizationLevel(Microsoft.CodeAnalysis.OptimizationLevel.Debug);

    /// <summary>The names a formula can use, for suggestions.</summary>
    public static IEnumerable<string> Names =>
        typeof(Functions).GetMethods().Where(m => m.IsStatic).Select(m => m.Name).Distinct().Concat(["x", "d", "PI", "E"]);
}
