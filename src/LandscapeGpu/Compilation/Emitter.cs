using System.Reflection.Emit;
using LandscapeGpu.Expressions;
using Index = LandscapeGpu.Expressions.Index;

namespace LandscapeGpu.Compilation;

/// <summary>Emits a program as IL: <c>ulong Run(byte* state, byte* data)</c>, which answers a bit for each lane that was flagged.</summary>
/// <remarks>
/// Every value is computed for each of the group's vectors and, in loops that run iterations together, for each of
/// those iterations, one next to the other: the machine then always has independent work.
/// </remarks>
internal sealed class Emitter
{
    private readonly Program program;
    private readonly Layout layout;
    private readonly Target target;
    private readonly ILGenerator il;
    private readonly LocalPool pool;
    private readonly AddressEmitter addresses;
    private readonly RestartEmitter restarts;
    private readonly Dictionary<Value, LocalBuilder[]> locals = [];
    private readonly Dictionary<Accumulator, LocalBuilder[]> sums = [];
    private readonly Dictionary<Value, bool> dependence = [];
    private readonly LocalBuilder flags;
    private Loop? together;
    private int copies = 1;

    private Emitter(Program program, Layout layout, ILGenerator il)
    {
        this.program = program;
        this.layout = layout;
        this.il = il;
        target = layout.Target;
        pool = new LocalPool(il);
        addresses = new AddressEmitter(program, layout, il);
        restarts = new RestartEmitter(program, layout, addresses, il);
        flags = il.DeclareLocal(typeof(ulong));
    }

