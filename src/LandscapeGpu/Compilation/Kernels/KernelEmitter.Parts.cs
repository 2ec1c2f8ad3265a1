using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <content>Loops whose sums are made of parts: a thread that carries a restart alone makes one after the other, warps that carry it all at once, or as many as they are.</content>
internal sealed partial class KernelEmitter
{
    // What the parts of one sum take up where they are brought together: one for each lane of a warp, and their sum. An odd number, so that lanes which read a sum's parts each reach another bank.
    private const int SumLength = SampleSplit.Parts + 1;

    private int AllParts => SampleSplit.Parts * code.Split.Groups;

    /// <summary>Elements that parts of sums take up where some warps bring them together, each its own, and sums of groups of parts where there are several.</summary>
    public static int LengthOfParts(SampleSplit split, int warps) => split.Sums * ((warps * SumLength) + (split.Groups == 1 ? 0 : split.Groups));

    private void EmitParts(Loop loop)
    {
        var part = pool.Take(typeof(int));
        Sum[] own =
        [
            .. SampleSplit.AccumulatorsOf(loop).Select(a => new Sum(() => il.Emit(OpCodes.Ldloc, sums[(a, 0)]), push => { push(); il.Emit(OpCodes.Stloc, sums[(a, 0)]); })),
            .. code.Split.ElementsOf(loop).Select(e => new Sum(() => places.LoadField(e), push => places.StoreField(e, push))),
        ];
        if (code.SumsAt is { } at)
        {
            EmitInWarps(loop, part, own, at);
        }
        else
        {
            EmitOneAfterTheOther(loop, part, own);
        }

        pool.Return(part);
    }

    private void EmitOneAfterTheOther(Loop loop, LocalBuilder part, Sum[] own)
    {
        var (group, again) = (il.DefineLabel(), il.DefineLabel());
        // By group, and of all groups where there are several.
        var totals = Array.ConvertAll(own, _ => pool.Take(target.ValueType));
        var wholes = code.Split.Groups == 1 ? [] : Array.ConvertAll(own, _ => pool.Take(target.ValueType));
        Array.ForEach(wholes, Clear);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stloc, part);
        il.MarkLabel(group);
        Array.ForEach(totals, Clear);
        il.MarkLabel(again);
        EmitPart(loop, part, part);
        foreach (var (sum, total) in own.Zip(totals))
        {
            AddTo(total, sum.Push);
            sum.Store(() => target.EmitConstant(il, 0));
        }

        KernelCode.EmitAdd(il, part, 1, part);
        il.Emit(OpCodes.Ldloc, part);
        if (wholes.Length > 0)
        {
            il.Emit(OpCodes.Ldc_I4, SampleSplit.Parts - 1);
            il.Emit(OpCodes.And);
            il.Emit(OpCodes.Brtrue, again);
            foreach (var (total, whole) in totals.Zip(wholes))
            {
                AddTo(whole, () => il.Emit(OpCodes.Ldloc, total));
            }

            il.Emit(OpCodes.Ldloc, part);
        }

        il.Emit(OpCodes.Ldc_I4, AllParts);
        il.Emit(OpCodes.Blt, wholes.Length > 0 ? group : again);
        foreach (var (sum, whole) in own.Zip(wholes.Length > 0 ? wholes : totals))
        {
            sum.Store(() => il.Emit(OpCodes.Ldloc, whole));
        }

        Array.ForEach([.. totals, .. wholes], pool.Return);
    }

    private void AddTo(LocalBuilder total, Action push)
    {
        target.Emit(il, Instruction.Add, o => (o == 0 ? () => il.Emit(OpCodes.Ldloc, total) : push)());
        il.Emit(OpCodes.Stloc, total);
    }

    private void Clear(LocalBuilder total)
    {
        target.EmitConstant(il, 0);
        il.Emit(OpCodes.Stloc, total);
    }

    /// <summary>Emits the samples of one part: several turns before going round while so many are left, then the others, and last what not all parts have.</summary>
    private void EmitPart(Loop loop, LocalBuilder part, LocalBuilder inWarp)
    {
        var (extent, most) = (loop.Variable.Extent.Greatest, together.MostTurnsOf(loop));
        // The first samples of all parts, and those whose number is a multiple of 32, come anywhere.
        var (index, end) = (indices.Enter(loop.Variable, 1), pool.Take(typeof(int)));
        il.Emit(OpCodes.Ldloc, part);
        il.Emit(OpCodes.Stloc, index);
        var (full, all) = (extent / AllParts, code.Split.Turns(loop));
        var at = (index, end, inWarp);
        EmitTurns(loop, at, most, full / most, isFull: true);
        EmitTurns(loop, at, (int)(full % most), 1, isFull: true);
        EmitTurns(loop, at, 1, all - full, isFull: false);
        pool.Return(end);
        indices.End(loop.Variable, index);
    }

    /// <summary>Emits some turns, as many in every lane, so that a warp's lanes end together: one that has no sample left makes nothing of the last.</summary>
    private void EmitTurns(Loop loop, (LocalBuilder Index, LocalBuilder End, LocalBuilder InWarp) at, int turns, long count, bool isFull)
    {
        var (index, end, inWarp) = at;
        if (count * turns == 0)
        {
            return;
        }

        var (body, next) = (il.DefineLabel(), il.DefineLabel());
        if (count > 1)
        {
            KernelCode.EmitAdd(il, index, checked((int)(count * turns) * AllParts), end);
        }

        il.MarkLabel(body);
        if (!isFull)
        {
            il.Emit(OpCodes.Ldloc, index);
            il.Emit(OpCodes.Ldc_I4, (int)loop.Variable.Extent.Greatest);
            il.Emit(OpCodes.Bge, next);
        }

        places.Enter();
        places.Walk(index, inWarp);
        for (var turn = 0; turn < turns; turn++)
        {
            indices.Known.Shift(loop.Variable, turn * AllParts);
            Emit(loop.Body);
        }

        indices.Known.Shift(loop.Variable, 0);
        places.EndWalk();
        places.Leave();
        il.MarkLabel(next);
        KernelCode.EmitAdd(il, index, turns * AllParts, index);
        if (count > 1)
        {
            il.Emit(OpCodes.Ldloc, index);
            il.Emit(OpCodes.Ldloc, end);
            il.Emit(OpCodes.Blt, body);
        }
    }

    /// <summary>A sum that a loop makes.</summary>
    /// <param name="Push">Pushes what it is.</param>
    /// <param name="Store">Makes it what is pushed.</param>
    private sealed record Sum(Action Push, Action<Action> Store);
}
