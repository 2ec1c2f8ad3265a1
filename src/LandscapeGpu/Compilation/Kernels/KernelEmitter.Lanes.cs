using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <content>Loops whose iterations the lanes of a warp take; a thread that carries a restart alone adds their sums in the same order.</content>
internal sealed partial class KernelEmitter
{
    private void EmitOverLanes(Loop loop)
    {
        var own = SampleSplit.AccumulatorsOf(loop).SelectMany(a => Enumerable.Range(0, rows).Select(r => sums[(a, r)])).ToArray();
        var part = pool.Take(typeof(int));
        if (code.IsByWarps)
        {
            places.EnterLanes(loop);
            il.Emit(OpCodes.Ldloc, lane!);
            il.Emit(OpCodes.Stloc, part);
            EmitPart(loop, part, part);
            places.LeaveLanes(loop);
            foreach (var sum in own)
            {
                AddOverLanes(sum);
            }
        }
        else if (own.Length == 0)
        {
            // In what order iterations run is nothing to anybody.
            EmitInTurn(loop);
        }
        else
        {
            EmitAsLanes(loop, part, own);
        }

        pool.Return(part);
    }

    /// <summary>Adds what the lanes have: neighbours, then pairs of neighbours, and so on, so that all of them have the same in the end.</summary>
    private void AddOverLanes(LocalBuilder sum)
    {
        for (var bit = 1; bit < LaneLoops.Width; bit *= 2)
        {
            var other = bit;
            target.Emit(il, Instruction.Add, k => (k == 0 ? () => il.Emit(OpCodes.Ldloc, sum) : (Action)(() =>
            {
                il.Emit(OpCodes.Ldarga, MemoryArgument);
                il.Emit(OpCodes.Ldloc, sum);
                il.Emit(OpCodes.Ldc_I4, other);
                il.Emit(OpCodes.Call, code.Memory.OfOther!);
            }))());
            il.Emit(OpCodes.Stloc, sum);
        }
    }

    /// <summary>One lane after the other; as soon as two sums of as many lanes are there, they become one.</summary>
    private void EmitAsLanes(Loop loop, LocalBuilder part, LocalBuilder[] own)
    {
        var levels = int.Log2(LaneLoops.Width);
        var waiting = own.Select(_ => Enumerable.Range(0, levels).Select(_ => pool.Take(target.ValueType)).ToArray()).ToArray();
        var (again, next) = (il.DefineLabel(), il.DefineLabel());
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stloc, part);
        il.MarkLabel(again);
        foreach (var sum in own)
        {
            target.EmitConstant(il, 0);
            il.Emit(OpCodes.Stloc, sum);
        }

        EmitPart(loop, part, part);
        for (var level = 0; level < levels; level++)
        {
            var isSecond = il.DefineLabel();
            il.Emit(OpCodes.Ldloc, part);
            il.Emit(OpCodes.Ldc_I4, 1 << level);
            il.Emit(OpCodes.And);
            il.Emit(OpCodes.Brtrue, isSecond);
            for (var k = 0; k < own.Length; k++)
            {
                il.Emit(OpCodes.Ldloc, own[k]);
                il.Emit(OpCodes.Stloc, waiting[k][level]);
            }

            il.Emit(OpCodes.Br, next);
            il.MarkLabel(isSecond);
            for (var k = 0; k < own.Length; k++)
            {
                LocalBuilder[] pair = [waiting[k][level], own[k]];
                target.Emit(il, Instruction.Add, o => il.Emit(OpCodes.Ldloc, pair[o]));
                il.Emit(OpCodes.Stloc, own[k]);
            }
        }

        il.MarkLabel(next);
        KernelCode.EmitAdd(il, part, 1, part);
        il.Emit(OpCodes.Ldloc, part);
        il.Emit(OpCodes.Ldc_I4, LaneLoops.Width);
        il.Emit(OpCodes.Blt, again);
        foreach (var local in waiting.SelectMany(w => w))
        {
            pool.Return(local);
        }
    }
}
