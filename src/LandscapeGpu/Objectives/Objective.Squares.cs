namespace LandscapeGpu.Objectives;

// Whether it is a sum of squares, as of a fit.
public sealed partial record Objective
{
    /// <summary>How many squares the formula is a positive multiple of the sum of; null where it is none.</summary>
    internal long? SquaredTerms => Squares(formula);

    private static long? Squares(Real node) => node.Operation switch
    {
        // A factor is outside the sum, or inside.
        Operation.Multiply when node.A.Operation == Operation.Constant && node.A.Value > 0 => Squares(node.B),
        Operation.Multiply when node.B.Operation == Operation.Constant && node.B.Value > 0 => Squares(node.A),
        Operation.Multiply => ReferenceEquals(node.A, node.B) ? 1 : null,
        Operation.WholePower => node.Exponent == 2 ? 1 : null,
        Operation.Sum when Squares(node.A) is { } inner => inner * node.Index.Count,
        // Only of one factor: squares of different weights are no sum of squares of one variance.
        Operation.Add when IsPlain(node) && Squares(node.A) is { } a && Squares(node.B) is { } b => a + b,
        _ => null,
    };

    private static bool IsPlain(Real node) => node.Operation switch
    {
        Operation.Add => IsPlain(node.A) && IsPlain(node.B),
        Operation.Multiply => ReferenceEquals(node.A, node.B),
        Operation.WholePower => true,
        Operation.Sum => IsPlain(node.A),
        _ => false,
    };
}
