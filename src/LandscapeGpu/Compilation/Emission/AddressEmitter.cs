using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Emits indices and the addresses they lead to.</summary>
internal sealed partial class AddressEmitter(Program program, Layout layout, ILGenerator il)
{
    private readonly Dictionary<Index, LocalBuilder> indices = [];
    private readonly Dictionary<(Index Term, int Copy), LocalBuilder> prepared = [];
    private readonly ILookup<Index?, Index> terms = AddressTerms.ByLoop(program);
    private readonly LocalPool pool = new(il);

    // As many iterations as ever run together.
    private const int MostCopies = 8;

    private Index? together;

    /// <summary>Whose drawn samples are meant where an index differs between restarts.</summary>
    public int Restart { get; set; }

    /// <summary>The index whose iterations run together: copy r of a value belongs to index + r.</summary>
    public void Together(Index? variable) => together = variable;

    /// <summary>
    /// Computes what addresses inside a loop's body need beyond multiples of indices, once an iteration: stores through
    /// pointers keep the JIT compiler from seeing that it does not change.
    /// </summary>
    /// <param name="variable">The loop's index; null for the whole program.</param>
    /// <param name="copies">How many iterations run together.</param>
    public void Prepare(Index? variable, int copies)
    {
        foreach (var term in terms[variable])
        {
            // Loops side by side share indices: a term may belong to another nest over this index.
            var belongs = term.Free.Variables.All(indices.ContainsKey);
            for (var r = 0; r < Math.Max(copies, MostCopies); r++)
            {
                prepared.Remove((term, r), out var local);
                if (!belongs || r >= copies)
                {
                    continue;
                }

                PushIndex(term, r);
                local ??= il.DeclareLocal(typeof(long));
                il.Emit(OpCodes.Stloc, local);
                prepared[(term, r)] = local;
            }
        }
    }

    public void PushParameter(int number)
    {
        il.Emit(OpCodes.Ldarg_2);
        Offset((layout.ParametersAt + number) * layout.Target.ElementBytes);
    }

    /// <summary>Pushes the address of a constant.</summary>
    public void PushConstant(long offset)
    {
        il.Emit(OpCodes.Ldarg_2);
        Offset(offset);
    }

    /// <summary>Pushes the address of a vector that has no register.</summary>
    public void PushSpill(int number)
    {
        il.Emit(OpCodes.Ldarg_1);
        Offset(layout.SpillsAt + ((long)number * layout.Target.ValueBytes));
    }

    /// <summary>Pushes the address of an array's element, for iteration r and vector w.</summary>
    public void Push(ProgramArray array, Index index, int r, int w) => Push(array, Linear.Of(index), r, w * layout.Target.ValueBytes);

    /// <summary>Pushes the address of an array's element, for iteration r and the restart that is meant.</summary>
    public void PushOne(ProgramArray array, Index index, int r) => Push(array, Linear.Of(index), r, Restart * layout.Target.ElementBytes);

    /// <summary>Pushes an address for iteration r; in state, of the restart so many bytes from the first.</summary>
    public void Push(ProgramArray array, Linear linear, int r, int within)
    {
        var isState = array.Memory == Memory.State;
        il.Emit(isState ? OpCodes.Ldarg_1 : OpCodes.Ldarg_2);
        long stride = isState ? layout.Stride : layout.Target.ElementBytes;
        // Iterations that run together have a copy each only of what is made anew in each of them.
        var copy = together is not null && array.Free.Contains(together) ? (long)r * array.Length : 0;
        var offset = (array.Offset + linear.Constant + copy) * stride;
        if (isState)
        {
            offset += within;
        }

        // Outer indices first: what does not change in the inner loop can then be taken out of it.
        foreach (var (term, factor) in linear.Terms)
        {
            if (ReferenceEquals(term, together))
            {
                offset += r * factor * stride;
            }

            if (term.Operation == IndexOperation.Loop && multiples[term].Find(m => m.Stride == factor * stride) is { } multiple)
            {
                il.Emit(OpCodes.Ldloc, multiple.Local);
                il.Emit(OpCodes.Conv_I);
                il.Emit(OpCodes.Add);
                continue;
            }

            if (term.Operation == IndexOperation.Loop)
            {
                PushLoop(term);
            }
            else if (prepared.TryGetValue((term, together is not null && term.Free.Contains(together) ? r : 0), out var known))
            {
                il.Emit(OpCodes.Ldloc, known);
            }
            else
            {
                PushIndex(term, r);
            }

            il.Emit(OpCodes.Ldc_I8, factor * stride);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
        }

        Offset(offset);
    }

