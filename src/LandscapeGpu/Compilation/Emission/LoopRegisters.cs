namespace LandscapeGpu.Compilation;

/// <summary>Which values from around a loop stay in registers while it runs: those that it uses most, as far as it leaves room.</summary>
internal sealed class LoopRegisters(ValuePlaces places, Layout layout)
{
    private readonly int room = RunRegisters.Room(layout.Target);

    /// <param name="outer">The block that the loop is in.</param>
    /// <param name="loop">The loop, before it begins.</param>
    /// <param name="copies">How many iterations run together in it.</param>
    public void MakeRoom(Block outer, Loop loop, int copies)
    {
        if (room == int.MaxValue)
        {
            return;
        }

        var left = room - Need(loop.Body, copies);
        foreach (var value in places.Kept(outer).OrderByDescending(v => Uses(v, loop)))
        {
            for (var r = 0; r < places.Iterations(value); r++)
            {
                left -= places.Cost(value);
                if (left < 0 && places.IsKept(value, r))
                {
                    places.Evict(value, r, isReadAgain: false);
                }
            }
        }
    }

    /// <summary>How often a value is used while a loop runs.</summary>
    private static double Uses(Value value, Loop loop) => OperationCount.Iterations(loop.Variable)
        * loop.Body.Statements.Sum(s => s is Loop inner ? Uses(value, inner) : UseCounts.Read(s).Contains(value) ? 1 : 0);

    /// <summary>About how many registers a body takes: its sums, what its own loops need of it, and the operands of a step or two.</summary>
    private int Need(Block body, int copies)
    {
        var loops = body.Statements.OfType<Loop>().ToList();
        var sums = body.Statements.OfType<AddUp>().Count() * copies * places.Width;
        var isProduct = body.Statements.All(s => s is not Let { Value.Instruction: not (Instruction.Load or Instruction.Constant) });
        var work = isProduct ? places.Width + 1 : (3 * places.Width) + 1;
        var added = copies > 1 ? body.Statements.OfType<Accumulate>().Count() * places.Width : 0;
        var crossing = loops.SelectMany(l => UseCounts.UsedBy(l)).Where(v => ReferenceEquals(v.Home, body)).Distinct()
            .Sum(v => places.Cost(v) * (places.Dependence.Of(v) ? copies : 1));
        return sums + Math.Max(work + added, crossing + loops.Select(l => Need(l.Body, copies)).DefaultIfEmpty(0).Max());
    }
}
