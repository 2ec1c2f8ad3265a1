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
    public static Real Weighted(Vector vector, Vector weights)
    {
        if (vector is not LoopVector loop || Divisor(loop) is not { } k)
        {
            return Functions.Sum(vector.Length, i => weights[i] * FusedVector.Of(vector)[i]);
        }

        return Functions.Sum(vector.Length / k, s => Functions.Sum(k, o =>
        {
            var i = (s * k) + o;
            return weights[i] * new SplitLoop(new() { [loop.Variable] = i }).Apply(loop.Body);
        }));
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

    /// <summary>The one number that the loop's index is divided by, where it divides the vector's length; null where there is none.</summary>
    private static int? Divisor(LoopVector vector)
    {
        var divisors = new HashSet<long>();
        foreach (var node in Traversal.From(vector.Body).OfType<Real>())
        {
            Look(node.Index);
            Look(node.Key.Index2);
        }

        return divisors.Count == 1 && divisors.Single() is var k && vector.Length % k == 0 ? (int)k : null;

        void Look(Index? index)
        {
            if (index is null || !index.Free.Contains(vector.Variable))
            {
                return;
            }

            if (index.Operation is IndexOperation.Divide or IndexOperation.Modulo && ReferenceEquals(index.A, vector.Variable))
            {
                divisors.Add(index.B!.IsConstant ? index.B.Value : -1);
                return;
            }

            Look(index.A);
            Look(index.B);
        }
    }
}
