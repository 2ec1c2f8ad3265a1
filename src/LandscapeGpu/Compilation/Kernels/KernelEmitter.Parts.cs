using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <content>Loops whose sums are made of parts: a thread that carries a restart alone makes one after the other, a warp that carries it all at once.</content>
internal sealed partial class KernelEmitter
{
    // What the parts of one sum take up where they are brought together: one for each lane, and their sum. An odd number, so that lanes which read a sum's parts each reach another bank.
    private const int SumLength = SampleSplit.Parts + 1;

    /// <summary>Elements that a warp's parts of sums take up where they are brought together.</summary>
    public static int LengthOfParts(SampleSplit split) => split.Sums * SumLength;

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
            EmitInWarp(loop, part, own, at);
        }
        else
        {
            EmitOneAfterTheOther(loop, part, own);
        }

        pool.Return(part);
    }

    private void EmitOneAfterTheOther(Loop loop, LocalBuilder part, Sum[] own)
    {
        var again = il.DefineLabel();
        var totals = Array.ConvertAll(own, _ => pool.Take(target.ValueType));
        foreach (var total in totals)
        {
            target.EmitConstant(il, 0);
            il.Emit(OpCodes.Stloc, total);
        }

        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stloc, part);
        il.MarkLabel(again);
        EmitPart(loop, part);
        foreach (var (sum, total) in own.Zip(totals))
        {
            target.Emit(il, Instruction.Add, k => (k == 0 ? () => il.Emit(OpCodes.Ldloc, total) : sum.Push)());
            il.Emit(OpCodes.Stloc, total);
            sum.Store(() => target.EmitConstant(il, 0));
        }

        KernelCode.EmitAdd(il, part, 1, part);
        il.Emit(OpCodes.Ldloc, part);
        il.Emit(OpCodes.Ldc_I4, SampleSplit.Parts);
        il.Emit(OpCodes.Blt, again);
        foreach (var (sum, total) in own.Zip(totals))
        {
            sum.Store(() => il.Emit(OpCodes.Ldloc, total));
            pool.Return(total);
        }
    }

    /// <summary>Each lane makes its part; then each adds up the parts of one sum, of one in 32 where there are more, and all take what they need.</summary>
    private void EmitInWarp(Loop loop, LocalBuilder part, Sum[] own, int at)
    {
        il.Emit(OpCodes.Ldarga, MemoryArgument);
        il.Emit(OpCodes.Call, code.Memory.GetLane!);
        il.Emit(OpCodes.Stloc, part);
        // What was there before belongs to the first part.
        var isFirst = il.DefineLabel();
        il.Emit(OpCodes.Ldloc, part);
        il.Emit(OpCodes.Brfalse, isFirst);
        foreach (var sum in own)
        {
            sum.Store(() => target.EmitConstant(il, 0));
        }

        il.MarkLabel(isFirst);
        EmitPart(loop, part);
        for (var k = 0; k < own.Length; k++)
        {
            StoreShared(() => il.Emit(OpCodes.Ldloc, part), at + (k * SumLength), own[k].Push);
        }

        Wait();
        var (row, total) = (pool.Take(typeof(int)), pool.Take(target.ValueType));
        for (var first = 0; first < own.Length; first += SampleSplit.Parts)
        {
            AddUpRow(part, Math.Min(own.Length - first, SampleSplit.Parts), at + (first * SumLength), row, total);
        }

        pool.Return(row);
        pool.Return(total);
        Wait();
        for (var k = 0; k < own.Length; k++)
        {
            own[k].Store(() => LoadShared(() => il.Emit(OpCodes.Ldc_I4_0), at + (k * SumLength) + SampleSplit.Parts));
        }
    }

    /// <summary>A lane adds the parts of the sum that has its number, or of the last where there are fewer.</summary>
    private void AddUpRow(LocalBuilder part, int count, int at, LocalBuilder row, LocalBuilder total)
    {
        il.Emit(OpCodes.Ldloc, part);
        il.Emit(OpCodes.Stloc, row);
        if (count < SampleSplit.Parts)
        {
            var isThere = il.DefineLabel();
            il.Emit(OpCodes.Ldloc, part);
            il.Emit(OpCodes.Ldc_I4, count);
            il.Emit(OpCodes.Blt, isThere);
            il.Emit(OpCodes.Ldc_I4, count - 1);
            il.Emit(OpCodes.Stloc, row);
            il.MarkLabel(isThere);
        }

        il.Emit(OpCodes.Ldloc, row);
        il.Emit(OpCodes.Ldc_I4, SumLength);
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Stloc, row);
        target.EmitConstant(il, 0);
        il.Emit(OpCodes.Stloc, total);
        for (var k = 0; k < SampleSplit.Parts; k++)
        {
            var offset = at + k;
            target.Emit(il, Instruction.Add, o => (o == 0 ? () => il.Emit(OpCodes.Ldloc, total) : (Action)(() => LoadShared(() => il.Emit(OpCodes.Ldloc, row), offset)))());
            il.Emit(OpCodes.Stloc, total);
        }

        StoreShared(() => il.Emit(OpCodes.Ldloc, row), at + SampleSplit.Parts, () => il.Emit(OpCodes.Ldloc, total));
    }

    /// <summary>Emits the samples of one part: several turns before going round while so many are left, then the others, and last what not all parts have.</summary>
    private void EmitPart(Loop loop, LocalBuilder part)
    {
        var (extent, most) = (loop.Variable.Extent.Greatest, together.MostTurnsOf(loop));
        // The first samples of all parts, and those whose number is a multiple of 32, come anywhere.
        var (index, end) = (indices.Enter(loop.Variable, 1), pool.Take(typeof(int)));
        il.Emit(OpCodes.Ldloc, part);
        il.Emit(OpCodes.Stloc, index);
        var (full, all) = (extent / SampleSplit.Parts, SampleSplit.Turns(loop));
        var at = (index, end, part);
        EmitTurns(loop, at, most, full / most, isFull: true);
        EmitTurns(loop, at, (int)(full % most), 1, isFull: true);
        EmitTurns(loop, at, 1, all - full, isFull: false);
        pool.Return(end);
        indices.End(loop.Variable, index);
    }

    /// <summary>Emits some turns, as many in every lane, so that a warp's lanes end together: one that has no sample left makes nothing of the last.</summary>
    private void EmitTurns(Loop loop, (LocalBuilder Index, LocalBuilder End, LocalBuilder Part) at, int turns, long count, bool isFull)
    {
        var (index, end, part) = at;
        if (count * turns == 0)
        {
            return;
        }

        var (body, next) = (il.DefineLabel(), il.DefineLabel());
        if (count > 1)
        {
            KernelCode.EmitAdd(il, index, checked((int)(count * turns) * SampleSplit.Parts), end);
        }

        il.MarkLabel(body);
        if (!isFull)
        {
            il.Emit(OpCodes.Ldloc, index);
            il.Emit(OpCodes.Ldc_I4, (int)loop.Variable.Extent.Greatest);
            il.Emit(OpCodes.Bge, next);
        }

        places.Enter();
        places.Walk(index, part);
        for (var turn = 0; turn < turns; turn++)
        {
            indices.Known.Shift(loop.Variable, turn * SampleSplit.Parts);
            Emit(loop.Body);
        }

        indices.Known.Shift(loop.Variable, 0);
        places.EndWalk();
        places.Leave();
        il.MarkLabel(next);
        KernelCode.EmitAdd(il, index, turns * SampleSplit.Parts, index);
        if (count > 1)
        {
            il.Emit(OpCodes.Ldloc, index);
            il.Emit(OpCodes.Ldloc, end);
            il.Emit(OpCodes.Blt, body);
        }
    }

    private void Wait()
    {
        il.Emit(OpCodes.Ldarga, MemoryArgument);
        il.Emit(OpCodes.Call, code.Memory.Wait!);
    }

    private void LoadShared(Action pushPlace, int offset)
    {
        il.Emit(OpCodes.Ldarga, MemoryArgument);
        pushPlace();
        il.Emit(OpCodes.Ldc_I4, offset);
        il.Emit(OpCodes.Call, code.Memory.LoadShared!);
    }

    private void StoreShared(Action pushPlace, int offset, Action pushValue)
    {
        il.Emit(OpCodes.Ldarga, MemoryArgument);
        pushPlace();
        il.Emit(OpCodes.Ldc_I4, offset);
        pushValue();
        il.Emit(OpCodes.Call, code.Memory.StoreShared!);
    }

    /// <summary>A sum that a loop makes.</summary>
    /// <param name="Push">Pushes what it is.</param>
    /// <param name="Store">Makes it what is pushed.</param>
    private sealed record Sum(Action Push, Action<Action> Store);
}
