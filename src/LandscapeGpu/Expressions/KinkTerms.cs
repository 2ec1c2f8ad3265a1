namespace LandscapeGpu.Expressions;

/// <summary>A kink of a formula: the length of a vector of components, which all are 0 on it. Absolute values and ties have one component.</summary>
/// <param name="First">The number of its first component, counted over all kinks.</param>
/// <param name="Count">How many it has.</param>
internal readonly record struct KinkNorm(int First, int Count);

/// <summary>A formula in which every absolute value, tie, norm and condition whose branches meet has variables of its own, so that what is smooth between kinks, on them and rounded off across them is one formula.</summary>
/// <remarks>
/// ‖u‖ becomes σ·u + τ√(‖u‖² + μ²) + κ, with |u| the norm of one component, Max and Min are ½(a + b ± |a − b|), and a choice between a where u is positive and b elsewhere, with a − b = ku, is ½(a + b + k|u|). With τ = κ = 0 and each ‖σ‖ ≤ 1 it is the Lagrangian of the kinks u = 0 that a point lies on, with the piece σ = ±1 of the other
/// absolute values; with σ = 0, τ = 1 it is the formula with its kinks rounded off over a distance μ, and with μ = 0 the norm itself. Its derivative along σ is w·u and along κ the kink's weight w. Of a norm, τ, μ and κ of the first component count.
/// </remarks>
internal sealed class KinkTerms : Rewriting
{
    private readonly Dictionary<Real, Kind> kinds;
    private readonly int components;
    private readonly int dimension;
    private readonly Point wide;

    private KinkTerms(Point point, Point wide, Dictionary<Real, Kind> kinds, int components)
        : base(vectors: new() { [point] = wide }) => (this.wide, this.kinds, this.components, dimension) = (wide, kinds, components, point.Dimension);

    /// <summary>The formula over x, σ, τ, μ, κ one after another, and its kinks; null where it has none, more than so many components of them, or conditions whose branches do not meet like that.</summary>
    public static (Real Value, Point Point, IReadOnlyList<KinkNorm> Kinks)? Of(Real formula, Point point, int most)
    {
        var (kinds, kinks, components) = (new Dictionary<Real, Kind>(), new List<KinkNorm>(), 0L);
        var moving = Smoothness.Moving(formula).ToHashSet();
        // Each after what it is made of.
        foreach (var node in moving.OrderBy(n => n.Number))
        {
            if (RootsOf(node) is not { } roots)
            {
                if (node.Operation == Operation.Round || (node.Operation == Operation.Select && moving.Contains(node.A)))
                {
                    return null;
                }

                continue;
            }

            var (width, copies) = (roots.Sum(r => Copies(r.Loops)), Copies(node.Free.Variables));
            if (components + (width * copies) > most)
            {
                return null;
            }

            kinds[node] = new((int)components, (int)width, roots);
            for (var copy = 0; copy < copies; copy++, components += width)
            {
                kinks.Add(new((int)components, (int)width));
            }
        }

        if (kinks.Count == 0)
        {
            return null;
        }

        var wide = new Point(point.Name, point.Dimension + (4 * (int)components));
        return (new KinkTerms(point, wide, kinds, (int)components).Apply(formula), wide, kinks);
    }

    /// <summary>Whether a formula has a norm: the root of a sum of squares and of nothing else.</summary>
    public static bool HasNorms(Real formula) => Smoothness.Moving(formula).Any(n => n.Operation == Operation.Sqrt && RootsOf(n) is not null);

