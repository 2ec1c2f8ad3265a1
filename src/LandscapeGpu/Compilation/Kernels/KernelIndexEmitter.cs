using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>
/// Emits indices as 32-bit numbers, which devices are built for: a batch is planned so that places need no more. What is more on the way to
/// one is computed in 64 bits.
/// </summary>
internal sealed class KernelIndexEmitter(Program program, ILGenerator il, MemoryMethods memory)
{
    private readonly Dictionary<Index, LocalBuilder> loops = [];
    private readonly Dictionary<Index, int> strides = [];
    private readonly LocalPool pool = new(il);

    /// <summary>Indices that are known while the program is written.</summary>
    public IndexValues Known { get; } = new();

    /// <summary>Starts a loop's index at 0.</summary>
    /// <param name="variable">The loop's index.</param>
    /// <param name="stride">How many iterations it goes on by.</param>
    public LocalBuilder Begin(Index variable, int stride)
    {
        var local = Enter(variable, stride);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stloc, local);
        return local;
    }

    /// <summary>A loop's index that begins where whoever asks lets it.</summary>
    /// <param name="variable">The loop's index.</param>
    /// <param name="stride">What it is a multiple of.</param>
    public LocalBuilder Enter(Index variable, int stride)
    {
        strides[variable] = stride;
        var local = pool.Take(typeof(int));
        loops.Add(variable, local);
        return local;
    }

    public void End(Index variable, LocalBuilder local)
    {
        loops.Remove(variable);
        pool.Return(local);
    }

    public bool IsInLoop => loops.Count > 0;

    /// <summary>The index of a loop that runs is a multiple of this at the first of the iterations that are written together.</summary>
    public int StrideOf(Index variable) => strides[variable];

    /// <summary>Whether iterations that are written one after the other read the next number each time: those of a loop that is written out, or that goes on by four.</summary>
    public bool IsSideBySide(Index index) => Known.WrittenOut.Concat(strides.Where(s => s.Value % 4 == 0 && loops.ContainsKey(s.Key)).Select(s => s.Key)).Any(v => index.Free.Contains(v) && Known.Advance(index, v) == 1);

    /// <summary>What tells the moving part of an index from others, where it depends on the turn alone; null where it depends on anything else.</summary>
    public string? KeyOf(SplitIndex split)
    {
        var parts = split.Moving.Select(m => KeyOf(m.Index) is { } key ? $"{m.Factor}*{key}" : null).ToList();
        return parts.Contains(null) ? null : string.Join('+', parts);
    }

    private string? KeyOf(Index index) => Known.Of(index) is { } number ? number.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : index.Operation switch
        {
            IndexOperation.Slot => "turn",
            IndexOperation.Loop or IndexOperation.Drawn or IndexOperation.Gather => null,
            _ => (KeyOf(index.A!), KeyOf(index.B!)) is ({ } a, { } b) ? $"({a} {index.Operation} {b})" : null,
        };

    /// <summary>Pushes the moving part of an index: of a loop's, what it is at the first of the iterations that run together.</summary>
    public void PushFirst(Index moving)
    {
        if (moving.Operation == IndexOperation.Loop && Known.Of(moving) is null)
        {
            il.Emit(OpCodes.Ldloc, loops[moving]);
        }
        else
        {
            Push(moving);
        }
    }

    /// <summary>Pushes an index as a number of 32 bits; the lowest ones of an index that needs more.</summary>
    public void Push(Index index)
    {
        if (index.IsNarrow)
        {
            PushNarrow(index);
        }
        else
        {
            PushWide(index);
            il.Emit(OpCodes.Conv_I4);
        }
    }

    /// <summary>Pushes an index that is compared, or used as a number, and another of them: all of its bits.</summary>
    public void PushExactly(Index index, bool isNarrow)
    {
        if (isNarrow)
        {
            PushNarrow(index);
        }
        else
        {
            PushWide(index);
        }
    }

    private void PushNarrow(Index index)
    {
        if (Known.Of(index) is { } number)
        {
            il.Emit(OpCodes.Ldc_I4, (int)number);
            return;
        }

        switch (index.Operation)
        {
            case IndexOperation.Loop:
                il.Emit(OpCodes.Ldloc, loops[index]);
                if (Known.ShiftOf(index) is var shift and not 0)
                {
                    il.Emit(OpCodes.Ldc_I4, shift);
                    il.Emit(OpCodes.Add);
                }

                break;
            case IndexOperation.Slot:
                il.Emit(OpCodes.Ldarg, KernelEmitter.TurnArgument);
                break;
            case IndexOperation.Drawn:
                il.Emit(OpCodes.Ldarga, KernelEmitter.MemoryArgument);
                Push(index.A!);
                il.Emit(OpCodes.Ldc_I4, StateTiles.Width);
                il.Emit(OpCodes.Mul);
                il.Emit(OpCodes.Ldarg, KernelEmitter.PlaceArgument);
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Ldc_I4, program.Batch!.Offset * StateTiles.Width);
                il.Emit(OpCodes.Call, memory.LoadState);
                il.Emit(OpCodes.Conv_I4);
                break;
            case IndexOperation.Gather:
                il.Emit(OpCodes.Ldarga, KernelEmitter.MemoryArgument);
                Push(index.A!);
                il.Emit(OpCodes.Ldc_I4, program.Indices.Single(p => ReferenceEquals(p.Values, index.Key.Data)).Array.Offset);
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Call, memory.LoadInteger);
                break;
            default:
                PushOperation(index, PushNarrow, lift => il.Emit(OpCodes.Ldc_I4, (int)lift));
                break;
        }
    }

    private void PushWide(Index index)
    {
        if (Known.Of(index) is { } number)
        {
            il.Emit(OpCodes.Ldc_I8, number);
        }
        else if (index.IsNarrow)
        {
            PushNarrow(index);
            il.Emit(OpCodes.Conv_I8);
        }
        else
        {
            PushOperation(index, PushWide, lift => il.Emit(OpCodes.Ldc_I8, lift));
        }
    }

    private void PushOperation(Index index, Action<Index> push, Action<long> constant)
    {
        var lift = index.Operation is IndexOperation.Divide or IndexOperation.Modulo ? index.Lift : 0;
        push(index.A!);
        if (lift != 0)
        {
            push(index.B!);
            constant(lift);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Add);
        }

        push(index.B!);
        il.Emit(IndexArithmetic.Of(index.Operation));
        if (lift != 0 && index.Operation == IndexOperation.Divide)
        {
            constant(lift);
            il.Emit(OpCodes.Sub);
        }
    }
}
