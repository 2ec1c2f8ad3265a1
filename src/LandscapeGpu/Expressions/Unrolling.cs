namespace LandscapeGpu.Expressions;

/// <summary>Writes loops out: all of them where the whole formula is small, and the innermost where they are a few steps long.</summary>
internal sealed class Unrolling : Rewriting
{
    // Three coordinates of an atom, four neighbours of a cell.
    private const int ShortLoop = 4;

    private readonly bool everything;

    private Unrolling(bool everything, Dictionary<Index, Index>? indices = null)
        : base(indices) => this.everything = everything;

    /// <summary>The formula with loops written out if that makes at most <paramref name="budget"/> operations, else with short innermost loops written out.</summary>
    public static Real Unroll(Real formula, int budget) => new Unrolling(OperationCount(formula) <= budget).Apply(formula);

    /// <summary>How many operations one evaluation takes.</summary>
    public static double OperationCount(Real formula) => Traversal.From(formula).OfType<Real>()
        .Where(r => r.Operation is not (Operation.Constant or Operation.Parameter or Operation.Element or Operation.FromIndex))
        .Sum(r => Weight(r.Operation) * (r.Operation == Operation.Sum ? r.A.Free : r.Free).Variables.Aggregate(1.0, (n, v) => n * Math.Max(1, AverageExtent(v))));

    /// <summary>A triangular loop runs half its greatest extent.</summary>
    private static double AverageExtent(Index variable) => (variable.Extent.Least + variable.Extent.Greatest) / 2.0;

    /// <summary>Roughly how many primitive operations a function becomes.</summary>
    private static double Weight(Operation operation) => operation switch
    {
        <= Operation.Abs => 1,
        Operation.Sqrt => 2,
        <= Operation.Power => 12,
        _ => 1,
    };

    protected override bool Concerns(Real node) => true;

    protected override bool Concerns(Vector vector) => true;

    protected override Rewriting Extended(Dictionary<Index, Index> indices) => new Unrolling(everything, indices);

    protected override Real RebuildSum(Real sum)
    {
        if (!Unrolls(sum.Index, sum.A))
        {
            return base.RebuildSum(sum);
        }

        var terms = Terms(sum.Index, sum.A);
        // Four chains, so that a long sum written out does not wait for each of its additions.
        if (terms.Length < 8)
        {
            return terms.Aggregate(Real.Constant(0), Algebra.Add);
        }

        var chains = new[] { Real.Constant(0), Real.Constant(0), Real.Constant(0), Real.Constant(0) };
        for (var k = 0; k < terms.Length; k++)
        {
            chains[k % 4] = Algebra.Add(chains[k % 4], terms[k]);
        }

        return Algebra.Add(Algebra.Add(chains[0], chains[1]), Algebra.Add(chains[2], chains[3]));
    }

    protected override Vector Rebuild(Vector vector) => vector is LoopVector v && Unrolls(v.Variable, v.Body)
        ? new ComponentVector(Terms(v.Variable, v.Body))
        : base.Rebuild(vector);

    private bool Unrolls(Index variable, Real body)
    {
        var extent = Apply(variable.Extent);
        return extent.IsConstant && (everything || (extent.Value <= ShortLoop && !HasLoop(body, variable)));
    }

    private static bool HasLoop(Real body, Index variable) =>
        Traversal.From(body).Any(n => n is Real { Operation: Operation.Sum } s ? s.Free.Contains(variable) : n is LoopVector v && v.Free.Contains(variable));

    private Real[] Terms(Index variable, Real body)
    {
        var extent = (int)Apply(variable.Extent).Value;
        return [.. Enumerable.Range(0, extent).Select(k => new Unrolling(everything, new(Indices) { [variable] = k }).Apply(body))];
    }
}
