using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Emits the computation of values, and keeps them in locals until nothing needs them any more.</summary>
internal sealed class ValueEmitter(Program program, Layout layout, ILGenerator il, AddressEmitter addresses)
{
    private readonly Target target = layout.Target;
    private readonly LocalPool pool = new(il);
    private readonly Dictionary<Value, LocalBuilder[]> locals = [];
    private readonly Dictionary<Accumulator, LocalBuilder[]> sums = [];

    /// <summary>How many iterations run together.</summary>
    public int Copies { get; set; } = 1;

    public Dependence Dependence { get; } = new();

    /// <summary>What is done at indices that differ between restarts.</summary>
    public RestartEmitter Restarts { get; } = new(program, layout, addresses, il);

    /// <summary>Computes a value for one iteration and one vector, unless it is the same as for an earlier one.</summary>
    public void Emit(Value value, int r, int w)
    {
        if (value.Instruction == Instruction.Accumulated)
        {
            locals[value] = sums[value.Accumulator!];
            return;
        }

        var width = value.Varies ? layout.Width : 1;
        if (!locals.TryGetValue(value, out var own))
        {
            locals.Add(value, own = new LocalBuilder[(Dependence.Of(value) ? Copies : 1) * width]);
        }

        var at = Slot(value, own, r, w);
        if (own[at] is null)
        {
            Compute(value, r, w);
            own[at] = pool.Take(value.Instruction is >= Instruction.Less ? target.MaskType : target.ValueType);
            il.Emit(OpCodes.Stloc, own[at]);
        }
    }

    /// <summary>Pushes a value, of iteration r and vector w.</summary>
    public void Push(Value value, int r, int w)
    {
        if (value.Instruction == Instruction.Constant)
        {
            target.EmitConstant(il, value.Number);
            return;
        }

        var own = locals[value];
        il.Emit(OpCodes.Ldloc, own[Slot(value, own, r, w)]);
    }

    /// <summary>Pushes what an effect does something with: the value, or the product.</summary>
    public void Push(Effect effect, int r, int w)
    {
        if (effect.Factor is { } factor)
        {
            target.Emit(il, Instruction.Multiply, k => Push(k == 0 ? effect.Value : factor, r, w));
        }
        else
        {
            Push(effect.Value, r, w);
        }
    }

    /// <summary>Pushes sum ± value or sum ± value·factor.</summary>
    public void Combine(Effect effect, int r, int w, Action pushSum)
    {
        if (effect.Factor is { } factor)
        {
            var instruction = effect.Negated ? Instruction.NegativeMultiplyAdd : Instruction.MultiplyAdd;
            target.Emit(il, instruction, k =>
            {
                if (k == 2)
                {
                    pushSum();
                }
                else
                {
                    Push(k == 0 ? effect.Value : factor, r, w);
                }
            });
            return;
        }

        target.Emit(il, effect.Negated ? Instruction.Subtract : Instruction.Add, k =>
        {
            if (k == 0)
            {
                pushSum();
            }
            else
            {
                Push(effect.Value, r, w);
            }
        });
    }

    /// <summary>A local for each vector.</summary>
    public LocalBuilder[] Take() => [.. Enumerable.Range(0, layout.Width).Select(_ => pool.Take(target.ValueType))];

    public void Return(LocalBuilder[] own)
    {
        foreach (var local in own)
        {
            pool.Return(local);
        }
    }

    /// <summary>Starts so many partial sums at zero.</summary>
    public void Begin(Accumulator accumulator, int count) =>
        sums[accumulator] = [.. Enumerable.Range(0, count * layout.Width).Select(_ => Zero())];

    /// <summary>Adds into the partial sum of an iteration that has its own, or into the one of all.</summary>
    public void AddUp(AddUp s, int r, int w)
    {
        var own = sums[s.Accumulator];
        var local = own[((own.Length > layout.Width ? r : 0) * layout.Width) + w];
        Combine(s, r, w, () => il.Emit(OpCodes.Ldloc, local));
        il.Emit(OpCodes.Stloc, local);
    }

