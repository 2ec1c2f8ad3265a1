namespace LandscapeGpu.Compilation;

/// <summary>In which order iterations that run together do the statements of a run, which has no loop in it.</summary>
internal static class RunOrder
{
    // Operations, loads apart; what a longer calculation keeps for several iterations at once no longer fits in the registers.
    private const int Short = 10;

    /// <summary>Whether each statement is done for all iterations before the next.</summary>
    /// <remarks>
    /// Long calculations are done for one iteration after the other: the processor overlaps them by itself, and intermediate
    /// results stay in registers. What is added to one array in several places is added in the same order, whatever the length.
    /// </remarks>
    public static bool IsSideBySide(List<Statement> run) =>
        run.Count(s => s is Let { Value.Instruction: not (Instruction.Load or Instruction.Constant) }) <= Short || AddsTwice([.. run.OfType<Accumulate>()]);

    /// <summary>Loads and sums with nothing between them, of arrays that each statement has for itself: the inside of a matrix product.</summary>
    public static bool IsOnlyAdded(List<Statement> run)
    {
        List<Accumulate> adds = [.. run.OfType<Accumulate>()];
        return run.All(s => s is AddUp or Accumulate { Index.VariesByRestart: false } or Let { Value.Instruction: Instruction.Load or Instruction.Constant })
            && !AddsTwice(adds) && !run.OfType<Let>().Any(l => adds.Exists(a => ReferenceEquals(a.Array, l.Value.Array)));
    }

    private static bool AddsTwice(List<Accumulate> adds) => adds.DistinctBy(a => a.Array).Count() < adds.Count;
}
