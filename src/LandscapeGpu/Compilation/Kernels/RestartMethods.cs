using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Emits how a restart begins, pauses and ends: the methods of <see cref="IDescentStep{TMemory}"/> beside the step itself.</summary>
/// <remarks>Elements in registers are moved one by one, with what they begin with as constants; arrays in memory, shared or not, a block at a time.</remarks>
internal sealed class RestartMethods(KernelCode code, RestartArrays arrays, ILGenerator il, LocalBuilder? lane, Action pushPlace)
{
    private const short RowArgument = 3;
    private const short RestartArgument = 4;

    // So many elements are written out in a loop over memory: addresses and the loop itself cost little beside them.
    private const int Block = 16;

    /// <param name="code">The struct.</param>
    /// <param name="arrays">The arrays that matter between its steps.</param>
    /// <param name="method">Defines a method by its name and types.</param>
    public static void Emit(KernelCode code, RestartArrays arrays, Func<string, Type, Type[], ILGenerator> method)
    {
        Write("Begin", [typeof(int)], m => m.Begin());
        Write("Load", [], m => m.Load());
        Write("Save", [], m => m.Save());
        Write("End", [typeof(int), typeof(int)], m => m.End());

        Say("HasNoise", arrays.HasNoise);
        Say("HasBatch", arrays.HasBatch);

        void Write(string name, Type[] parameters, Action<RestartMethods> emit)
        {
            var il = method(name, typeof(void), [code.Memory.Memory, typeof(int), .. parameters]);
            var lane = code.IsByWarps ? code.EmitLane(il) : null;
            emit(new(code, arrays, il, lane, KernelCode.EmitPlace(il, code.Lanes is null ? null : lane)));
            if (code.IsByWarps)
            {
                // What was written of what the warp has once, whoever comes next may read; what was read, he may write over.
                il.Emit(OpCodes.Ldarga, KernelEmitter.MemoryArgument);
                il.Emit(OpCodes.Call, code.Memory.Wait!);
            }

            il.Emit(OpCodes.Ret);
        }

        void Say(string name, bool answer)
        {
            var il = method(name, typeof(bool), []);
            il.Emit(answer ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Ret);
        }
    }

    private void Begin()
    {
        ForEach(arrays.X, e => Store(e, () => PushPoint(e)));
        foreach (var (slot, initial) in arrays.Slots.Prepend((arrays.Status, 0)))
        {
            ForEach(slot, e => Store(e, () => code.Layout.Target.EmitConstant(il, initial)));
        }
    }

    private void Load() => ForEachAway(e => Store(e, () => PushState(e)));

    private void Save() => ForEachAway(e => StoreState(e, () => Push(e)));

