namespace LandscapeGpu.Compilation;

/// <summary>Which values are known only when a kernel runs; the others may be constants by the time that a device's compiler is done with it.</summary>
/// <param name="program">Whose values are meant.</param>
/// <param name="kept">Arrays that hold something when it begins.</param>
internal sealed class MovingValues(Program program, IReadOnlyCollection<ProgramArray> kept)
{
    private readonly ILookup<object, Effect> stored = program.Blocks().SelectMany(b => b.Statements).OfType<Effect>().Where(e => e is not Flag).ToLookup(e => e switch
    {
        Store store => (object)store.Array,
        Accumulate sum => sum.Array,
        var sum => ((AddUp)sum).Accumulator,
    });

    private readonly Dictionary<object, bool> known = [];

    public bool Contains(Value value) => value.Instruction switch
    {
        Instruction.Constant or Instruction.FromIndex or Instruction.IndexLess or Instruction.IndexEqual => false,
        Instruction.Parameter => true,
        Instruction.Load => value.Array!.Memory == Memory.State && OfSource(value.Array),
        Instruction.Accumulated => OfSource(value.Accumulator!),
        _ => Once(value, () => value.Operands.Any(operand => DeepStack.Call(Contains, operand))),
    };

    /// <summary>What nothing is stored to came from outside.</summary>
    private bool OfSource(object source) => Once(source, () => !stored.Contains(source) || stored[source].Any(e => DeepStack.Call(Contains, e.Value) || (e.Factor is { } factor && DeepStack.Call(Contains, factor))));

    private bool Once(object of, Func<bool> moves)
    {
        if (!known.TryGetValue(of, out var answer))
        {
            // What reads itself moves if it did before, or if anything else in it does.
            known[of] = of is ProgramArray array && kept.Contains(array);
            known[of] = answer = moves();
        }

        return answer;
    }
}