    protected override Real RebuildOperation(Real n, Real[] operands)
    {
        if (!kinds.TryGetValue(n, out var kind))
        {
            return base.RebuildOperation(n, operands);
        }

        var head = (Place(n.Free.Variables) * (Index)kind.Width) + (Index)(dimension + kind.First);
        Real tau = wide[head + components], mu = wide[head + (2 * components)], kappa = wide[head + (3 * components)];
        var (straight, offset) = ((Real)0, 0);
        foreach (var root in kind.Roots)
        {
            var u = Apply(root.Value);
            straight += root.Loops.Aggregate(wide[head + Place(root.Loops) + (Index)offset] * u, (body, loop) => Algebra.Sum(loop, body));
            offset += (int)Copies(root.Loops);
        }

        var square = n.Operation switch
        {
            Operation.Sqrt => operands[0],
            _ => Algebra.Power(Apply(kind.Roots[0].Value), 2),
        };
        var size = straight + (tau * Algebra.Apply(Operation.Sqrt, square + (mu * mu))) + kappa;
        return n.Operation switch
        {
            Operation.Max => 0.5 * (operands[0] + operands[1] + size),
            Operation.Min => 0.5 * (operands[0] + operands[1] - size),
            Operation.Select => 0.5 * (operands[1] + operands[2] + (Steepening(n)!.Value * size)),
            _ => size,
        };
    }

    /// <summary>The components of the kink that a node has: those of a norm, each with the sums it is a term of, the innermost first; null where it has no kink.</summary>
    private static List<Root>? RootsOf(Real node)
    {
        var roots = new List<Root>();
        return node.Operation switch
        {
            Operation.Abs => [new(node.A, [])],
            Operation.Max or Operation.Min => [new(node.A - node.B, [])],
            Operation.Select when Steepening(node) is not null => [new(node.A.B - node.A.A, [])],
            Operation.Sqrt when TryRoots(node.A, 1, [], roots) => roots,
            _ => null,
        };
    }

    /// <summary>By how much more the first branch of a condition rises with what decides than the second, where they meet when that is 0 and differ by nothing else; null where they do not.</summary>
    private static double? Steepening(Real select)
    {
        if (select.A.Operation is not (Operation.Less or Operation.LessOrEqual))
        {
            return null;
        }

        var (difference, decides) = (new Terms(), new Terms());
        difference.Add(select.B);
        difference.Add(select.C, -1);
        decides.Add(select.A.B);
        decides.Add(select.A.A, -1);
        return difference.Over(decides);
    }

    /// <summary>Whether a sum is one of squares and of nothing else; their roots.</summary>
    private static bool TryRoots(Real sum, double factor, Index[] loops, List<Root> roots)
    {
        switch (sum.Operation)
        {
            case Operation.Add:
                return TryRoots(sum.A, factor, loops, roots) && TryRoots(sum.B, factor, loops, roots);
            case Operation.Sum:
                return TryRoots(sum.A, factor, [sum.Index, .. loops], roots);
            case Operation.Multiply when sum.A.IsConstant && sum.A.Value > 0:
                return TryRoots(sum.B, factor * sum.A.Value, loops, roots);
            case Operation.Multiply when ReferenceEquals(sum.A, sum.B):
                roots.Add(new(Math.Sqrt(factor) * sum.A, loops));
                return true;
            default:
                return false;
        }
    }

    private static long Copies(IEnumerable<Index> loops) => loops.Aggregate(1L, (count, v) => Math.Min(count * v.Extent.Greatest, int.MaxValue));

    /// <summary>The number of an iteration, of all those of some loops.</summary>
    private static Index Place(IEnumerable<Index> loops) => loops.Aggregate((Index)0, (at, loop) => (at * (Index)(int)loop.Extent.Greatest) + loop);

    /// <summary>A component.</summary>
    /// <param name="Value">What is 0 on the kink.</param>
    /// <param name="Loops">The sums it is a term of.</param>
    private readonly record struct Root(Real Value, Index[] Loops);

    /// <summary>What variables stand for the kinks of a node.</summary>
    /// <param name="First">The first component of the first of them.</param>
    /// <param name="Width">How many components each has.</param>
    /// <param name="Roots">What these are.</param>
    private sealed record Kind(int First, int Width, IReadOnlyList<Root> Roots);
}
