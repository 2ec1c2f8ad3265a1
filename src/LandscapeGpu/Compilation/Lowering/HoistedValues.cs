namespace LandscapeGpu.Compilation;

/// <summary>What depends on an inner loop's index alone and is computed at some expense is computed in a loop of its own, once for each index, not once for each pair.</summary>
/// <remarks>
/// Of <c>Sum(n, i =&gt; Sum(n, j =&gt; Square(x[i] - Exp(x[j]))))</c> there are n exponentials, not n². The reciprocal of a product whose factors belong to different
/// loops is the product of theirs, so that there are as many divisions as factors: 1/(aᵢ bⱼ) is (1/aᵢ)(1/bⱼ), rounded three times instead of twice.
/// </remarks>
internal sealed class HoistedValues : Rewriting
{
    private readonly HashSet<object> concerned = new(ReferenceEqualityComparer.Instance);

    private HoistedValues(IEnumerable<object> nodes)
    {
        foreach (var node in nodes)
        {
            if ((node is Real r && (IsHoisted(r) || IsTakenApart(r))) || Traversal.DependenciesOf(node).Any(concerned.Contains))
            {
                concerned.Add(node);
            }
        }
    }

    /// <summary>The same outputs, with that done.</summary>
    public static IReadOnlyList<Output> Of(IReadOnlyList<Output> outputs)
    {
        var hoisted = new HoistedValues(Traversal.From([.. outputs.Select(o => o.Root)]));
        return hoisted.concerned.Count == 0 ? outputs : [.. outputs.Select(hoisted.Of)];
    }

    protected override bool Concerns(Real node) => concerned.Contains(node);

    protected override bool Concerns(Vector vector) => concerned.Contains(vector);

    protected override Real RebuildElement(Real element) => IsHoisted(element) ? Hoisted(element) : base.RebuildElement(element);

    protected override Real RebuildSum(Real sum) => IsHoisted(sum) ? Hoisted(sum) : base.RebuildSum(sum);

    protected override Real RebuildOperation(Real n, Real[] operands) => IsTakenApart(n) ? Algebra.Multiply(Inverse(n.A.A), Inverse(n.A.B))
        : IsHoisted(n) ? Hoisted(n)
        : base.RebuildOperation(n, operands);

    private Output Of(Output output) => output switch
    {
        Output.OfVector v => v with { Vector = Apply(v.Vector) },
        Output.OfReal r => r with { Real = Apply(r.Real) },
        _ => new Output.Any(Apply(((Output.Any)output).Mask)),
    };

    private static Real Inverse(Real factor) => Algebra.Reciprocal(factor) is var inverse && IsHoisted(inverse) ? Hoisted(inverse) : inverse;

    private static Real Hoisted(Real r) => Alone(r) is var (own, body) ? Vectors.Loop(own, body).Element(r.Free.Variables[^1]) : r;

    private static bool IsHoisted(Real r) => KeptValues.IsExpensive(r) && Alone(r) is not null;

    /// <summary>What depends on one index, of a loop inside another, in a loop that is inside of none; null for all else.</summary>
    private static (Index Variable, Real Body)? Alone(Real r)
    {
        // A triangular loop's index brings those of its extent with it, which the value need not depend on.
        if (r.Free.Variables is not [.., { Value: > 0 } inner] || inner.Extent.Greatest > KeptValues.MostElements || !VariableSet.Of(inner).ContainsAll(r.Free))
        {
            return null;
        }

        var loose = Index.Loop(inner.Value, Index.Constant(inner.Extent.Greatest));
        if (Replace(r, inner, loose).Free.Variables.Length > 1)
        {
            return null;
        }

        // A vector that is read in order is as long as the loop that makes it: the two then run as one.
        var lengths = Traversal.From(r).OfType<Real>().Where(e => e.Operation == Operation.Element && ReferenceEquals(e.Index, inner)).Select(e => e.Vector.Length);
        var own = Index.Loop(0, Index.Constant(lengths.Where(length => length <= KeptValues.MostElements).Append((int)inner.Extent.Greatest).Max()));
        return (own, Replace(r, inner, own));
    }

    private static bool IsTakenApart(Real r) => r is { Operation: Operation.Reciprocal, A.Operation: Operation.Multiply } && !IsHoisted(r) && IsOutside(r.A.A, r) && IsOutside(r.A.B, r);

    /// <summary>Whether a factor's reciprocal is computed less often than the product's.</summary>
    private static bool IsOutside(Real factor, Real product) => factor.Free.Depth < product.Free.Depth || IsHoisted(Algebra.Reciprocal(factor));
}
