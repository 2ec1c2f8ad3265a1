using System.Collections.Concurrent;
using System.Reflection.Emit;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Execution;

/// <summary>Emits the innermost loop of a product: a tile of C, rows × vectors, stays in registers while k runs.</summary>
/// <remarks>Each number of A is broadcast where it is used, so that one register holds it; each element of C is summed in the order of k, one fused multiply-add after another.</remarks>
internal static unsafe class ProductTile
{
    // Rows that are reached from one pointer, by a stride, twice and three times it: pointers do not run out before vector registers do.
    private const int RowsOfPointer = 4;

    private static readonly ConcurrentDictionary<(int Rows, int Vectors, int Bits, bool IsDouble), Code> Emitted = new();

    /// <summary>C[i, ·] += Σₖ A[i, k]·B[k, ·]; all strides are in bytes.</summary>
    public delegate void Code(long inner, byte* a, long ai, long ak, byte* b, long bk, byte* c, long ci);

    public static Code Of(int rows, int vectors, int bits, bool isDouble) =>
        Emitted.GetOrAdd((rows, vectors, bits, isDouble), _ => Emit(rows, vectors, new LaneTarget(bits, isDouble)));

    private static Code Emit(int rows, int vectors, LaneTarget target)
    {
        var address = typeof(byte*);
        var method = new DynamicMethod("Tile", typeof(void), [typeof(long), address, typeof(long), typeof(long), address, typeof(long), address, typeof(long)], typeof(ProductTile).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        const int Inner = 0, A = 1, Ai = 2, Ak = 3, B = 4, Bk = 5, C = 6, Ci = 7;
        var sums = new LocalBuilder[rows, vectors];
        LocalBuilder[] columns = [.. Enumerable.Range(0, vectors).Select(_ => il.DeclareLocal(target.ValueType))];
        var x = il.DeclareLocal(target.ValueType);
        LocalBuilder[] strides = [.. Enumerable.Range(2, RowsOfPointer - 2).Select(times => Local(typeof(long), () => Times(Ai, times)))];
        LocalBuilder[] pointers = [.. Enumerable.Range(1, (rows - 1) / RowsOfPointer).Select(group => Local(address, () => At(A, Ai, group * RowsOfPointer, 0)))];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < vectors; j++)
            {
                sums[i, j] = il.DeclareLocal(target.ValueType);
                At(C, Ci, i, j * target.ValueBytes);
                il.Emit(OpCodes.Ldobj, target.ValueType);
                il.Emit(OpCodes.Stloc, sums[i, j]);
            }
        }

        var (loop, end) = (il.DefineLabel(), il.DefineLabel());
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(loop);
        for (var j = 0; j < vectors; j++)
        {
            At(B, Bk, 0, j * target.ValueBytes);
            il.Emit(OpCodes.Ldobj, target.ValueType);
            il.Emit(OpCodes.Stloc, columns[j]);
        }

        for (var i = 0; i < rows; i++)
        {
            Row(i);
            il.Emit(OpCodes.Ldobj, target.Element);
            target.EmitBroadcast(il);
            il.Emit(OpCodes.Stloc, x);
            for (var j = 0; j < vectors; j++)
            {
                LocalBuilder[] operands = [x, columns[j], sums[i, j]];
                target.Emit(il, Instruction.MultiplyAdd, k => il.Emit(OpCodes.Ldloc, operands[k]));
                il.Emit(OpCodes.Stloc, sums[i, j]);
            }
        }

        Advance(A, Ak);
        Advance(B, Bk);
        foreach (var pointer in pointers)
        {
            il.Emit(OpCodes.Ldloc, pointer);
            il.Emit(OpCodes.Ldarg, Ak);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Stloc, pointer);
        }

        il.Emit(OpCodes.Ldarg, Inner);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Starg, Inner);
        il.MarkLabel(end);
        il.Emit(OpCodes.Ldarg, Inner);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Bgt, loop);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < vectors; j++)
            {
                At(C, Ci, i, j * target.ValueBytes);
                il.Emit(OpCodes.Ldloc, sums[i, j]);
                il.Emit(OpCodes.Stobj, target.ValueType);
            }
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Code>();

        LocalBuilder Local(Type type, Action push)
        {
            var local = il.DeclareLocal(type);
            push();
            il.Emit(OpCodes.Stloc, local);
            return local;
        }

        void Times(int stride, int times)
        {
            il.Emit(OpCodes.Ldarg, stride);
            il.Emit(OpCodes.Ldc_I4, times);
            il.Emit(OpCodes.Conv_I8);
            il.Emit(OpCodes.Mul);
        }

        // base + times·stride + offset
        void At(int start, int stride, int times, int offset)
        {
            il.Emit(OpCodes.Ldarg, start);
            if (times > 0)
            {
                Times(stride, times);
                il.Emit(OpCodes.Add);
            }

            if (offset > 0)
            {
                il.Emit(OpCodes.Ldc_I4, offset);
                il.Emit(OpCodes.Add);
            }
        }

        void Row(int i)
        {
            var (group, within) = (i / RowsOfPointer, i % RowsOfPointer);
            if (group == 0)
            {
                il.Emit(OpCodes.Ldarg, A);
            }
            else
            {
                il.Emit(OpCodes.Ldloc, pointers[group - 1]);
            }

            if (within == 1)
            {
                il.Emit(OpCodes.Ldarg, Ai);
                il.Emit(OpCodes.Add);
            }
            else if (within > 1)
            {
                il.Emit(OpCodes.Ldloc, strides[within - 2]);
                il.Emit(OpCodes.Add);
            }
        }

        void Advance(int pointer, int stride)
        {
            il.Emit(OpCodes.Ldarg, pointer);
            il.Emit(OpCodes.Ldarg, stride);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Starg, pointer);
        }
    }
}
