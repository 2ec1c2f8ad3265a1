namespace LandscapeGpu.Compilation;

/// <summary>How many iterations of a kernel's loops are written side by side, so that what they share is loaded once and the loop itself costs less.</summary>
/// <remarks>Every sum is added up in the order of its terms, as if they were not: not a bit depends on it. Only where several statements add to one element their order may be another, by the program alone.</remarks>
internal sealed class TogetherLoops(Program program, Residence residence, IndexValues known)
{
    private const int MostRows = 8;
    private const int MostTurns = 4;

    // Statements of a nest that are written for several samples together: as much code as a multiprocessor keeps, and some.
    private const int MostStatementsOfNest = 960;

    // Statements that are written, and of an innermost loop that is short beside what it costs to go round.
    private const int MostStatements = 256;
    private const int ShortBody = 16;

    /// <summary>Of a loop around innermost loops, the rows of a matrix product: how many rows share what the inner loops load. 1 for any other loop.</summary>
    public int Rows(Loop loop)
    {
        var inner = loop.Body.Statements.OfType<Loop>().ToList();
        var statements = loop.Body.Statements.Count + inner.Sum(l => l.Body.Statements.Count);
        return Tiling.HasRows(loop) && !Tiling.OrderMatters(loop)
            && inner.TrueForAll(l => !residence.WritesOut(l, known.Of(l.Variable.Extent)))
            // Such an array would need a copy for each row.
            && program.State.TrueForAll(a => !a.Free.Contains(loop.Variable))
            ? Divisor(loop.Variable.Extent, Math.Min(MostRows, MostStatements / statements))
            : 1;
    }

    /// <summary>
    /// Of a loop around nests of others, such as the samples of a network's loss: how many iterations share what the nests load of state, and add to state together. 1 for any other loop.
    /// </summary>
    public int Samples(Loop loop)
    {
        var count = MostSamples(loop);
        // What each iteration makes anew needs room for all of them.
        return MadeAnew(loop).All(a => a.Copies >= count) ? count : 1;
    }

    /// <summary>Makes room for what iterations that run together make anew: before arrays are laid out.</summary>
    public void MakeRoom()
    {
        foreach (var array in program.State)
        {
            array.Copies = 1;
        }

        Visit(program.Body);

        void Visit(Block block)
        {
            foreach (var loop in block.Statements.OfType<Loop>())
            {
                var count = Rows(loop) > 1 ? 1 : MostSamples(loop);
                foreach (var array in count > 1 ? MadeAnew(loop) : [])
                {
                    array.Copies = count;
                }

                if (count == 1 && Rows(loop) == 1)
                {
                    Visit(loop.Body);
                }
            }
        }
    }

    private int MostSamples(Loop loop) => residence.IsInRegisters || !Tiling.HasBlocks(loop) || !AreApart(loop) ? 1
        : Divisor(loop.Variable.Extent, Math.Min(MostRows, MostStatementsOfNest / Blocks(loop.Body).Sum(b => b.Statements.Count)));

    private IEnumerable<ProgramArray> MadeAnew(Loop loop) => program.State.Where(a => a.Free.Contains(loop.Variable));

    /// <summary>Whether it does not matter in what order iterations of a loop run, but for the order in which they are added up: whatever one stores is its own, and what it adds to, nobody reads before the loop has ended.</summary>
    public static bool AreApart(Loop loop)
    {
        var statements = Blocks(loop.Body).SelectMany(b => b.Statements).ToList();
        var added = statements.OfType<Accumulate>().Select(a => (a.Array, a.Index)).ToList();
        var stored = statements.OfType<Store>().Select(s => (s.Array, s.Index)).ToList();
        var loaded = statements.OfType<Let>().Where(l => l.Value is { Instruction: Instruction.Load, Array.Memory: Memory.State }).Select(l => (Array: l.Value.Array!, Index: l.Value.Index!)).ToList();
        return !statements.Exists(s => s is Flag)
            && loaded.Concat(stored).All(t => IsOwn(t) || !added.Concat(stored).Any(other => IsOneArray(t, other)))
            && added.TrueForAll(t => IsOwn(t) || !loaded.Concat(stored).Any(other => IsOneArray(t, other)));

        // What is made anew, or lies at the number of the iteration.
        bool IsOwn((ProgramArray Array, Index Index) t) => t.Array.Free.Contains(loop.Variable) || ReferenceEquals(t.Index, loop.Variable);

        static bool IsOneArray((ProgramArray Array, Index Index) a, (ProgramArray Array, Index Index) b) => ReferenceEquals(a.Array.Shares ?? a.Array, b.Array.Shares ?? b.Array);
    }

    private static IEnumerable<Block> Blocks(Block block) => block.Statements.OfType<Loop>().SelectMany(l => Blocks(l.Body)).Prepend(block);

    /// <summary>Of an innermost loop: how many turns are written before it goes round. Loops inside it are written out.</summary>
    public int Turns(Loop loop) => Divisor(loop.Variable.Extent, MostTurnsOf(loop));

    /// <summary>The same where turns may be left over.</summary>
    public int MostTurnsOf(Loop loop) => Length(loop.Body) switch
    {
        null => 1,
        <= ShortBody => MostTurns,
        var length => (int)Math.Clamp(4 * MostStatements / length.Value, 1, MostTurns),
    };

    /// <summary>How many statements a body is once it is written; null where a loop stays.</summary>
    private long? Length(Block body)
    {
        var length = (long)body.Statements.Count;
        foreach (var inner in body.Statements.OfType<Loop>())
        {
            if (known.Of(inner.Variable.Extent) is not { } extent || !residence.WritesOut(inner, extent) || Length(inner.Body) is not { } one)
            {
                return null;
            }

            length += extent * one;
        }

        return length;
    }

    /// <summary>The largest number that divides an extent and is no larger than another.</summary>
    private int Divisor(Index extent, int most) => known.Of(extent) is { } n ? Enumerable.Range(1, Math.Max(1, most)).Last(t => n % t == 0) : 1;
}