    /// <summary>Adds the partial sums of iterations that ran together, in pairs.</summary>
    public void Fold(Accumulator accumulator, int count)
    {
        var partial = sums[accumulator];
        for (var stride = 1; stride < count; stride *= 2)
        {
            for (var r = 0; r + stride < count; r += 2 * stride)
            {
                for (var w = 0; w < layout.Width; w++)
                {
                    var to = partial[(r * layout.Width) + w];
                    var from = partial[((r + stride) * layout.Width) + w];
                    target.Emit(il, Instruction.Add, k => il.Emit(OpCodes.Ldloc, k == 0 ? to : from));
                    il.Emit(OpCodes.Stloc, to);
                }
            }
        }

        foreach (var spent in partial.Skip(layout.Width))
        {
            pool.Return(spent);
        }

        sums[accumulator] = partial[..layout.Width];
    }

    /// <summary>Gives back the locals of a value that iterations up to r and vectors up to w no longer need; of one that is the same for later ones, only with the last.</summary>
    public void Release(Value value, int r, int w)
    {
        if (!locals.TryGetValue(value, out var own))
        {
            return;
        }

        var isLast = r == Copies - 1 && w == layout.Width - 1;
        var (perIteration, perVector) = (own.Length > (value.Varies ? layout.Width : 1), value.Varies);
        if ((perIteration || r == Copies - 1) && (perVector || w == layout.Width - 1) && own[Slot(value, own, r, w)] is { } spent)
        {
            pool.Return(spent);
        }

        if (isLast)
        {
            locals.Remove(value);
        }
    }

    private int Slot(Value value, LocalBuilder[] own, int r, int w)
    {
        var width = value.Varies ? layout.Width : 1;
        return ((own.Length > width ? r : 0) * width) + (value.Varies ? w : 0);
    }

    private LocalBuilder Zero()
    {
        var local = pool.Take(target.ValueType);
        target.EmitConstant(il, 0);
        il.Emit(OpCodes.Stloc, local);
        return local;
    }

    private void Compute(Value value, int r, int w)
    {
        switch (value.Instruction)
        {
            case Instruction.Load when value.Index!.VariesByRestart:
                Restarts.Load(value.Array!, value.Index, r, w);
                break;
            case Instruction.FromIndex when value.Index!.VariesByRestart:
                Restarts.Number(value.Index, r, w);
                break;
            case Instruction.IndexLess or Instruction.IndexEqual when value.Index!.VariesByRestart || value.Index2!.VariesByRestart:
                Restarts.Compare(value, r, w);
                break;
            case Instruction.Parameter:
                addresses.PushParameter(program.Parameters.IndexOf(value.Parameter!));
                il.Emit(target.IsDouble ? OpCodes.Ldind_R8 : OpCodes.Ldind_R4);
                target.EmitBroadcast(il);
                break;
            case Instruction.Load when value.Array!.Memory == Memory.Data:
                addresses.Push(value.Array, value.Index!, r, 0);
                il.Emit(target.IsDouble ? OpCodes.Ldind_R8 : OpCodes.Ldind_R4);
                target.EmitBroadcast(il);
                break;
            case Instruction.Load:
                addresses.Push(value.Array!, value.Index!, r, w);
                il.Emit(OpCodes.Ldobj, target.ValueType);
                break;
            case Instruction.FromIndex:
                addresses.PushIndex(value.Index!, r);
                il.Emit(target.IsDouble ? OpCodes.Conv_R8 : OpCodes.Conv_R4);
                target.EmitBroadcast(il);
                break;
            case Instruction.IndexLess or Instruction.IndexEqual:
                addresses.PushIndex(value.Index!, r);
                addresses.PushIndex(value.Index2!, r);
                il.Emit(value.Instruction == Instruction.IndexLess ? OpCodes.Clt : OpCodes.Ceq);
                target.EmitMask(il);
                break;
            default:
                target.Emit(il, value.Instruction, k => Push(k == 0 ? value.A! : k == 1 ? value.B! : value.C!, r, w));
                break;
        }
    }
}
