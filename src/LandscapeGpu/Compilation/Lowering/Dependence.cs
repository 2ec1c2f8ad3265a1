namespace LandscapeGpu.Compilation;

/// <summary>What differs between the iterations of a loop that run together.</summary>
internal sealed class Dependence
{
    private readonly Dictionary<Value, bool> known = [];
    private Loop? together;

    /// <summary>The loop whose iterations run together; null where none do.</summary>
    public Loop? Loop => together;

    /// <summary>Asks about the iterations of a loop from now on; null where none run together.</summary>
    public void Between(Loop? loop)
    {
        known.Clear();
        together = loop;
    }

    public bool Of(Value value)
    {
        if (together is null)
        {
            return false;
        }

        if (!known.TryGetValue(value, out var depends))
        {
            var variable = together.Variable;
            depends = value.Operands.Any(operand => DeepStack.Call(Of, operand))
                || (value.Index?.Free.Contains(variable) ?? false)
                || (value.Index2?.Free.Contains(variable) ?? false)
                || (value.Array?.Free.Contains(variable) ?? false)
                || (value.Instruction == Instruction.Accumulated && IsInside(value.Home, together.Body));
            known.Add(value, depends);
        }

        return depends;
    }

    /// <summary>Whether the iterations touch different elements.</summary>
    public bool Of(ProgramArray array, Index index) =>
        together is not null && (index.Free.Contains(together.Variable) || array.Free.Contains(together.Variable));

    private static bool IsInside(Block? block, Block outer)
    {
        while (block is not null && !ReferenceEquals(block, outer))
        {
            block = block.Parent;
        }

        return block is not null;
    }
}