    /// <summary>Pushes an index as a 64-bit number.</summary>
    public void PushIndex(Index index, int r)
    {
        switch (index.Operation)
        {
            case IndexOperation.Constant:
                il.Emit(OpCodes.Ldc_I8, index.Value);
                break;
            case IndexOperation.Loop:
                PushLoop(index);
                if (r != 0 && ReferenceEquals(index, together))
                {
                    il.Emit(OpCodes.Ldc_I8, (long)r);
                    il.Emit(OpCodes.Add);
                }

                break;
            case IndexOperation.Slot:
                PushSlot(index.Value);
                il.Emit(OpCodes.Ldind_I4);
                il.Emit(OpCodes.Conv_I8);
                break;
            case IndexOperation.Drawn:
                PushOne(program.Batch!, index.A!, r);
                il.Emit(layout.Target.IsDouble ? OpCodes.Ldind_R8 : OpCodes.Ldind_R4);
                il.Emit(OpCodes.Conv_I8);
                break;
            case IndexOperation.Gather:
                var array = program.Indices.Single(p => ReferenceEquals(p.Values, index.Key.Data)).Array;
                il.Emit(OpCodes.Ldarg_2);
                Offset(layout.IndicesAt + (4L * array.Offset));
                PushIndex(index.A!, r);
                il.Emit(OpCodes.Ldc_I4_4);
                il.Emit(OpCodes.Conv_I8);
                il.Emit(OpCodes.Mul);
                il.Emit(OpCodes.Conv_I);
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Ldind_I4);
                il.Emit(OpCodes.Conv_I8);
                break;
            case IndexOperation.Divide or IndexOperation.Modulo:
                PushQuotient(index, r);
                break;
            default:
                PushIndex(index.A!, r);
                PushIndex(index.B!, r);
                il.Emit(IndexArithmetic.Of(index.Operation));
                break;
        }
    }

    /// <summary>The circular memory goes on by one of its places.</summary>
    public void NextTurn(int turns)
    {
        PushSlot(0);
        PushSlot(0);
        il.Emit(OpCodes.Ldind_I4);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldc_I4, turns);
        il.Emit(OpCodes.Rem_Un);
        il.Emit(OpCodes.Stind_I4);
    }

    private void PushLoop(Index index)
    {
        needed.Add(index);
        il.Emit(OpCodes.Ldloc, indices[index]);
    }

    private void PushSlot(long slot)
    {
        il.Emit(OpCodes.Ldarg_1);
        Offset(layout.SlotsAt + (4 * slot));
    }

    private void PushQuotient(Index index, int r)
    {
        var lift = index.Lift;
        PushIndex(index.A!, r);
        if (lift != 0)
        {
            PushIndex(index.B!, r);
            il.Emit(OpCodes.Ldc_I8, lift);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Add);
        }

        PushIndex(index.B!, r);
        il.Emit(IndexArithmetic.Of(index.Operation));
        if (lift != 0 && index.Operation == IndexOperation.Divide)
        {
            il.Emit(OpCodes.Ldc_I8, lift);
            il.Emit(OpCodes.Sub);
        }
    }

    private void Offset(long bytes)
    {
        if (bytes != 0)
        {
            il.Emit(OpCodes.Ldc_I8, bytes);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
        }
    }
}