    public static void Emit(Program program, Layout layout, ILGenerator il)
    {
        var emitter = new Emitter(program, layout, il);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_U8);
        il.Emit(OpCodes.Stloc, emitter.flags);
        emitter.addresses.Prepare(null, 1);
        emitter.Emit(program.Body);
        il.Emit(OpCodes.Ldloc, emitter.flags);
        il.Emit(OpCodes.Ret);
    }

    private void Emit(Block block)
    {
        var lastUse = UseCounts.LastUses(block);
        for (var k = 0; k < block.Statements.Count; k++)
        {
            switch (block.Statements[k])
            {
                case Let { Value.Instruction: Instruction.Constant }:
                    break;
                case Let s:
                    Emit(s.Value);
                    break;
                case Loop s:
                    Emit(s);
                    break;
                case AddUp s:
                    AddUp(s);
                    break;
                case Store { Index.VariesByRestart: true } s:
                    Each(s, (r, w) =>
                    {
                        PushEffect(s, r, w);
                        restarts.Store(s.Array, s.Index, r, w);
                    });
                    break;
                case Accumulate { Index.VariesByRestart: true } s:
                    Each(s, (r, w) =>
                    {
                        Combine(s, r, w, () => restarts.Load(s.Array, s.Index, r, w));
                        restarts.Store(s.Array, s.Index, r, w);
                    });
                    break;
                case Store s:
                    Each(s, (r, w) =>
                    {
                        addresses.Push(s.Array, s.Index, r, w);
                        PushEffect(s, r, w);
                        il.Emit(OpCodes.Stobj, target.ValueType);
                    });
                    break;
                case Accumulate s:
                    Each(s, (r, w) =>
                    {
                        addresses.Push(s.Array, s.Index, r, w);
                        Combine(s, r, w, () =>
                        {
                            addresses.Push(s.Array, s.Index, r, w);
                            il.Emit(OpCodes.Ldobj, target.ValueType);
                        });
                        il.Emit(OpCodes.Stobj, target.ValueType);
                    });
                    break;
                case Flag s:
                    Each(s, (r, w) =>
                    {
                        il.Emit(OpCodes.Ldloc, flags);
                        Push(s.Value, r, w);
                        target.EmitBits(il);
                        il.Emit(OpCodes.Ldc_I4, w * target.Lanes);
                        il.Emit(OpCodes.Shl);
                        il.Emit(OpCodes.Or);
                        il.Emit(OpCodes.Stloc, flags);
                    });
                    break;
            }

            foreach (var dead in lastUse.GetValueOrDefault(k) ?? [])
            {
                Release(dead);
            }
        }
    }

    private void Emit(Value value)
    {
        if (value.Instruction == Instruction.Accumulated)
        {
            locals[value] = sums[value.Accumulator!];
            return;
        }

        var type = value.Instruction is >= Instruction.Less ? target.MaskType : target.ValueType;
        var count = Depends(value) ? copies : 1;
        var width = value.Varies ? layout.Width : 1;
        var own = new LocalBuilder[count * width];
        for (var r = 0; r < count; r++)
        {
            for (var w = 0; w < width; w++)
            {
                Compute(value, r, w);
                var local = pool.Take(type);
                il.Emit(OpCodes.Stloc, local);
                own[(r * width) + w] = local;
            }
        }

        locals[value] = own;
    }

    private void Compute(Value value, int r, int w)
    {
        switch (value.Instruction)
        {
            case Instruction.Load when value.Index!.VariesByRestart:
                restarts.Load(value.Array!, value.Index, r, w);
                break;
            case Instruction.FromIndex when value.Index!.VariesByRestart:
                restarts.Number(value.Index, r, w);
                break;
            case Instruction.IndexLess or Instruction.IndexEqual when value.Index!.VariesByRestart || value.Index2!.VariesByRestart:
                restarts.Compare(value, r, w);
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

    private void Push(Value value, int r, int w)
    {
        if (value.Instruction == Instruction.Constant)
        {
            target.EmitConstant(il, value.Number);
            return;
        }

        var own = locals[value];
        var width = value.Varies ? layout.Width : 1;
        il.Emit(OpCodes.Ldloc, own[((own.Length > width ? r : 0) * width) + (value.Varies ? w : 0)]);
    }

    private void PushEffect(Effect s, int r, int w)
    {
        if (s.Factor is { } factor)
        {
            target.Emit(il, Instruction.Multiply, k => Push(k == 0 ? s.Value : factor, r, w));
        }
        else
        {
            Push(s.Value, r, w);
        }
    }

    /// <summary>Pushes sum ± value or sum ± value·factor.</summary>
    private void Combine(Effect s, int r, int w, Action pushSum)
    {
        if (s.Factor is { } factor)
        {
            var instruction = s.Negated ? Instruction.NegativeMultiplyAdd : Instruction.MultiplyAdd;
            target.Emit(il, instruction, k =>
            {
                if (k == 2)
                {
                    pushSum();
                }
                else
                {
                    Push(k == 0 ? s.Value : factor, r, w);
                }
            });
            return;
        }

        target.Emit(il, s.Negated ? Instruction.Subtract : Instruction.Add, k =>
        {
            if (k == 0)
            {
                pushSum();
            }
            else
            {
                Push(s.Value, r, w);
            }
        });
    }

    private void AddUp(AddUp s)
    {
        var own = sums[s.Accumulator];
        Each(s, (r, w) =>
        {
            var local = own[((own.Length > layout.Width ? r : 0) * layout.Width) + w];
            Combine(s, r, w, () => il.Emit(OpCodes.Ldloc, local));
            il.Emit(OpCodes.Stloc, local);
        });
    }

    /// <summary>Does an effect for each iteration that runs now and each vector of the group.</summary>
    private void Each(Effect _, Action<int, int> effect)
    {
        for (var r = 0; r < copies; r++)
        {
            for (var w = 0; w < layout.Width; w++)
            {
                effect(r, w);
            }
        }
    }

    private void Emit(Loop loop)
    {
        var own = together is null && loop.Together > 1;
        var count = own ? loop.Together : copies;
        var accumulators = loop.Body.Statements.OfType<AddUp>().Select(a => a.Accumulator).ToList();
        foreach (var accumulator in accumulators)
        {
            sums[accumulator] = [.. Enumerable.Range(0, (own && !loop.SplitsSums ? 1 : count) * layout.Width).Select(_ => Zero())];
        }

        var index = addresses.Begin(loop.Variable);
        if (own)
        {
            (together, copies) = (loop, count);
            addresses.Together(loop.Variable);
            Iterate(loop, index, count);
            (together, copies) = (null, 1);
            addresses.Together(null);
            if (!(loop.Variable.Extent.IsConstant && loop.Variable.Extent.Value % count == 0))
            {
                Iterate(loop, index, 1);
            }

            foreach (var accumulator in loop.SplitsSums ? accumulators : [])
            {
                sums[accumulator] = Fold(sums[accumulator], count);
            }
        }
        else
        {
            Iterate(loop, index, 1);
        }

        addresses.End(loop.Variable, index);
    }

    /// <summary>Runs the body while at least <paramref name="step"/> iterations are left.</summary>
    private void Iterate(Loop loop, LocalBuilder index, int step)
    {
        dependence.Clear();
        var body = il.DefineLabel();
        var test = il.DefineLabel();
        var certain = loop.Variable.Extent.IsConstant && loop.Variable.Extent.Value >= step && loop.Together == step;
        if (!certain)
        {
            il.Emit(OpCodes.Br, test);
        }

        il.MarkLabel(body);
        addresses.Prepare(loop.Variable, copies);
        Emit(loop.Body);
        il.Emit(OpCodes.Ldloc, index);
        il.Emit(OpCodes.Ldc_I4, step);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, index);
        il.MarkLabel(test);
        il.Emit(OpCodes.Ldloc, index);
        addresses.PushIndex(loop.Variable.Extent + (1 - step), 0);
        il.Emit(OpCodes.Blt, body);
    }

    private LocalBuilder Zero()
    {
        var local = pool.Take(target.ValueType);
        target.EmitConstant(il, 0);
        il.Emit(OpCodes.Stloc, local);
        return local;
    }

    /// <summary>Adds the partial sums of iterations that ran together, in pairs.</summary>
    private LocalBuilder[] Fold(LocalBuilder[] partial, int count)
    {
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

        return partial[..layout.Width];
    }

    /// <summary>Whether a value differs between the iterations that run together.</summary>
    private bool Depends(Value value)
    {
        if (together is null)
        {
            return false;
        }

        if (!dependence.TryGetValue(value, out var depends))
        {
            var variable = together.Variable;
            depends = value.Operands.Any(Depends)
                || (value.Index?.Free.Contains(variable) ?? false)
                || (value.Index2?.Free.Contains(variable) ?? false)
                || (value.Array?.Free.Contains(variable) ?? false)
                || (value.Instruction == Instruction.Accumulated && IsInside(value.Home, together.Body));
            dependence.Add(value, depends);
        }

        return depends;
    }

    private static bool IsInside(Block? block, Block outer)
    {
        while (block is not null && !ReferenceEquals(block, outer))
        {
            block = block.Parent;
        }

        return block is not null;
    }

    private void Release(Value value)
    {
        if (locals.Remove(value, out var own))
        {
            foreach (var local in own)
            {
                pool.Return(local);
            }
        }
    }
}
