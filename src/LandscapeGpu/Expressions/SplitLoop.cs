namespace LandscapeGpu.Expressions;

/// <summary>A loop over i = s·k + o as two loops, over s and o: i/k is then s, and i % k is o, as outputs of samples are counted.</summary>
/// <remarks>Loops inside become one deeper, so that the second of the two has a depth of its own.</remarks>
internal sealed class SplitLoop : Rewriting
{
    private SplitLoop(Dictionary<Index, Index> indices)
        : base(indices)
    {
    }

    /// <summary>Σ weight(i)·element(i) over a vector's elements; by two loops where its formula divides its index by one number.</summary>
    public static Real Weighted(Vector vector, Vector weights) => vector is LoopVector loop && Divisor(loop.Variable, loop.Body) is { } k
        ? Sum(loop.Variable, k, i => weights[i] * new SplitLoop(new() { [loop.Variable] = i }).Apply(loop.Body))
        : Functions.Sum(vector.Length, i => weights[i] * FusedVector.Of(vector)[i]);

    /// <summary>A sum outside of all loops by two loops, where its terms divide their index by one number; null where they do not.</summary>
    public static Real? Of(Real sum) => sum.Index.Extent.IsConstant && Divisor(sum.Index, sum.A) is { } k
        ? Sum(sum.Index, k, i => new SplitLoop(new() { [sum.Index] = i }).Apply(sum.A))
        : null;

    /// <summary>A vector's element at s·k + o where s and o are the two loops that are under way, or o is a number; null where the vector is not made so or the index is another.</summary>
    public static Real? Element(LoopVector vector, Index index)
    {
        // Loops of the vector's formula become one deeper: that is enough where no other loop is under way.
        var (depth, terms) = (vector.Variable.Value, new Dictionary<Index, long>());
        if (Trace.Current is not { } trace || Divisor(vector.Variable, vector.Body) is not { } k || !AddTerms(index, 1, terms, out var constant))
        {
            return null;
        }

        var isSample = terms.Any(t => t.Value == k && IsLoop(t.Key, depth, vector.Length / k));
        var isRead = terms.Count == 1 ? trace.Depth == depth + 1 && constant >= 0 && constant < k
            : terms.Count == 2 && trace.Depth == depth + 2 && constant == 0 && terms.Any(t => t.Value == 1 && IsLoop(t.Key, depth + 1, k));
        // As it is written shortest, so that the quotient and the remainder are seen.
        return !isSample || !isRead ? null : new SplitLoop(new() { [vector.Variable] = terms.Count == 1 ? (terms.Keys.Single() * k) + (int)constant : index }).Apply(vector.Body);

        static bool IsLoop(Index index, long depth, int count) => index.Value == depth && index.Extent.IsConstant && index.Count == count;
    }

    /// <summary>An index as constant + Σ factor·loop; false where it is not of that form.</summary>
    private static bool AddTerms(Index index, long factor, Dictionary<Index, long> terms, out long constant)
    {
        (constant, var other) = (0, 0L);
        switch (index.Operation)
        {
            case IndexOperation.Constant:
                constant = factor * index.Value;
                return true;
            case IndexOperation.Loop:
                terms[index] = terms.GetValueOrDefault(index) + factor;
                return true;
            case IndexOperation.Multiply when index.B!.IsConstant:
                return AddTerms(index.A!, factor * index.B.Value, terms, out constant);
            case IndexOperation.Add or IndexOperation.Subtract:
                var isLinear = AddTerms(index.A!, factor, terms, out constant) && AddTerms(index.B!, index.Operation == IndexOperation.Add ? factor : -factor, terms, out other);
                constant += other;
                return isLinear;
            default:
                return false;
        }
    }

    protected override Rewriting Extended(Dictionary<Index, Index> indices) => new SplitLoop(indices);

    protected override Real RebuildSum(Real sum)
    {
        var (variable, inner) = Deeper(sum.Index);
        return Algebra.Sum(variable, inner.Apply(sum.A));
    }

    protected override Vector Rebuild(Vector vector)
    {
        if (vector is not LoopVector loop)
        {
            return base.Rebuild(vector);
        }

        var (variable, inner) = Deeper(loop.Variable);
        return Vectors.Loop(variable, inner.Apply(loop.Body));
    }

    private (Index Variable, Rewriting Inner) Deeper(Index variable)
    {
        var deeper = Index.Loop(variable.Value + 1, Apply(variable.Extent));
        return (deeper, Extended(new(Indices) { [variable] = deeper }));
    }

    private static Real Sum(Index variable, int k, Func<Index, Real> term) =>
        Functions.Sum(variable.Count / k, s => Functions.Sum(k, o => term((s * k) + o)));

    /// <summary>The one number that an index is divided by, where it divides how often its loop runs; null where there is none.</summary>
    private static int? Divisor(Index variable, Real body)
    {
        var divisors = new HashSet<long>();
        foreach (var node in Traversal.From(body).OfType<Real>())
        {
            Look(node.Index);
            Look(node.Key.Index2);
        }

        return divisors.Count == 1 && divisors.Single() is var k && k > 0 && variable.Count % k == 0 ? (int)k : null;

        void Look(Index? index)
        {
            if (index is null || !index.Free.Contains(variable))
            {
                return;
            }

            if (index.Operation is IndexOperation.Divide or IndexOperation.Modulo && ReferenceEquals(index.A, variable))
            {
                divisors.Add(index.B!.IsConstant ? index.B.Value : -1);
                return;
            }

            Look(index.A);
            Look(index.B);
        }
    }
}