    private void End()
    {
        var isNot = il.DefineLabel();
        if (lane is not null && code.Residence.IsRegister(arrays.X))
        {
            // All lanes have it.
            il.Emit(OpCodes.Ldloc, lane);
            il.Emit(OpCodes.Brtrue, isNot);
        }

        ForEach(arrays.X, StorePoint);
        il.MarkLabel(isNot);
        il.Emit(OpCodes.Ldarga, KernelEmitter.MemoryArgument);
        il.Emit(OpCodes.Ldarg, RestartArgument);
        Push(new(arrays.Status, null, 0));
        il.Emit(OpCodes.Conv_I4);
        Push(new(arrays.Steps, null, 0));
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Call, code.Memory.SetEnd);
    }

    /// <summary>Does something to each element that is not where it stays between launches.</summary>
    private void ForEachAway(Action<Element> body)
    {
        foreach (var array in arrays.Slots.Select(s => s.Array).Append(arrays.X).Append(arrays.Status).Where(code.Residence.IsAway))
        {
            ForEach(array, body);
        }
    }

    /// <summary>Does something to each element of an array: written out where they are registers, else block by block, or each lane its own.</summary>
    private void ForEach(ProgramArray array, Action<Element> body)
    {
        if (lane is not null && !code.Residence.IsRegister(array))
        {
            ForEachOfLane(array, body);
            return;
        }

        var blocks = code.Residence.IsRegister(array) ? 0 : array.Length / Block;
        if (blocks > 0)
        {
            var (at, again) = (il.DeclareLocal(typeof(int)), il.DefineLabel());
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Stloc, at);
            il.MarkLabel(again);
            for (var e = 0; e < Block; e++)
            {
                body(new(array, at, e));
            }

            KernelCode.EmitAdd(il, at, Block, at);
            il.Emit(OpCodes.Ldloc, at);
            il.Emit(OpCodes.Ldc_I4, blocks * Block);
            il.Emit(OpCodes.Blt, again);
        }

        for (var e = blocks * Block; e < array.Length; e++)
        {
            body(new(array, null, e));
        }
    }

    /// <summary>As many turns in every lane, so that they stay together; what is left over the first lanes do.</summary>
    private void ForEachOfLane(ProgramArray array, Action<Element> body)
    {
        var (full, left) = Math.DivRem(array.Length, code.WarpCount * StateTiles.Width);
        var (at, end) = (il.DeclareLocal(typeof(int)), il.DeclareLocal(typeof(int)));
        il.Emit(OpCodes.Ldloc, lane!);
        il.Emit(OpCodes.Stloc, at);
        if (full > 0)
        {
            var again = il.DefineLabel();
            Advance(full, end);
            il.MarkLabel(again);
            body(new(array, at, 0));
            Advance(1, at);
            il.Emit(OpCodes.Ldloc, at);
            il.Emit(OpCodes.Ldloc, end);
            il.Emit(OpCodes.Blt, again);
        }

        if (left > 0)
        {
            var none = il.DefineLabel();
            il.Emit(OpCodes.Ldloc, lane!);
            il.Emit(OpCodes.Ldc_I4, left);
            il.Emit(OpCodes.Bge, none);
            body(new(array, at, 0));
            il.MarkLabel(none);
        }

        void Advance(int turns, LocalBuilder to) => KernelCode.EmitAdd(il, at, turns * code.WarpCount * StateTiles.Width, to);
    }

    private void Push(Element e)
    {
        if (code.Residence.IsRegister(e.Array))
        {
            PushField(e);
        }
        else if (code.Residence.SharedAt(e.Array) is { } at)
        {
            PushPlace(null, e.Block, code.SharedDistance, at + e.Offset);
            il.Emit(OpCodes.Call, code.Memory.LoadShared!);
        }
        else
        {
            PushState(e);
        }
    }

    private void Store(Element e, Action pushValue)
    {
        if (code.Residence.IsRegister(e.Array))
        {
            StoreField(e, pushValue);
        }
        else if (code.Residence.SharedAt(e.Array) is { } at)
        {
            PushPlace(null, e.Block, code.SharedDistance, at + e.Offset);
            pushValue();
            il.Emit(OpCodes.Call, code.Memory.StoreShared!);
        }
        else
        {
            StoreState(e, pushValue);
        }
    }

    private void PushField(Element e)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, code.Fields[(e.Array, e.Offset)]);
    }

    private void StoreField(Element e, Action pushValue)
    {
        il.Emit(OpCodes.Ldarg_0);
        pushValue();
        il.Emit(OpCodes.Stfld, code.Fields[(e.Array, e.Offset)]);
    }

    private void PushState(Element e)
    {
        PushPlace(pushPlace, e.Block, code.GlobalDistance, e.Array.Offset + e.Offset);
        il.Emit(OpCodes.Call, code.Memory.LoadState);
    }

    private void StoreState(Element e, Action pushValue)
    {
        PushPlace(pushPlace, e.Block, code.GlobalDistance, e.Array.Offset + e.Offset);
        pushValue();
        il.Emit(OpCodes.Call, code.Memory.StoreState);
    }

    /// <summary>Pushes a number of the restart's row of results.</summary>
    private void PushPoint(Element e)
    {
        PushPlace(() => il.Emit(OpCodes.Ldarg, RowArgument), e.Block, 1, e.Offset);
        il.Emit(OpCodes.Call, code.Memory.LoadPoint);
    }

    private void StorePoint(Element e)
    {
        PushPlace(() => il.Emit(OpCodes.Ldarg, RowArgument), e.Block, 1, e.Offset);
        Push(e);
        il.Emit(OpCodes.Call, code.Memory.StorePoint);
    }

    /// <summary>Pushes the memory and the two parts of a place in it: what changes, and what does not.</summary>
    /// <param name="first">Pushes where the array's memory begins; null where that is 0.</param>
    /// <param name="block">Where a block begins, in elements; null where that is 0.</param>
    /// <param name="distance">From one element to the next.</param>
    /// <param name="offset">What does not change, in elements.</param>
    private void PushPlace(Action? first, LocalBuilder? block, int distance, int offset)
    {
        il.Emit(OpCodes.Ldarga, KernelEmitter.MemoryArgument);
        if (first is null)
        {
            il.Emit(OpCodes.Ldc_I4_0);
        }
        else
        {
            first();
        }

        if (block is not null)
        {
            il.Emit(OpCodes.Ldloc, block);
            il.Emit(OpCodes.Ldc_I4, distance);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Add);
        }

        il.Emit(OpCodes.Ldc_I4, offset * distance);
    }

    /// <summary>An element of an array.</summary>
    /// <param name="Array">The array.</param>
    /// <param name="Block">Where its block begins; null where that is 0.</param>
    /// <param name="Offset">Where it is in the block.</param>
    private readonly record struct Element(ProgramArray Array, LocalBuilder? Block, int Offset);
}
