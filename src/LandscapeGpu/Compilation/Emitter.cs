using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Emits a program as IL: <c>ulong Run(byte* state, byte* data)</c>, which answers a bit for each lane that was flagged.</summary>
/// <remarks>
/// Every value is computed for each of the group's vectors and, in loops that run iterations together, for each of
/// those iterations, one next to the other: the machine then always has independent work.
/// </remarks>
internal sealed class Emitter
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
                    values.Emit(s.Value);
                    break;
                case Loop s:
                    Emit(s);
                    break;
                case AddUp s:
                    values.AddUp(s);
                    break;
                case Store s:
                    Emit(s);
                    break;
                case Accumulate s:
                    Emit(s);
                    break;
                case Flag s:
                    Emit(s);
                    break;
            }

            foreach (var dead in lastUse.GetValueOrDefault(k) ?? [])
            {
                values.Release(dead);
            }
        }
    }

    private void Emit(Store s) => Each((r, w) =>
    {
        addresses.Push(s.Array, s.Index, r, w);
        values.Push(s, r, w);
        il.Emit(OpCodes.Stobj, target.ValueType);
    });

    private void Emit(Flag s) => Each((r, w) =>
    {
        il.Emit(OpCodes.Ldloc, flags);
        values.Push(s.Value, r, w);
        target.EmitBits(il);
        il.Emit(OpCodes.Ldc_I4, w * target.Lanes);
        il.Emit(OpCodes.Shl);
        il.Emit(OpCodes.Or);
        il.Emit(OpCodes.Stloc, flags);
    });

    /// <summary>Adds into memory; what iterations that run together add to one element is added to it one after the other and written once.</summary>
    private void Emit(Accumulate s)
    {
        var (first, last) = values.Dependence.Of(s.Array, s.Index) ? (values.Copies, 1) : (1, values.Copies);
        for (var r = 0; r < first; r++)
        {
            for (var w = 0; w < layout.Width; w++)
            {
                addresses.Push(s.Array, s.Index, r, w);
                PushSum(s, (r, r + last - 1), w);
                il.Emit(OpCodes.Stobj, target.ValueType);
            }
        }
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

    /// <summary>Does an effect for each iteration that runs now and each vector of the group.</summary>
    private void Each(Action<int, int> effect)
    {
        for (var r = 0; r < values.Copies; r++)
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
        var count = own ? loop.Together : values.Copies;
        var accumulators = loop.Body.Statements.OfType<AddUp>().Select(a => a.Accumulator).ToList();
        foreach (var accumulator in accumulators)
        {
            values.Begin(accumulator, own && !loop.SplitsSums ? 1 : count);
        }

        var index = addresses.Begin(loop.Variable);
        if (own)
        {
            Together(loop, count);
            Iterate(loop, index, count);
            Together(null, 1);
            if (!(loop.Variable.Extent.IsConstant && loop.Variable.Extent.Value % count == 0))
            {
                Iterate(loop, index, 1);
            }

            foreach (var accumulator in loop.SplitsSums ? accumulators : [])
            {
                values.Fold(accumulator, count);
            }
        }
        else
        {
            Iterate(loop, index, 1);
        }

        addresses.End(loop.Variable, index);
    }

    private void Together(Loop? loop, int count)
    {
        together = loop;
        values.Copies = count;
        addresses.Together(loop?.Variable);
    }

    /// <summary>Runs the body while at least <paramref name="step"/> iterations are left.</summary>
    private void Iterate(Loop loop, LocalBuilder index, int step)
    {
        values.Dependence.Between(together);
        var body = il.DefineLabel();
        var test = il.DefineLabel();
        var certain = loop.Variable.Extent.IsConstant && loop.Variable.Extent.Value >= step && loop.Together == step;
        if (!certain)
        {
            il.Emit(OpCodes.Br, test);
        }

        il.MarkLabel(body);
        addresses.Prepare(loop.Variable, values.Copies);
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
}
