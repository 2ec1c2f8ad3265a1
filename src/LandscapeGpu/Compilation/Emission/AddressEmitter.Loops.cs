using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <content>Loops: their indices, the multiples of these that addresses are made of, and where they end.</content>
internal sealed partial class AddressEmitter
{
    // Multiples of one index that are kept beside it; a general register each.
    private const int MostStrides = 3;

    private readonly Dictionary<Index, List<Multiple>> multiples = [];
    // Indices that were needed as such, not only their multiples.
    private readonly HashSet<Index> needed = [];

    /// <summary>Starts a loop's index at 0, and what its addresses are made of.</summary>
    public void Begin(Loop loop)
    {
        needed.Remove(loop.Variable);
        indices.Add(loop.Variable, Zero());
        multiples.Add(loop.Variable, AddressTerms.Strides(loop, layout, MostStrides).ConvertAll(stride => new Multiple(stride, Zero())));
    }

    /// <summary>Keeps where iterations end that go on by so many at a time; null where it is a number.</summary>
    public LocalBuilder? KeepEnd(Index variable, int step)
    {
        if (Counter(variable).Stride == 1 || variable.Extent.IsConstant)
        {
            return null;
        }

        var end = pool.Take(typeof(long));
        PushEnd(variable, step);
        il.Emit(OpCodes.Stloc, end);
        return end;
    }

    /// <summary>Pushes how far a loop is and where it ends: as addresses count where they do, so that the index itself need not be counted if nothing else needs it.</summary>
    public void PushProgress(Index variable, int step, LocalBuilder? end)
    {
        il.Emit(OpCodes.Ldloc, Counter(variable).Local);
        if (end is null)
        {
            PushEnd(variable, step);
        }
        else
        {
            il.Emit(OpCodes.Ldloc, end);
            pool.Return(end);
        }
    }

    private void PushEnd(Index variable, int step)
    {
        var end = variable.Extent + (1 - step);
        if (end.IsConstant)
        {
            il.Emit(OpCodes.Ldc_I8, end.Value * Counter(variable).Stride);
            return;
        }

        PushIndex(end, 0);
        if (Counter(variable).Stride > 1)
        {
            il.Emit(OpCodes.Ldc_I8, Counter(variable).Stride);
            il.Emit(OpCodes.Mul);
        }
    }

    /// <summary>The multiple of an index that tells how far its loop is, or the index.</summary>
    private Multiple Counter(Index variable) => multiples[variable].Find(m => m.Stride > 1) ?? new(1, indices[variable]);

    /// <summary>After iterations in which the index was not counted, it is what its multiples say.</summary>
    public void CatchUp(Index variable)
    {
        if (IsUncounted(variable))
        {
            il.Emit(OpCodes.Ldloc, Counter(variable).Local);
            il.Emit(OpCodes.Ldc_I8, Counter(variable).Stride);
            il.Emit(OpCodes.Div);
            il.Emit(OpCodes.Stloc, indices[variable]);
        }
    }

    private bool IsUncounted(Index variable) => Counter(variable).Stride > 1 && !needed.Contains(variable);

    /// <summary>Goes on by so many iterations.</summary>
    public void Advance(Index variable, int step)
    {
        if (!IsUncounted(variable))
        {
            Advance(indices[variable], step);
        }

        foreach (var multiple in multiples[variable])
        {
            Advance(multiple.Local, step * multiple.Stride);
        }
    }

    public void End(Index variable)
    {
        indices.Remove(variable, out var local);
        pool.Return(local!);
        multiples.Remove(variable, out var spent);
        spent!.ForEach(multiple => pool.Return(multiple.Local));
    }

    private LocalBuilder Zero()
    {
        var local = pool.Take(typeof(long));
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Stloc, local);
        return local;
    }

    private void Advance(LocalBuilder local, long by)
    {
        il.Emit(OpCodes.Ldloc, local);
        il.Emit(OpCodes.Ldc_I8, by);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, local);
    }

    /// <summary>A multiple of a loop's index that is kept beside it.</summary>
    private sealed record Multiple(long Stride, LocalBuilder Local);
}
