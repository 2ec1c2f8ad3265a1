using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Emits what is done at indices that differ between the restarts of one vector: each has drawn samples of its own.</summary>
internal sealed class RestartEmitter(Program program, Layout layout, AddressEmitter addresses, ILGenerator il)
{
    private readonly Target target = layout.Target;
    private LocalBuilder? held;

    /// <summary>Pushes the elements that the restarts of vector w read.</summary>
    public void Load(ProgramArray array, Index index, int r, int w)
    {
        var linear = Linear.Of(index);
        var varying = linear.Terms.Where(t => t.Term.VariesByRestart).ToList();
        var isState = array.Memory == Memory.State;
        // The machine counts in 32 bits what it gathers.
        var isNear = (long)array.Length * array.Copies * (isState ? layout.Restarts : 1) <= int.MaxValue;
        if (isNear && target is LaneTarget lanes && varying is [{ Term.Operation: IndexOperation.Drawn } drawn])
        {
            // Base address and a multiple of the sample's number: the machine gathers for all restarts at once.
            addresses.Push(array, linear with { Terms = [.. linear.Terms.Where(t => !ReferenceEquals(t.Term, drawn.Term))] }, r, w * target.ValueBytes);
            addresses.Push(program.Batch!, drawn.Term.A!, r, w);
            il.Emit(OpCodes.Ldobj, target.ValueType);
            il.Emit(OpCodes.Ldc_I4, checked((int)(drawn.Factor * (isState ? layout.Restarts : 1))));
            lanes.EmitGather(il, isNeighbouring: isState);
            return;
        }

        ForEach(w, () =>
        {
            addresses.PushOne(array, index, r);
            il.Emit(target.IsDouble ? OpCodes.Ldind_R8 : OpCodes.Ldind_R4);
        });
        target.EmitJoin(il);
    }

    /// <summary>Writes the value on the stack, an element for each restart of vector w.</summary>
    public void Store(ProgramArray array, Index index, int r, int w)
    {
        held ??= il.DeclareLocal(target.ValueType);
        il.Emit(OpCodes.Stloc, held);
        ForEach(w, lane =>
        {
            addresses.PushOne(array, index, r);
            il.Emit(OpCodes.Ldloc, held);
            target.EmitTake(il, lane);
            il.Emit(target.IsDouble ? OpCodes.Stind_R8 : OpCodes.Stind_R4);
        });
    }

    /// <summary>Pushes an index as a number.</summary>
    public void Number(Index index, int r, int w)
    {
        ForEach(w, () =>
        {
            addresses.PushIndex(index, r);
            il.Emit(target.IsDouble ? OpCodes.Conv_R8 : OpCodes.Conv_R4);
        });
        target.EmitJoin(il);
    }

    /// <summary>Pushes the mask of a comparison of indices.</summary>
    public void Compare(Value value, int r, int w)
    {
        // 1 where it holds and 0 elsewhere, as numbers; a half tells them apart.
        ForEach(w, () =>
        {
            addresses.PushIndex(value.Index!, r);
            addresses.PushIndex(value.Index2!, r);
            il.Emit(value.Instruction == Instruction.IndexLess ? OpCodes.Clt : OpCodes.Ceq);
            il.Emit(target.IsDouble ? OpCodes.Conv_R8 : OpCodes.Conv_R4);
        });
        target.EmitJoin(il);
        held ??= il.DeclareLocal(target.ValueType);
        il.Emit(OpCodes.Stloc, held);
        target.Emit(il, Instruction.Less, k =>
        {
            if (k == 0)
            {
                target.EmitConstant(il, 0.5);
            }
            else
            {
                il.Emit(OpCodes.Ldloc, held);
            }
        });
    }

    private void ForEach(int w, Action emit) => ForEach(w, _ => emit());

    private void ForEach(int w, Action<int> emit)
    {
        for (var lane = 0; lane < target.Lanes; lane++)
        {
            addresses.Restart = (w * target.Lanes) + lane;
            emit(lane);
        }
    }
}
