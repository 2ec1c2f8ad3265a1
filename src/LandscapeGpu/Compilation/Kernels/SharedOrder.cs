using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Lets the threads of a warp that carry one restart wait for each other where one may not go on before others have read or written what they share.</summary>
/// <remarks>
/// All threads make the same loads and stores of the same numbers, so that those of different elements need no order. Threads that go apart
/// in a loop over samples, or that the machine lets run ahead, would else read what is not written yet, or write over what others still have to read.
/// </remarks>
internal sealed class SharedOrder(ILGenerator il, KernelCode code)
{
    private readonly HashSet<ProgramArray> read = [];
    private readonly Dictionary<ProgramArray, (SplitIndex First, HashSet<long> Fixed)> written = [];

    public void Read(ProgramArray array)
    {
        if (Place(array) is not { } place)
        {
            return;
        }

        if (written.ContainsKey(place))
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

        if (read.Contains(place) || (written.TryGetValue(place, out var before) && (!before.First.Moving.SequenceEqual(index.Moving) || before.Fixed.Contains(index.Fixed))))
        {
            Settle();
        }

        if (!written.TryGetValue(place, out before))
        {
            written.Add(place, before = (index, []));
        }

        before.Fixed.Add(index.Fixed);
    }

    public void Settle()
    {
        if (read.Count + written.Count > 0)
        {
            read.Clear();
            written.Clear();
            il.Emit(OpCodes.Ldarga, KernelEmitter.MemoryArgument);
            il.Emit(OpCodes.Call, code.Memory.Wait!);
        }
    }

    /// <summary>What stands for the place of an array that a warp has once; null where each thread has its own.</summary>
    private ProgramArray? Place(ProgramArray array) => code.SumsAt is null || code.Residence.SharedAt(array) is null ? null : array.Shares ?? array;
}
