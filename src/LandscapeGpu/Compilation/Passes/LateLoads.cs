namespace LandscapeGpu.Compilation;

/// <summary>Moves loads of data and parameters to the statement that first uses them, past loops that would have to keep them in registers meanwhile.</summary>
/// <remarks>Data do not change while a program runs, so that a load may stand anywhere.</remarks>
internal static class LateLoads
{
    public static void Apply(Program program)
    {
        foreach (var block in program.Blocks())
        {
            var waiting = new Dictionary<Value, Let>();
            var ordered = new List<Statement>(block.Statements.Count);
            foreach (var statement in block.Statements)
            {
                if (statement is Let { Value: { Instruction: Instruction.Parameter } or { Instruction: Instruction.Load, Array.Memory: Memory.Data, Index.VariesByRestart: false } } load)
                {
                    waiting.Add(load.Value, load);
                    continue;
                }

                foreach (var used in waiting.Count == 0 ? [] : UseCounts.UsedBy(statement))
                {
                    if (waiting.Remove(used, out var needed))
                    {
                        ordered.Add(needed);
                    }
                }

                ordered.Add(statement);
            }

            block.Statements.Clear();
            block.Statements.AddRange(ordered);
        }
    }
}
