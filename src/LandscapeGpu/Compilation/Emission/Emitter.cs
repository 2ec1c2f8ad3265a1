using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>
/// Emits a section of a program as IL: <c>ulong Run(byte* state, byte* data, long most)</c>, after an argument that is not used, which a delegate
/// is bound to. It answers a bit for each lane that was flagged.
/// </summary>
/// <remarks>
/// A program that is one section runs again until a lane is flagged, at most as many times as it is told: between short steps a call costs as much as a
/// tenth of them.
/// Every value is computed for each of the group's vectors and, in loops that run iterations together, for each of
/// those iterations, one next to the other: the machine then always has independent work.
/// </remarks>
internal sealed partial class Emitter(Layout layout, ILGenerator il, AddressEmitter addresses, ValueEmitter values)
{
    private const int ChainsInStep = 6;

    private readonly Target target = layout.Target;
    private readonly LoopRegisters loopRegisters = new(values.Places, layout);
    private readonly LocalBuilder flags = il.DeclareLocal(typeof(ulong));
    private Loop? together;

    public static void Emit(Program program, Layout layout, ILGenerator il, (int Begin, int End) section, IReadOnlyDictionary<int, List<Value>> lastUse)
    {
        var addresses = new AddressEmitter(program, layout, il);
        var emitter = new Emitter(layout, il, addresses, new(program, layout, il, addresses));
        var again = il.DefineLabel();
        il.MarkLabel(again);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_U8);
        il.Emit(OpCodes.Stloc, emitter.flags);
        addresses.Prepare(null, 1);
        emitter.Emit(program.Body, section, lastUse);
        if (program.SectionEnds is null && program.Body.Statements.Exists(s => s is Flag))
        {
            emitter.Repeat(again, program.Turns);
        }

