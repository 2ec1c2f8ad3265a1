using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Emits a section of a program as IL: <c>ulong Run(byte* state, byte* data)</c>, which answers a bit for each lane that was flagged.</summary>
/// <remarks>
/// Every value is computed for each of the group's vectors and, in loops that run iterations together, for each of
/// those iterations, one next to the other: the machine then always has independent work.
/// </remarks>
internal sealed partial class Emitter
{
    private readonly Layout layout;
    private readonly Target target;
    private readonly ILGenerator il;
    private readonly AddressEmitter addresses;
    private readonly ValueEmitter values;
    private readonly LocalBuilder flags;
    private Loop? together;

    private Emitter(Program program, Layout layout, ILGenerator il)
    {
        this.layout = layout;
        this.il = il;
        target = layout.Target;
        addresses = new AddressEmitter(program, layout, il);
        values = new ValueEmitter(program, layout, il, addresses);
        flags = il.DeclareLocal(typeof(ulong));
    }

    public static void Emit(Program program, Layout layout, ILGenerator il, (int Begin, int End) section, IReadOnlyDictionary<int, List<Value>> lastUse)
    {
        var emitter = new Emitter(program, layout, il);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_U8);
        il.Emit(OpCodes.Stloc, emitter.flags);
        emitter.addresses.Prepare(null, 1);
        emitter.Emit(program.Body, section, lastUse);
        il.Emit(OpCodes.Ldloc, emitter.flags);
        il.Emit(OpCodes.Ret);
    }

    private void Emit(Block block) => Emit(block, (0, block.Statements.Count), UseCounts.LastUses(block));

    private void Emit(Block block, (int Begin, int End) section, IReadOnlyDictionary<int, List<Value>> lastUse)
    {
        for (var k = section.Begin; k < section.End;)
        {
            if (block.Statements[k] is Loop loop)
            {
                Emit(loop);
                Release(lastUse.GetValueOrDefault(k), (0, values.Copies), (0, layout.Width));
                k++;
                continue;
            }

            var end = block.Statements.FindIndex(k, section.End - k, s => s is Loop) is var next && next < 0 ? section.End : next;
            var run = block.Statements.GetRange(k, end - k);
            if (values.Copies > 1 && RunOrder.IsOnlyAdded(run))
            {
                EmitInTurn(run, k, lastUse);
                k = end;
                continue;
            }

            var iterations = RunOrder.IsSideBySide(run) ? values.Copies : 1;
            for (var r = 0; r < values.Copies; r += iterations)
            {
                for (var at = k; at < end; at++)
                {
                    var some = (r, Math.Min(r + iterations, values.Copies));
                    Emit(block.Statements[at], some);
                    Release(lastUse.GetValueOrDefault(at), some, (0, layout.Width));
                }
            }

            k = end;
        }
    }

    /// <summary>
    /// One iteration after the other, each number loaded where it is used: sums are independent of each other already, and need the registers.
    /// What all iterations add to one element stays in a register from the first to the last.
    /// </summary>
    private void EmitInTurn(List<Statement> run, int first, IReadOnlyDictionary<int, List<Value>> lastUse)
    {
        var shared = run.OfType<Accumulate>().Where(a => !values.Dependence.Of(a.Array, a.Index)).ToDictionary(a => a, _ => values.Take());
        for (var r = 0; r < values.Copies; r++)
        {
            for (var k = 0; k < run.Count; k++)
            {
                if (run[k] is Accumulate s && shared.TryGetValue(s, out var held))
                {
                    Each((r, r + 1), (0, layout.Width), (_, w) => AddHeld(s, held[w], r, w));
                }
                else
                {
                    Emit(run[k], (r, r + 1));
                }

                Release(lastUse.GetValueOrDefault(first + k), (r, r + 1), (0, layout.Width));
            }
        }

        foreach (var held in shared.Values)
        {
            values.Return(held);
        }
    }

    private void AddHeld(Accumulate s, LocalBuilder held, int r, int w)
    {
        if (r == values.Copies - 1)
        {
            addresses.Push(s.Array, s.Index, 0, w);
        }

        values.Combine(s, r, w, () =>
        {
            if (r > 0)
            {
                il.Emit(OpCodes.Ldloc, held);
                return;
            }

            addresses.Push(s.Array, s.Index, 0, w);
            il.Emit(OpCodes.Ldobj, target.ValueType);
        });
        if (r < values.Copies - 1)
        {
            il.Emit(OpCodes.Stloc, held);
        }
        else
        {
            il.Emit(OpCodes.Stobj, target.ValueType);
        }
    }

    private void Release(List<Value>? dead, (int From, int To) iterations, (int From, int To) vectors)
    {
        foreach (var value in dead ?? [])
        {
            Each(iterations, vectors, (r, w) => values.Release(value, r, w));
        }
    }

    private void Emit(Statement statement, (int From, int To) iterations)
    {
        switch (statement)
        {
            case Let { Value.Instruction: Instruction.Constant }:
                break;
            case Let s:
                Each(iterations, (0, layout.Width), (r, w) => values.Emit(s.Value, r, w));
                break;
            case AddUp s:
                Each(iterations, (0, layout.Width), (r, w) => values.AddUp(s, r, w));
                break;
            case Store { Index.VariesByRestart: true } s:
                Each(iterations, (0, layout.Width), (r, w) =>
                {
                    values.Push(s, r, w);
                    values.Restarts.Store(s.Array, s.Index, r, w);
                });
                break;
            case Accumulate { Index.VariesByRestart: true } s:
                Each(iterations, (0, layout.Width), (r, w) =>
                {
                    values.Combine(s, r, w, () => values.Restarts.Load(s.Array, s.Index, r, w));
                    values.Restarts.Store(s.Array, s.Index, r, w);
                });
                break;
            case Store s:
                Each(iterations, (0, layout.Width), (r, w) => Emit(s, r, w));
                break;
            case Accumulate s when values.Dependence.Of(s.Array, s.Index):
                Each(iterations, (0, layout.Width), (r, w) => Emit(s, (r, r), w));
                break;
            case Accumulate s:
                Each((0, 1), (0, layout.Width), (_, w) => Emit(s, (iterations.From, iterations.To - 1), w));
                break;
            case Flag s:
                Each(iterations, (0, layout.Width), (r, w) => Emit(s, r, w));
                break;
        }
    }

    private static void Each((int From, int To) iterations, (int From, int To) vectors, Action<int, int> action)
    {
        for (var r = iterations.From; r < iterations.To; r++)
        {
            for (var w = vectors.From; w < vectors.To; w++)
            {
                action(r, w);
            }
        }
    }

    private void Emit(Store s, int r, int w)
    {
        addresses.Push(s.Array, s.Index, r, w);
        values.Push(s, r, w);
        il.Emit(OpCodes.Stobj, target.ValueType);
    }

    private void Emit(Flag s, int r, int w)
    {
        il.Emit(OpCodes.Ldloc, flags);
        values.Push(s.Value, r, w);
        target.EmitBits(il);
        il.Emit(OpCodes.Ldc_I4, w * target.Lanes);
        il.Emit(OpCodes.Shl);
        il.Emit(OpCodes.Or);
        il.Emit(OpCodes.Stloc, flags);
    }

    /// <summary>Adds into memory; what iterations that run together add to one element is added to it one after the other and written once.</summary>
    private void Emit(Accumulate s, (int First, int Last) iterations, int w)
    {
        addresses.Push(s.Array, s.Index, iterations.First, w);
        PushSum(s, iterations, w);
        il.Emit(OpCodes.Stobj, target.ValueType);
    }

    /// <summary>Pushes an element and what iterations from the first to the last add to it.</summary>
    private void PushSum(Accumulate s, (int First, int Last) iterations, int w) => values.Combine(s, iterations.Last, w, () =>
    {
        if (iterations.Last > iterations.First)
        {
            PushSum(s, iterations with { Last = iterations.Last - 1 }, w);
            return;
        }

        addresses.Push(s.Array, s.Index, iterations.First, w);
        il.Emit(OpCodes.Ldobj, target.ValueType);
    });
}
