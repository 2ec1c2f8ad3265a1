namespace LandscapeGpu.Compilation;

/// <summary>An index as constant + Σ factor·term, terms of outer loops first.</summary>
internal sealed record Linear(long Constant, IReadOnlyList<(Index Term, long Factor)> Terms)
{
    /// <summary>Whether two are certain to be different places: a constant apart.</summary>
    public bool IsBeside(Linear other) => Constant != other.Constant && Terms.Count == other.Terms.Count
        && Terms.Zip(other.Terms).All(t => ReferenceEquals(t.First.Term, t.Second.Term) && t.First.Factor == t.Second.Factor);

    public static Linear Of(Index index)
    {
        var terms = new Dictionary<Index, long>();
        var constant = Add(index, 1, terms);
        return new(constant, [.. terms.Where(t => t.Value != 0).OrderBy(t => t.Key.Free.Depth).Select(t => (t.Key, t.Value))]);
    }

    private static long Add(Index index, long factor, Dictionary<Index, long> terms)
    {
        switch (index.Operation)
        {
            case IndexOperation.Constant:
                return factor * index.Value;
            case IndexOperation.Add:
                return Add(index.A!, factor, terms) + Add(index.B!, factor, terms);
            case IndexOperation.Subtract:
                return Add(index.A!, factor, terms) + Add(index.B!, -factor, terms);
            case IndexOperation.Multiply when index.B!.IsConstant:
                return Add(index.A!, factor * index.B.Value, terms);
            default:
                terms[index] = terms.GetValueOrDefault(index) + factor;
                return 0;
        }
    }
}