        il.Emit(OpCodes.Ldloc, emitter.flags);
        il.Emit(OpCodes.Ret);
    }

    /// <summary>Goes back if no lane is flagged and there are runs left.</summary>
    private void Repeat(Label again, int turns)
    {
        var end = il.DefineLabel();
        il.Emit(OpCodes.Ldloc, flags);
        il.Emit(OpCodes.Brtrue, end);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Starg_S, (byte)3);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Ble, end);
        if (turns > 1)
        {
            addresses.NextTurn(turns);
        }

        il.Emit(OpCodes.Br, again);
        il.MarkLabel(end);
    }

    private void Emit(Block block) => Emit(block, (0, block.Statements.Count), UseCounts.LastUses(block));

    private void Emit(Block block, (int Begin, int End) section, IReadOnlyDictionary<int, List<Value>> lastUse)
    {
        for (var k = section.Begin; k < section.End;)
        {
            if (block.Statements[k] is Loop loop)
            {
                loopRegisters.MakeRoom(block, loop, together is null ? loop.Together : values.Places.Copies);
                Emit(loop);
                Release(lastUse.GetValueOrDefault(k) ?? []);
                k++;
                continue;
            }

            var end = block.Statements.FindIndex(k, section.End - k, s => s is Loop) is var next && next < 0 ? section.End : next;
            EmitRun(block, block.Statements.GetRange(k, end - k), [.. Enumerable.Range(k, end - k).SelectMany(at => lastUse.GetValueOrDefault(at) ?? [])]);
            k = end;
        }
    }

    /// <summary>Statements without a loop among them, in the order and with the registers that are best for them.</summary>
    private void EmitRun(Block block, List<Statement> run, HashSet<Value> dying)
    {
        var steps = RunSchedule.Of(run, values.Places, dying, IterationsInStep());
        var held = values.Places.Copies == 1 ? [] : run.OfType<Accumulate>().Where(a => IsAddedInTurn(a, run)).ToDictionary(a => a, _ => values.Take());
        var registers = new RunRegisters(block, values, steps, layout, held.Count);
        for (var at = 0; at < steps.Count; at++)
        {
            if (registers.Before(at))
            {
                Emit(steps[at], held);
                values.Constants.EndStep();
            }

            registers.After(at);
        }

        Release(dying);
        values.Constants.Release();
        foreach (var own in held.Values)
        {
            values.Return(own);
        }
    }

    /// <summary>
    /// How many iterations go in step: as many as make six vectors, which hide what an operation waits for the one before, if these have registers for a
    /// polynomial's argument and value and one more beside a sum for each of all iterations that run together.
    /// </summary>
    /// <remarks>
    /// Cycles of a step of the 6×6 ReLU network, 256-bit vectors, AMD Zen 5: 3,260 one after the other and 2,900 in step with 32 registers; 3,080 and 4,170 with 16,
    /// where more went to memory and came back than was gained. A linear model's eight samples in step cost 15 % with 32, for which they have no room.
    /// </remarks>
    private int IterationsInStep() => together is not null && Tiling.HasRows(together) && target.Registers < int.MaxValue
        && (values.Places.Copies * layout.Width) + (3 * ChainsInStep) <= RunRegisters.Room(target) ? ChainsInStep / layout.Width : 1;

    /// <summary>Whether all iterations add to one element, which nothing else touches meanwhile: it stays in a register from the first to the last.</summary>
    private bool IsAddedInTurn(Accumulate add, List<Statement> run)
    {
        return !add.Index.VariesByRestart && !values.Places.Dependence.Of(add.Array, add.Index) && run.All(s => ReferenceEquals(s, add) || IsElsewhere(s));

        bool IsElsewhere(Statement statement)
        {
            var (array, index) = RunSchedule.Touched(statement);
            return array is null || !ReferenceEquals(array.Shares ?? array, add.Array.Shares ?? add.Array)
                || (!index!.VariesByRestart && Linear.Of(index).IsBeside(Linear.Of(add.Index)));
        }
    }

    private void Emit(RunStep step, Dictionary<Accumulate, LocalBuilder[]> held)
    {
        var r = step.Iteration;
        if (step.Statement is Accumulate s && held.TryGetValue(s, out var own))
        {
            Each((r, r + 1), values.Places.Vectors, (_, w) => AddHeld(s, own[w], r, w));
        }
        else
        {
            Emit(step.Statement, (r, r + 1));
        }
    }

    private void AddHeld(Accumulate s, LocalBuilder held, int r, int w)
    {
        if (r == values.Places.Copies - 1)
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
        if (r < values.Places.Copies - 1)
        {
            il.Emit(OpCodes.Stloc, held);
        }
        else
        {
            il.Emit(OpCodes.Stobj, target.ValueType);
        }
    }

    private void Release(IEnumerable<Value> dead)
    {
        foreach (var value in dead)
        {
            values.Places.Release(value);
        }
    }

    private void Emit(Statement statement, (int From, int To) iterations)
    {
        switch (statement)
        {
            case Let { Value.Instruction: Instruction.Constant }:
                break;
            case Let s:
                Each(iterations, values.Places.Vectors, (r, w) => values.Emit(s.Value, r, w));
                break;
            case AddUp s:
                Each(iterations, values.Places.Vectors, (r, w) => values.AddUp(s, r, w));
                break;
            case Store { Index.VariesByRestart: true } s:
                Each(iterations, values.Places.Vectors, (r, w) =>
                {
                    values.Push(s, r, w);
                    values.Restarts.Store(s.Array, s.Index, r, w);
                });
                break;
            case Accumulate { Index.VariesByRestart: true } s:
                Each(iterations, values.Places.Vectors, (r, w) =>
                {
                    values.Combine(s, r, w, () => values.Restarts.Load(s.Array, s.Index, r, w));
                    values.Restarts.Store(s.Array, s.Index, r, w);
                });
                break;
            case Store s:
                Each(iterations, values.Places.Vectors, (r, w) => Emit(s, r, w));
                break;
            case Accumulate s when values.Places.Dependence.Of(s.Array, s.Index):
                Each(iterations, values.Places.Vectors, (r, w) => Emit(s, (r, r), w));
                break;
            case Accumulate s:
                Each((0, 1), values.Places.Vectors, (_, w) => Emit(s, (iterations.From, iterations.To - 1), w));
                break;
            case Flag s:
                Each(iterations, values.Places.Vectors, (r, w) => Emit(s, r, w));
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
