namespace LandscapeGpu.Compilation;

/// <summary>Comparisons whose masks are kept turned round: all that is done with them is to put zero where they hold, which the opposite mask does in one operation.</summary>
/// <remarks>A processor compares either way at the same cost; turned round later, where it is used, a mask costs two operations more.</remarks>
internal static class TurnedMasks
{
    public static HashSet<Value> Of(Program program)
    {
        var (turned, others) = (new HashSet<Value>(), new HashSet<Value>());
        foreach (var statement in program.Blocks().SelectMany(b => b.Statements))
        {
            var mask = statement is Let { Value: var v } && IsZeroWhere(v) ? v.A! : null;
            foreach (var read in UseCounts.Read(statement).Where(r => r.Instruction is Instruction.Less or Instruction.LessOrEqual or Instruction.Equal))
            {
                (ReferenceEquals(read, mask) ? turned : others).Add(read);
            }
        }

        turned.ExceptWith(others);
        return turned;
    }

    private static bool IsZeroWhere(Value value) => value is { Instruction: Instruction.Select, B: { Instruction: Instruction.Constant, Number: var number } } && ValueEmitter.IsZero(number);
}
