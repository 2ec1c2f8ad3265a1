namespace LandscapeGpu.Compilation;

/// <summary>How long loops would be if they were written out.</summary>
/// <param name="kept">The loops that are not.</param>
internal sealed class LoopLengths(IReadOnlySet<Loop> kept)
{
    private readonly Dictionary<Loop, double> lengths = [];

    /// <summary>The loop that would be longest; null where none is left that may be kept.</summary>
    /// <param name="program">Whose loops are meant.</param>
    /// <param name="length">No kept loop runs over arrays of state as short as this, which are to be registers.</param>
    public Loop? Longest(Program program, int length)
    {
        Measure(program.Body);
        return lengths.OrderByDescending(l => l.Value).Select(l => l.Key).FirstOrDefault(loop => !kept.Contains(loop) && !RunsOver(loop.Body, loop.Variable, length));
    }

    private double Measure(Block block)
    {
        var sum = (double)block.Statements.Count;
        foreach (var loop in block.Statements.OfType<Loop>())
        {
            // At most: a triangle counts as a square.
            sum += lengths[loop] = Measure(loop.Body) * (kept.Contains(loop) ? 1 : loop.Variable.Extent.Greatest);
        }

        return sum;
    }

    private static bool RunsOver(Block body, Index variable, int length)
    {
        return body.Statements.Exists(s => s switch
        {
            Let { Value: { Instruction: Instruction.Load } v } => Moves(v.Array!, v.Index!),
            Store store => Moves(store.Array, store.Index),
            Accumulate sum => Moves(sum.Array, sum.Index),
            Loop loop => RunsOver(loop.Body, variable, length),
            _ => false,
        });

        bool Moves(ProgramArray array, Index index) => array.Memory == Memory.State && array.Length <= length && index.Free.Contains(variable);
    }
}
