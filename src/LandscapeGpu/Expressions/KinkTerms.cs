namespace LandscapeGpu.Expressions;

/// <summary>A formula in which every absolute value and tie has variables of its own, so that what is smooth between kinks, on them and rounded off across them is one formula.</summary>
/// <remarks>
/// |u| becomes σu + τ√(u² + μ²) + κ, and Max and Min are ½(a + b ± |a − b|). With τ = κ = 0 and each σ in [−1, 1] it is the Lagrangian of the kinks u = 0 that a point lies on, with the piece σ = ±1 of the others; with σ = 0, τ = 1 it
/// is the formula with its kinks rounded off over a distance μ. Its derivative along σ is w·u and along κ the kink's weight w.
/// </remarks>
internal sealed class KinkTerms : Rewriting
{
    private readonly Dictionary<Real, int> first;
    private readonly int kinks;
    private readonly int dimension;
    private readonly Point wide;

    private KinkTerms(Point point, Point wide, Dictionary<Real, int> first, int kinks)
        : base(vectors: new() { [point] = wide }) => (this.wide, this.first, this.kinks, dimension) = (wide, first, kinks, point.Dimension);

    /// <summary>The formula over x, σ, τ, μ, κ one after another, and how many kinks it has; null where these are none or more than so many.</summary>
    public static (Real Value, Point Point, int Kinks)? Of(Real formula, Point point, int most)
    {
        var (first, kinks) = (new Dictionary<Real, int>(), 0L);
        foreach (var node in Smoothness.Moving(formula).Where(n => n.Operation is Operation.Abs or Operation.Max or Operation.Min))
        {
            first[node] = (int)kinks;
            kinks += node.Free.Variables.Aggregate(1L, (count, v) => Math.Min(count * v.Extent.Greatest, int.MaxValue));
            if (kinks > most)
            {
                return null;
            }
        }

        if (kinks == 0)
        {
            return null;
        }

        var wide = new Point(point.Name, point.Dimension + (4 * (int)kinks));
        return (new KinkTerms(point, wide, first, (int)kinks).Apply(formula), wide, (int)kinks);
    }

    protected override Real RebuildOperation(Real n, Real[] operands)
    {
        if (!first.TryGetValue(n, out var start))
        {
            return base.RebuildOperation(n, operands);
        }

        Index at = 0;
        foreach (var variable in n.Free.Variables)
        {
            at = (at * (Index)(int)variable.Extent.Greatest) + variable;
        }

        at = at + (Index)(dimension + start);
        var u = n.Operation == Operation.Abs ? operands[0] : operands[0] - operands[1];
        Real sigma = wide[at], tau = wide[at + kinks], mu = wide[at + (2 * kinks)], kappa = wide[at + (3 * kinks)];
        var size = (sigma * u) + (tau * Algebra.Apply(Operation.Sqrt, (u * u) + (mu * mu))) + kappa;
        return n.Operation switch
        {
            Operation.Abs => size,
            Operation.Max => 0.5 * (operands[0] + operands[1] + size),
            _ => 0.5 * (operands[0] + operands[1] - size),
        };
    }
}
