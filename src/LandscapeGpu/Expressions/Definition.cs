using LandscapeGpu.Arithmetic;

namespace LandscapeGpu.Expressions;

/// <summary>What a formula must be to be an objective's, checked when it is defined.</summary>
internal static class Definition
{
    // About a second a step on one core; where it is more, nothing that takes steps by the thousand ends.
    private const double MostOperations = 1L << 32;

    /// <exception cref="ArgumentException">An index leaves its vector, a constant is not finite, or it takes more time or memory than there is.</exception>
    public static void Require(Real value)
    {
        IndexBounds.Require(value);
        var nodes = Traversal.From(value);
        foreach (var node in nodes.OfType<Real>())
        {
            RequireFinite(node);
        }

        var operations = Unrolling.OperationCount(value);
        if (operations > MostOperations)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"One value of the formula takes about {operations:G3} operations; at most {MostOperations:N0} are run. Shorten its sums, or give fewer samples."));
        }

        // A vector, its derivative, and as much again while one is made from the other.
        const double Copies = 4;
        MachineMemory.Require(Copies * sizeof(double) * nodes.OfType<Vector>().Where(v => v is not Data).Sum(v => (double)v.Length), "The vectors of the formula", "shorten them, or write sums that keep nothing");
    }

    private static void RequireFinite(Real node)
    {
        if (node.IsConstant ? double.IsFinite(node.Value) : node.Operation is Operation.Parameter or Operation.Element or Operation.FromIndex or Operation.Sum || !node.Operands.Any() || !node.Operands.All(o => o.IsConstant))
        {
            return;
        }

        throw new ArgumentException(node.Operation == Operation.Reciprocal && node.A.Value == 0
            ? "The expression divides by the constant 0; an objective must be defined on its whole domain (use Select to leave points out)."
            : node.IsConstant ? "A constant of the expression overflows; scale its numbers."
            : string.Create(CultureInfo.InvariantCulture, $"{node} is {Value(node)}; an objective is written with finite constants (use Select to leave points out)."));
    }

    private static double Value(Real n) => n.Operation == Operation.WholePower ? RealFunctions.Power(DoubleArithmetic.Instance, n.A.Value, n.Exponent)
        : n.Key.B is { } b ? RealFunctions.Evaluate(n.Operation, n.A.Value, b.Value)
        : RealFunctions.Evaluate(n.Operation, n.A.Value);
}
