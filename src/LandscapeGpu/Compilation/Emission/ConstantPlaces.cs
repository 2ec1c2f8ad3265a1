using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Where constants are while a run is emitted: in registers that are left, or in memory, from which vectors side by side read them once.</summary>
internal sealed class ConstantPlaces(Layout layout, ILGenerator il, AddressEmitter addresses, LocalPool pool, ValuePlaces places)
{
    private readonly Target target = layout.Target;
    private readonly Dictionary<Value, LocalBuilder> kept = [];
    private (long Offset, LocalBuilder Local)? shared;

    /// <summary>Keeps a constant in a register.</summary>
    public void Keep(Value constant)
    {
        var local = pool.Take(target.ValueType);
        Push(constant);
        il.Emit(OpCodes.Stloc, local);
        kept.Add(constant, local);
    }

    /// <summary>Keeps no constants any more.</summary>
    public void Release()
    {
        foreach (var local in kept.Values)
        {
            pool.Return(local);
        }

        kept.Clear();
    }

    /// <summary>Forgets the constant that the vectors of a step have read once for all.</summary>
    public void EndStep()
    {
        if (shared is { Local: var local })
        {
            pool.Return(local);
            shared = null;
        }
    }

    /// <summary>Pushes a constant: from its register, from memory, or as code holds it.</summary>
    public void Push(Value constant)
    {
        if (kept.TryGetValue(constant, out var local))
        {
            il.Emit(OpCodes.Ldloc, local);
        }
        else if (layout.Constants is { } table && !ValueEmitter.IsZero(constant.Number))
        {
            PushFromMemory(table.Offset(constant.Number));
        }
        else
        {
            target.EmitConstant(il, constant.Number);
        }
    }

    /// <summary>Pushes the bits of an element that is the same in every lane.</summary>
    public void PushElement(long element) => PushFromMemory(layout.Constants!.Offset(element));

    private void PushFromMemory(long offset)
    {
        if (shared is { } first && first.Offset == offset)
        {
            il.Emit(OpCodes.Ldloc, first.Local);
            return;
        }

        addresses.PushConstant(offset);
        // Volatile: the compiler must not take it for the one that it has read before and keep it.
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Ldobj, target.ValueType);
        if (places.Width > 1 && shared is null)
        {
            // The next vector needs it at once, in the register that the compiler has for an operand: some processors read two vectors a cycle and no more.
            shared = (offset, pool.Take(target.ValueType));
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Stloc, shared.Value.Local);
        }
    }
}
