namespace LandscapeGpu.Expressions;

/// <summary>Where a formula's definition ends: the arguments of roots, logarithms, powers with broken exponents, arcsines and arccosines, each a function that is ≥ 0 where the operation has a value.</summary>
/// <remarks>Of √u, log u and uᵇ it is u; asin u and acos u have two, 1 − u and 1 + u. Each iteration of a loop has its own.</remarks>
internal sealed class EdgeTerms : Rewriting
{
    // Sums that are written out are no deeper.
    private const int MostDepth = 256;

    private readonly IReadOnlyDictionary<Real, int> edges;
    private readonly int dimension;
    private readonly Point wide;

    private EdgeTerms(Point point, Point wide, IReadOnlyDictionary<Real, int> edges)
        : base(vectors: new() { [point] = wide }) => (this.wide, this.edges, dimension) = (wide, edges, point.Dimension);

    /// <summary>Whether a formula's definition can end anywhere.</summary>
    public static bool AreIn(Real formula) => Smoothness.Moving(formula).Any(IsEnding);

    /// <summary>
    /// Over x and a variable for each edge: Σwₖcₖ, whose derivative along wₖ is cₖ where wₖ is positive; and the formula with the argument of each operation whose wₖ is positive put onto its edge, where it is what f comes to there from inside.
    /// With how many edges each operation has, one after another. Null where there are none, or more than so many.
    /// </summary>
    public static (Real Arguments, Real OnEdges, Point Point, IReadOnlyList<int> Counts)? Of(Real formula, Point point, int most)
    {
        var (edges, counts, all) = (new Dictionary<Real, int>(), new List<int>(), 0L);
        foreach (var node in Smoothness.Moving(formula).Where(IsEnding).OrderBy(n => n.Number))
        {
            if (edges.TryAdd(node, (int)all))
            {
                var count = Ends(node) * node.Free.Variables.Aggregate(1L, (copies, loop) => Math.Min(copies * loop.Extent.Greatest, int.MaxValue));
                if ((all += count) > most)
                {
                    return null;
                }

                counts.Add((int)count);
            }
        }

        if (all == 0)
        {
            return null;
        }

        var wide = new Point(point.Name, point.Dimension + (int)all);
        var (over, sum) = (new EdgeTerms(point, wide, edges), (Real)0);
        var still = new Rewriting(vectors: new() { [point] = wide });
        foreach (var node in edges.Keys)
        {
            var u = still.Apply(node.A);
            var terms = Ends(node) == 1 ? Term(over.Head(node), u) : Term(over.Head(node), 1 - u) + Term(over.Head(node) + 1, 1 + u);
            // Extents may depend on loops farther out.
            sum += node.Free.Variables.OrderByDescending(loop => loop.Value).Aggregate(terms, (body, loop) => Algebra.Sum(loop, body));
        }

        return (sum, over.Apply(formula), wide, counts);

        Real Term(Index at, Real argument) => Functions.Select(wide[at] > 0, wide[at] * argument, 0);
    }

    protected override Real RebuildOperation(Real n, Real[] operands)
    {
        if (!edges.ContainsKey(n))
        {
            return base.RebuildOperation(n, operands);
        }

        var head = Head(n);
        operands[0] = Ends(n) == 1 ? Functions.Select(wide[head] > 0, 0, operands[0]) : Functions.Select(wide[head] > 0, 1, Functions.Select(wide[head + 1] > 0, -1, operands[0]));
        return base.RebuildOperation(n, operands);
    }

    private static bool IsEnding(Real node) => node.Operation is Operation.Asin or Operation.Acos
        || (node.Operation is Operation.Sqrt or Operation.Log or Operation.Power && !IsNeverNegative(node.A, MostDepth));

    /// <summary>Whether an argument is a sum of squares, a norm, or anything else that no point makes negative, as its formula shows: it has no edge.</summary>
    private static bool IsNeverNegative(Real u, int depth) => depth > 0 && u.Operation switch
    {
        Operation.Constant => u.Value >= 0,
        Operation.Abs or Operation.Exp or Operation.Sqrt or Operation.Sigmoid or Operation.Softplus => true,
        Operation.WholePower => u.Exponent % 2 == 0 || IsNeverNegative(u.A, depth - 1),
        Operation.Multiply => ReferenceEquals(u.A, u.B) || (IsNeverNegative(u.A, depth - 1) && IsNeverNegative(u.B, depth - 1)),
        Operation.Add => IsNeverNegative(u.A, depth - 1) && IsNeverNegative(u.B, depth - 1),
        Operation.Max => IsNeverNegative(u.A, depth - 1) || IsNeverNegative(u.B, depth - 1),
        Operation.Sum or Operation.Reciprocal => IsNeverNegative(u.A, depth - 1),
        _ => false,
    };

    private static int Ends(Real node) => node.Operation is Operation.Asin or Operation.Acos ? 2 : 1;

    private Index Head(Real node) =>
        (node.Free.Variables.Aggregate((Index)0, (at, loop) => (at * (Index)(int)loop.Extent.Greatest) + loop) * (Index)Ends(node)) + (Index)(dimension + edges[node]);
}
