namespace LandscapeGpu.Compilation;

/// <summary>Drops what no result depends on: values, the sums they were added to, and loops that are left empty.</summary>
/// <remarks>A loop is planned for every node a member mentions, also where an earlier loop has made all that is needed of it.</remarks>
internal static class DeadWork
{
    public static void Drop(Program program)
    {
        var (values, sums) = Needed(program);
        Drop(program.Body, values, sums);
    }

    private static (HashSet<Value> Values, HashSet<Accumulator> Sums) Needed(Program program)
    {
        var effects = program.Blocks().SelectMany(b => b.Statements).OfType<Effect>().ToList();
        var additions = effects.OfType<AddUp>().ToLookup(a => a.Accumulator);
        var (values, sums) = (new HashSet<Value>(), new HashSet<Accumulator>());
        var pending = new Stack<Value>(effects.Where(e => e is not AddUp).SelectMany(UseCounts.Read));
        while (pending.TryPop(out var value))
        {
            if (!values.Add(value))
            {
                continue;
            }

            foreach (var operand in value.Operands)
            {
                pending.Push(operand);
            }

            if (value.Accumulator is { } sum && sums.Add(sum))
            {
                foreach (var read in additions[sum].SelectMany(UseCounts.Read))
                {
                    pending.Push(read);
                }
            }
        }

        return (values, sums);
    }

    private static void Drop(Block block, HashSet<Value> values, HashSet<Accumulator> sums)
    {
        foreach (var loop in block.Statements.OfType<Loop>())
        {
            Drop(loop.Body, values, sums);
        }

        block.Statements.RemoveAll(s => s switch
        {
            Let let => !values.Contains(let.Value),
            AddUp add => !sums.Contains(add.Accumulator),
            Loop loop => loop.Body.Statements.Count == 0,
            _ => false,
        });
    }
}
