namespace LandscapeGpu.Compilation;

/// <summary>Counts a program's arithmetic.</summary>
internal static class OperationCount
{
    /// <summary>Floating-point operations of one run for one restart: a multiply-add is two, what moves or compares is none.</summary>
    public static double Flops(Program program) => Flops(program.Body, 1);

    private static double Flops(Block block, double times) => block.Statements.Sum(s => s switch
    {
        Let { Value: { Varies: true } v } => times * Weight(v.Instruction),
        AddUp or Accumulate => times * (((Effect)s).Factor is null ? 1 : 2),
        Store { Factor: not null } => times,
        Loop l => Flops(l.Body, times * Iterations(l.Variable)),
        _ => 0,
    });

    /// <summary>How often a loop's body runs: that of a triangle half its greatest extent, on average.</summary>
    public static double Iterations(Index variable) => (variable.Extent.Least + variable.Extent.Greatest) / 2.0;

    private static double Weight(Instruction instruction) => instruction switch
    {
        Instruction.MultiplyAdd or Instruction.MultiplySubtract or Instruction.NegativeMultiplyAdd => 2,
        Instruction.Add or Instruction.Subtract or Instruction.Multiply or Instruction.Divide or Instruction.Sqrt => 1,
        _ => 0,
    };
}
