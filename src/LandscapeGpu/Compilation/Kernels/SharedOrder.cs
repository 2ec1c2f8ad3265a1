using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Lets the threads of a warp that carry one restart wait for each other where one may not go on before others have read or written what the warp has once.</summary>
/// <remarks>
/// Outside loops that lanes share, all threads make the same loads and stores of the same numbers, so that those of different elements need no order.
/// Threads that go apart in a loop, or that the machine lets run ahead, would else read what is not written yet, or write over what others still have to read.
/// </remarks>
internal sealed class SharedOrder(ILGenerator il, KernelCode code)
{
    private readonly Dictionary<Loop, (HashSet<ProgramArray> Read, HashSet<ProgramArray> Written, bool IsQuiet)> uses = [];
    private readonly HashSet<ProgramArray> read = [];
    private readonly Dictionary<ProgramArray, (SplitIndex First, HashSet<long> Fixed)> written = [];

    // Not by all of the threads: each has its own elements.
    private readonly HashSet<ProgramArray> writtenApart = [];
    private bool isSuspended;

    public void Read(ProgramArray array)
    {
        if (Place(array) is not { } place)
        {
            return;
        }

        if (IsWritten(place))
        {
            Settle();
        }

        read.Add(place);
    }

    /// <summary>To be asked right before an element is stored, when what is stored has been loaded.</summary>
    public void Write(ProgramArray array, SplitIndex index)
    {
        if (Place(array) is not { } place)
        {
            return;
        }

        if (read.Contains(place) || writtenApart.Contains(place)
            || (written.TryGetValue(place, out var before) && (!before.First.Moving.SequenceEqual(index.Moving) || before.Fixed.Contains(index.Fixed))))
        {
            Settle();
        }

        if (!written.TryGetValue(place, out before))
        {
            written.Add(place, before = (index, []));
        }

        before.Fixed.Add(index.Fixed);
    }

    /// <summary>A loop whose iterations come one after the other is about to begin: nothing may be under way that it knows nothing of when it goes round.</summary>
    public void EnterLoop(Loop loop)
    {
        var (reads, writes, isQuiet) = UsesOf(loop);
        if (!isQuiet || IsInTheWay(reads, writes))
        {
            Settle();
        }
    }

    /// <summary>The end of each iteration.</summary>
    public void LeaveLoop(Loop loop)
    {
        if (!UsesOf(loop).IsQuiet)
        {
            Settle();
        }
    }

    /// <summary>A loop of which each thread has its own iterations, and these their own elements.</summary>
    public void EnterLanes(Loop loop)
    {
        var (reads, writes, _) = UsesOf(loop);
        if (IsInTheWay(reads, writes))
        {
            Settle();
        }

        isSuspended = true;
    }

    public void LeaveLanes(Loop loop)
    {
        isSuspended = false;
        var (reads, writes, _) = UsesOf(loop);
        read.UnionWith(reads);
        writtenApart.UnionWith(writes);
    }

    public void Settle()
    {
        if (!isSuspended && read.Count + written.Count + writtenApart.Count > 0)
        {
            read.Clear();
            written.Clear();
            writtenApart.Clear();
            il.Emit(OpCodes.Ldarga, KernelEmitter.MemoryArgument);
            il.Emit(OpCodes.Call, code.Memory.Wait!);
        }
    }

    private bool IsWritten(ProgramArray place) => written.ContainsKey(place) || writtenApart.Contains(place);

    private bool IsInTheWay(HashSet<ProgramArray> reads, HashSet<ProgramArray> writes) => reads.Any(IsWritten) || writes.Any(w => IsWritten(w) || read.Contains(w));

    /// <summary>What a loop reads and writes of that which the warp has once; it is quiet if nothing that one of its iterations does is in the way of the next.</summary>
    private (HashSet<ProgramArray> Read, HashSet<ProgramArray> Written, bool IsQuiet) UsesOf(Loop loop)
    {
        if (uses.TryGetValue(loop, out var known))
        {
            return known;
        }

        var (reads, writes, isQuiet) = (new HashSet<ProgramArray>(), new HashSet<ProgramArray>(), code.Lanes is not null);
        Visit(loop.Body, [loop.Variable]);
        return uses[loop] = (reads, writes, isQuiet && !reads.Overlaps(writes));

        void Visit(Block block, Index[] around)
        {
            foreach (var statement in block.Statements)
            {
                switch (statement)
                {
                    case Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.State } v } when PlaceOf(v.Array!) is { } place:
                        reads.Add(place);
                        break;
                    case Store s when PlaceOf(s.Array) is { } place:
                        isQuiet &= writes.Add(place) && Array.TrueForAll(around, s.Index.Free.Contains);
                        break;
                    case Accumulate s when PlaceOf(s.Array) is { } place:
                        reads.Add(place);
                        writes.Add(place);
                        break;
                    case Loop inner:
                        Visit(inner.Body, [.. around, inner.Variable]);
                        break;
                }
            }
        }
    }

    private ProgramArray? Place(ProgramArray array) => isSuspended ? null : PlaceOf(array);

    /// <summary>What stands for the place of an array that a warp has once; null where each thread has its own.</summary>
    private ProgramArray? PlaceOf(ProgramArray array) => !code.IsByWarps || code.Residence.IsRegister(array) ? null : array.Shares ?? array;
}
