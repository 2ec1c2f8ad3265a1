using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <content>Sums over samples that a warp makes, or a block of several: parts are brought together in memory that they share.</content>
internal sealed partial class KernelEmitter
{
    /// <summary>Each lane makes its part of each group that its warp has; then each adds up the parts of one sum, of one in 32 where there are more, and the sums of groups alike, and all take what they need.</summary>
    private void EmitInWarps(Loop loop, LocalBuilder part, Sum[] own, int at)
    {
        var (warps, groups) = (code.WarpCount, code.Split.Groups);
        var (lane, ours) = groups == 1 ? (part, null) : (pool.Take(typeof(int)), warps == 1 ? null : pool.Take(typeof(int)));
        var (row, group, total) = (pool.Take(typeof(int)), pool.Take(typeof(int)), pool.Take(target.ValueType));
        var groupsAt = at + (warps * own.Length * SumLength);
        il.Emit(OpCodes.Ldarga, MemoryArgument);
        il.Emit(OpCodes.Call, code.Memory.GetLane!);
        il.Emit(OpCodes.Stloc, part);
        if (lane != part)
        {
            Set(lane, part, OpCodes.And, SampleSplit.Parts - 1);
        }

        if (ours is not null)
        {
            // Where each warp has its parts.
            SetGroup(ours, own.Length * SumLength);
        }

        var (again, isFirst) = (il.DefineLabel(), il.DefineLabel());
        il.MarkLabel(again);
        // What was there before belongs to the first part.
        il.Emit(OpCodes.Ldloc, part);
        il.Emit(OpCodes.Brfalse, isFirst);
        foreach (var sum in own)
        {
            sum.Store(() => target.EmitConstant(il, 0));
        }

        il.MarkLabel(isFirst);
        EmitPart(loop, part, lane);
        for (var k = 0; k < own.Length; k++)
        {
            StoreShared(() => PushSum(lane, ours), at + (k * SumLength), own[k].Push);
        }

        Wait();
        ForSumsOf(own.Length, (first, count) =>
        {
            SetSum(row, lane, count, SumLength);
            if (groups == 1)
            {
                AddUp(row, at + (first * SumLength), 1, SampleSplit.Parts, total);
                StoreShared(() => il.Emit(OpCodes.Ldloc, row), at + (first * SumLength) + SampleSplit.Parts, () => il.Emit(OpCodes.Ldloc, total));
                return;
            }

            if (ours is not null)
            {
                PushSum(row, ours);
                il.Emit(OpCodes.Stloc, row);
            }

            AddUp(row, at + (first * SumLength), 1, SampleSplit.Parts, total);
            SetSum(row, lane, count, 1);
            SetGroup(group, own.Length);
            StoreShared(() => PushSum(row, group), groupsAt + first, () => il.Emit(OpCodes.Ldloc, total));
        });
        Wait();
        if (warps < groups)
        {
            KernelCode.EmitAdd(il, part, warps * SampleSplit.Parts, part);
            il.Emit(OpCodes.Ldloc, part);
            il.Emit(OpCodes.Ldc_I4, AllParts);
            il.Emit(OpCodes.Blt, again);
        }

        if (groups > 1)
        {
            ForSumsOf(own.Length, (first, count) =>
            {
                SetSum(row, lane, count, 1);
                AddUp(row, groupsAt + first, own.Length, groups, total);
                SetSum(row, lane, count, SumLength);
                StoreShared(() => il.Emit(OpCodes.Ldloc, row), at + (first * SumLength) + SampleSplit.Parts, () => il.Emit(OpCodes.Ldloc, total));
            });
            Wait();
        }

        for (var k = 0; k < own.Length; k++)
        {
            own[k].Store(() => LoadShared(() => il.Emit(OpCodes.Ldc_I4_0), at + (k * SumLength) + SampleSplit.Parts));
        }

        Array.ForEach([row, group, total, .. new[] { lane == part ? null : lane, ours }.OfType<LocalBuilder>()], pool.Return);

        void SetGroup(LocalBuilder number, int distance)
        {
            Set(number, part, OpCodes.Shr_Un, int.Log2(SampleSplit.Parts));
            Set(number, number, OpCodes.Mul, distance);
        }
    }

    /// <summary>Lanes have sums in turn, 32 at a time: the number of the first, and how many there are.</summary>
    private static void ForSumsOf(int length, Action<int, int> each)
    {
        for (var first = 0; first < length; first += SampleSplit.Parts)
        {
            each(first, Math.Min(length - first, SampleSplit.Parts));
        }
    }

    /// <summary>Where the sum is that has a lane's number, or the last where there are fewer: sums are some distance apart.</summary>
    private void SetSum(LocalBuilder sum, LocalBuilder lane, int count, int distance)
    {
        il.Emit(OpCodes.Ldloc, lane);
        il.Emit(OpCodes.Stloc, sum);
        if (count < SampleSplit.Parts)
        {
            var isThere = il.DefineLabel();
            il.Emit(OpCodes.Ldloc, lane);
            il.Emit(OpCodes.Ldc_I4, count);
            il.Emit(OpCodes.Blt, isThere);
            il.Emit(OpCodes.Ldc_I4, count - 1);
            il.Emit(OpCodes.Stloc, sum);
            il.MarkLabel(isThere);
        }

        if (distance > 1)
        {
            Set(sum, sum, OpCodes.Mul, distance);
        }
    }

    /// <summary>Adds numbers that are some distance apart, one after the other.</summary>
    private void AddUp(LocalBuilder place, int at, int distance, int count, LocalBuilder total)
    {
        Clear(total);
        for (var k = 0; k < count; k++)
        {
            var offset = at + (k * distance);
            AddTo(total, () => LoadShared(() => il.Emit(OpCodes.Ldloc, place), offset));
        }
    }

    private void Set(LocalBuilder number, LocalBuilder from, OpCode operation, int by)
    {
        il.Emit(OpCodes.Ldloc, from);
        il.Emit(OpCodes.Ldc_I4, by);
        il.Emit(operation);
        il.Emit(OpCodes.Stloc, number);
    }

    private void PushSum(LocalBuilder a, LocalBuilder? b)
    {
        il.Emit(OpCodes.Ldloc, a);
        if (b is not null)
        {
            il.Emit(OpCodes.Ldloc, b);
            il.Emit(OpCodes.Add);
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
}
