using System.Reflection.Emit;
using LandscapeGpu.Expressions;
using LandscapeGpu.Kernels;
using Index = LandscapeGpu.Expressions.Index;

namespace LandscapeGpu.Compilation;

/// <summary>Emits indices as 32-bit numbers: devices are built for those, and a batch is planned to need no more.</summary>
internal sealed class KernelIndexEmitter(Program program, ILGenerator il, MemoryMethods memory)
{
    private readonly Dictionary<Index, LocalBuilder> loops = [];
    private readonly LocalPool pool = new(il);

    /// <summary>Indices that are known while the program is written.</summary>
    public IndexValues Known { get; } = new();

    /// <summary>Starts a loop's index at 0.</summary>
    public LocalBuilder Begin(Index variable)
    {
        var local = pool.Take(typeof(int));
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stloc, local);
        loops.Add(variable, local);
        return local;
    }

    public void End(Index variable, LocalBuilder local)
    {
        loops.Remove(variable);
        pool.Return(local);
    }

    public bool IsInLoop => loops.Count > 0;

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

    public void Push(Index index)
    {
        if (Known.Of(index) is { } number)
        {
            il.Emit(OpCodes.Ldc_I4, number);
            return;
        }

        switch (index.Operation)
        {
            case IndexOperation.Loop:
                il.Emit(OpCodes.Ldloc, loops[index]);
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
            case IndexOperation.Divide or IndexOperation.Modulo:
                PushQuotient(index);
                break;
            default:
                Push(index.A!);
                Push(index.B!);
                il.Emit(IndexArithmetic.Of(index.Operation));
                break;
        }
    }

    private void PushQuotient(Index index)
    {
        var lift = IndexArithmetic.Lift(index);
        Push(index.A!);
        if (lift != 0)
        {
            Push(index.B!);
            il.Emit(OpCodes.Ldc_I4, lift);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Add);
        }

        Push(index.B!);
        il.Emit(IndexArithmetic.Of(index.Operation));
        if (lift != 0 && index.Operation == IndexOperation.Divide)
        {
            il.Emit(OpCodes.Ldc_I4, lift);
            il.Emit(OpCodes.Sub);
        }
    }
}
