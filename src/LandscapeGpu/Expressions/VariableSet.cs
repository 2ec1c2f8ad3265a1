namespace LandscapeGpu.Expressions;

/// <summary>The loop indices an expression depends on, outermost first; those that their extents depend on included.</summary>
internal sealed class VariableSet(Index[] variables)
{
    public static readonly VariableSet Empty = new([]);

    public Index[] Variables => variables;

    public bool IsEmpty => Variables.Length == 0;

    /// <summary>The depth of the innermost index, or −1.</summary>
    public int Depth => IsEmpty ? -1 : (int)Variables[^1].Value;

    public static VariableSet Of(Index variable) => Union(variable.Extent.Free, new VariableSet([variable]));

    public static VariableSet Union(VariableSet? a, VariableSet? b)
    {
        if (a is null || a.IsEmpty)
        {
            return b ?? Empty;
        }

        if (b is null || b.IsEmpty || ReferenceEquals(a, b))
        {
            return a;
        }

        var union = a.Variables.Union(b.Variables).ToArray();
        return union.Length == a.Variables.Length ? a : new([.. union.OrderBy(v => v.Value)]);
    }

    public bool Contains(Index variable) => Array.IndexOf(Variables, variable) >= 0;

    public bool ContainsAll(VariableSet other) => other.Variables.All(Contains);

    /// <summary>What is left when a loop binds its index.</summary>
    public VariableSet Without(Index variable) =>
        Contains(variable) ? new([.. Variables.Where(v => !ReferenceEquals(v, variable))]) : this;
}
