using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Emits the computation of values.</summary>
internal sealed class ValueEmitter
{
    private readonly Program program;
    private readonly Layout layout;
    private readonly ILGenerator il;
    private readonly AddressEmitter addresses;
    private readonly Target target;
    private readonly LocalPool pool;
    private readonly Dictionary<Accumulator, LocalBuilder[]> sums = [];
    private readonly HashSet<Value> turned;

    public ValueEmitter(Program program, Layout layout, ILGenerator il, AddressEmitter addresses)
    {
        (this.program, this.layout, this.il, this.addresses, target) = (program, layout, il, addresses, layout.Target);
        pool = new(il);
        // With vectors of 512 bits masks have registers and instructions of their own.
        turned = layout.Constants is null ? [] : TurnedMasks.Of(program);
        Places = new(layout, il, addresses, pool);
        Constants = new(layout, il, addresses, pool, Places);
        Restarts = new(program, layout, addresses, il);
    }

    /// <summary>Where values are that have been computed.</summary>
    public ValuePlaces Places { get; }

    /// <summary>What the present step reads for the last time, each value in an iteration.</summary>
    public HashSet<(Value Value, int Iteration)> LastRead { get; } = [];

    /// <summary>Where constants are read from.</summary>
    public ConstantPlaces Constants { get; }

    /// <summary>What is done at indices that differ between restarts.</summary>
    public RestartEmitter Restarts { get; }

    /// <summary>Computes a value for one iteration and one vector, or reads it, and keeps it.</summary>
    public void Emit(Value value, int r, int w)
    {
        if (value.Instruction == Instruction.Accumulated)
        {
            Places.Alias(value, sums[value.Accumulator!]);
        }
        else if (value.Varies || w == Places.Vectors.From)
        {
            Bring(value, r, w);
        }
    }

    /// <summary>Computes a value, or reads it from where it waits, and keeps it.</summary>
    public void Bring(Value value, int r, int w)
    {
        Push(value, r, w);
        if (!Overwritten(value, r).Any(operand => Places.TryPass(operand, value, r, w)))
        {
            Places.Keep(value, r, w);
        }
    }

    /// <summary>Pushes a value, of iteration r and vector w: from its place, or computed.</summary>
    public void Push(Value value, int r, int w)
    {
        if (value.Instruction == Instruction.Constant)
        {
            Constants.Push(value);
        }
        else if (!Places.TryPush(value, r, w))
        {
            Compute(value, r, w);
        }
    }

    /// <summary>How many registers hold partial sums.</summary>
    public int RegistersOf(Accumulator accumulator) => sums[accumulator].Length / layout.Width * Places.Width;

    /// <summary>Zero needs no memory.</summary>
    public static bool IsZero(double number) => BitConverter.DoubleToInt64Bits(number) == 0;

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
    public void Begin(Accumulator accumulator, int count)
    {
        var own = new LocalBuilder[count * layout.Width];
        if (Places.Vectors.From > 0)
        {
            // Of vectors that went before.
            sums[accumulator].CopyTo(own, 0);
        }

        for (var r = 0; r < count; r++)
        {
            for (var w = Places.Vectors.From; w < Places.Vectors.To; w++)
            {
                own[(r * layout.Width) + w] = Zero();
            }
        }

        sums[accumulator] = own;
    }

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
                for (var w = Places.Vectors.From; w < Places.Vectors.To; w++)
                {
                    var to = partial[(r * layout.Width) + w];
                    var from = partial[((r + stride) * layout.Width) + w];
                    target.Emit(il, Instruction.Add, k => il.Emit(OpCodes.Ldloc, k == 0 ? to : from));
                    il.Emit(OpCodes.Stloc, to);
                }
            }
        }

        foreach (var spent in partial.Skip(layout.Width).OfType<LocalBuilder>())
        {
            pool.Return(spent);
        }

        sums[accumulator] = partial[..layout.Width];
    }

    /// <summary>
    /// The operands that a multiply-add may put its result in place of: nothing needs them any more. The machine's has no place of its own for it, and the
    /// JIT compiler sees that no copy is needed where result and operand are one local.
    /// </summary>
    private IEnumerable<Value> Overwritten(Value value, int r) => value.Instruction is Instruction.MultiplyAdd or Instruction.MultiplySubtract or Instruction.NegativeMultiplyAdd
        ? value.Operands.Reverse().Where(operand => operand.Varies == value.Varies && LastRead.Contains((operand, r)))
        : [];

    private bool IsZero(Value value) => target is LaneTarget && value.Instruction == Instruction.Constant && IsZero(value.Number);

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
                if (layout.Constants is not null)
                {
                    // Where it is read, as constants are: not in a register from one run to the next.
                    il.Emit(OpCodes.Volatile);
                }

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
                if (layout.Target.Registers < int.MaxValue)
                {
                    // As often as it is written: the compiler must not keep it in a register meanwhile.
                    il.Emit(OpCodes.Volatile);
                }

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
            case Instruction.Select when IsZero(value.C!):
                target.Emit(il, Instruction.And, k => Push(k == 0 ? value.A! : value.B!, r, w));
                break;
            case Instruction.Select when turned.Contains(value.A!):
                target.Emit(il, Instruction.And, k => Push(k == 0 ? value.A! : value.C!, r, w));
                break;
            case Instruction.Select when IsZero(value.B!):
                target.Emit(il, Instruction.AndNot, k => Push(k == 0 ? value.C! : value.A!, r, w));
                break;
            case Instruction.Less or Instruction.LessOrEqual or Instruction.Equal when turned.Contains(value):
                target.Emit(il, Instruction.Not, _ => target.Emit(il, value.Instruction, k => Push(k == 0 ? value.A! : value.B!, r, w)));
                break;
            case Instruction.MultiplyAdd or Instruction.MultiplySubtract or Instruction.NegativeMultiplyAdd when !Places.IsKept(value.B!, r) && Places.IsKept(value.A!, r):
                // The machine puts the result in place of one of the factors: of the one that is read for it, not of one that is needed further on.
                target.Emit(il, value.Instruction, k => Push(k == 0 ? value.B! : k == 1 ? value.A! : value.C!, r, w));
                break;
            default:
                target.Emit(il, value.Instruction, k => Push(k == 0 ? value.A! : k == 1 ? value.B! : value.C!, r, w), layout.Constants is null ? null : Constants.PushElement);
                break;
        }
    }
}
