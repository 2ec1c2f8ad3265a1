namespace LandscapeGpu.Compilation;

/// <summary>Adds a square where a condition holds, in place of the square of what is zero elsewhere: (c ? 0 : g)² + s becomes c ? s : g² + s.</summary>
/// <remarks>
/// For a GPU that is one predicated multiply-add instead of a choice and a multiply-add. s + 0² is s to the bit, but where s is −0; a sum of squares never is.
/// Vectors of lanes would wait for the choice after each addition.
/// </remarks>
internal static class MaskedSquares
{
    public static void Apply(Program program)
    {
        foreach (var block in program.Blocks())
        {
            for (var k = 0; k < block.Statements.Count; k++)
            {
                if (block.Statements[k] is Let { Value: var sum } && Masked(sum, block) is { } masked)
                {
                    Rewrite(sum, masked);
                    // What was chosen before is the sum that is made now: where it stands both are known.
                    var at = block.Statements.FindIndex(s => s is Let l && ReferenceEquals(l.Value, masked));
                    var moved = block.Statements[at];
                    block.Statements.RemoveAt(at);
                    block.Statements.Insert(k - 1, moved);
                }
            }
        }
    }

    private static Value? Masked(Value sum, Block block) =>
        sum is { Instruction: Instruction.MultiplyAdd, A: { Instruction: Instruction.Select, Uses: 2, B: { Instruction: Instruction.Constant, Number: 0 } } masked, C: { } before }
        && ReferenceEquals(sum.A, sum.B) && ReferenceEquals(masked.Home, block) && ReferenceEquals(sum.Home, block) && IsNoNegative(before)
            ? masked
            : null;

    private static void Rewrite(Value sum, Value masked)
    {
        var (mask, g, before) = (masked.A!, masked.C!, sum.C!);
        masked.B!.Uses--;
        g.Uses++;
        before.Uses++;
        masked.Uses = 1;
        (masked.Instruction, masked.A, masked.B, masked.C) = (Instruction.MultiplyAdd, g, g, before);
        (sum.Instruction, sum.A, sum.B, sum.C) = (Instruction.Select, mask, before, masked);
    }

    /// <summary>Whether a value is a sum of squares, which is never below 0 nor −0.</summary>
    private static bool IsNoNegative(Value value) => value.Instruction switch
    {
        Instruction.Multiply => ReferenceEquals(value.A, value.B),
        Instruction.MultiplyAdd => ReferenceEquals(value.A, value.B) && IsNoNegative(value.C!),
        Instruction.Select => IsNoNegative(value.B!) && IsNoNegative(value.C!),
        _ => false,
    };
}
