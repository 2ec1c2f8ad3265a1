namespace LandscapeGpu.Expressions;

/// <summary>Sums over i = s·k + o as sums over s and o: a loss that adds up all numbers of an output vector then has a loop over samples and one over outputs.</summary>
/// <remarks>Of sums outside of all loops. Terms are the same, in the same order; loops that count samples are what products of matrices are seen from.</remarks>
internal sealed class SplitSums : Rewriting
{
    private SplitSums()
    {
    }

    /// <summary>The value, with such sums in two loops.</summary>
    public static Real In(Real value) =>
        Traversal.From(value).OfType<Real>().Any(n => n is { Operation: Operation.Sum, Free.IsEmpty: true } && SplitLoop.Of(n) is not null) ? new SplitSums().Apply(value) : value;

    protected override bool Concerns(Real node) => node.Free.IsEmpty;

    protected override bool Concerns(Vector vector) => false;

    protected override Real RebuildSum(Real sum) => SplitLoop.Of(sum) ?? sum;
}
