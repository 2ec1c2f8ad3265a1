namespace LandscapeGpu.Expressions;

/// <summary>Whether two formulas are the same up to the numbers that their data and parameters hold.</summary>
/// <remarks>
/// Formulas that are the same have their nodes in the same places, so both are walked side by side. The order in which nodes were made has
/// to agree as well: derivatives keep operands in it, and with it goes the rounding.
/// </remarks>
internal sealed class SameFormula
{
    private readonly Dictionary<object, object> same = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Index, Index> indices = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Data, Data> data = new(ReferenceEqualityComparer.Instance);

    /// <summary>For each data of the first formula, those of the second in its place; null if the formulas differ in more than numbers.</summary>
    public static IReadOnlyDictionary<Data, Data>? Replacements(Real first, Real second)
    {
        var (a, b) = (Traversal.From(first), Traversal.From(second));
        var comparison = new SameFormula();
        return a.Count == b.Count && a.Zip(b).All(pair => comparison.Agree(pair.First, pair.Second)) && InSameOrder(a, b) ? comparison.data : null;
    }

    private static bool InSameOrder(List<object> a, List<object> b)
    {
        var numbers = a.Zip(b).Where(p => p.First is Real).Select(p => (First: ((Real)p.First).Number, Second: ((Real)p.Second).Number)).OrderBy(p => p.First).ToList();
        return numbers.Zip(numbers.Skip(1)).All(p => p.First.Second < p.Second.Second);
    }

    /// <summary>Whether two nodes agree, all that they are made of having been compared before.</summary>
    private bool Agree(object a, object b)
    {
        same[a] = b;
        return (a, b) switch
        {
            (Real r, Real s) => Agree(r.Key, s.Key),
            (Point p, Point q) => p.Length == q.Length,
            (Data p, Data q) => Agree(p, q),
            (LoopVector v, LoopVector w) => Agree(v.Variable, w.Variable) && Known(v.Body, w.Body),
            (ComponentVector v, ComponentVector w) => v.Length == w.Length && v.Components.Zip(w.Components).All(c => Known(c.First, c.Second)),
            _ => false,
        };
    }

    private bool Agree(in RealKey a, in RealKey b) =>
        a.Operation == b.Operation && a.Bits == b.Bits && Known(a.A, b.A) && Known(a.B, b.B) && Known(a.C, b.C) && Agree(a.Index, b.Index) && Agree(a.Index2, b.Index2)
        && ((a.Source, b.Source) is (Parameter p, Parameter q) ? p.Name == q.Name : Known(a.Source, b.Source));

    private bool Agree(Data a, Data b)
    {
        data[a] = b;
        return a.Length == b.Length && a.Columns == b.Columns && a.IsSymmetric == b.IsSymmetric;
    }

    private bool Agree(Index? a, Index? b)
    {
        if (a is null || b is null)
        {
            return a is null && b is null;
        }

        if (indices.TryGetValue(a, out var known))
        {
            return ReferenceEquals(known, b);
        }

        // Whole numbers that are gathered through decide which elements meet: they belong to the formula.
        var agree = a.Operation == b.Operation && a.Value == b.Value && Agree(a.A, b.A) && Agree(a.B, b.B)
            && (a.Key.Data is { } p ? b.Key.Data is { } q && p.Values.AsSpan().SequenceEqual(q.Values) : b.Key.Data is null);
        if (agree)
        {
            indices.Add(a, b);
        }

        return agree;
    }

    private bool Known(object? a, object? b) => a is null ? b is null : b is not null && same.TryGetValue(a, out var known) && ReferenceEquals(known, b);
}
