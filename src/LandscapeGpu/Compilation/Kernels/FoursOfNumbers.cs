using System.Reflection.Emit;

namespace LandscapeGpu.Compilation;

/// <summary>Data that lie side by side and are read side by side: loaded four at once, and held for those that read them next.</summary>
/// <remarks>Data do not change while a kernel runs: what is held is good as long as the loops around it have not gone on.</remarks>
internal sealed class FoursOfNumbers(ILGenerator il, KernelIndexEmitter indices, KernelCode code, LocalPool pool, Action<SplitIndex, long> pushNumber)
{
    private readonly int most = Math.Max(0, Residence.RegistersFor(code.Program.IsDouble, code.Split.Sums) - code.Residence.Registers) / LaneData.Together;
    private readonly List<Held> held = [];
    private int depth;

    public void Enter() => depth++;

    public void Leave()
    {
        Forget(h => h.Depth == depth);
        depth--;
    }

    /// <summary>Where a number is held, loading it if need be; null where it is better loaded by itself.</summary>
    public LocalBuilder? Find(Index index, SplitIndex split)
    {
        if (split.Moving.Count == 0 || !split.Moving.All(m => m.Index.Operation == IndexOperation.Loop && (m.Factor % LaneData.Together == 0 || indices.StrideOf(m.Index) % LaneData.Together == 0)))
        {
            return null;
        }

        var begin = split.Fixed / LaneData.Together * LaneData.Together;
        var four = held.Find(h => h.Begin == begin && h.Moving.SequenceEqual(split.Moving));
        if (four is null)
        {
            if (most == 0 || !indices.IsSideBySide(index))
            {
                return null;
            }

            held.Add(four = new(split.Moving, begin, depth, Load(split, begin)));
            if (held.Count > most)
            {
                var oldest = held[0];
                Forget(h => ReferenceEquals(h, oldest));
            }
        }

        return four.Locals[split.Fixed - begin];
    }

    private LocalBuilder[] Load(SplitIndex split, long begin)
    {
        pushNumber(split, begin);
        il.Emit(OpCodes.Call, code.Memory.LoadNumbers);
        var all = pool.Take(code.Memory.LoadNumbers.ReturnType);
        il.Emit(OpCodes.Stloc, all);
        var locals = code.Memory.Parts.Select(part =>
        {
            var local = pool.Take(code.Layout.Target.Element);
            il.Emit(OpCodes.Ldloca, all);
            il.Emit(OpCodes.Call, part);
            il.Emit(OpCodes.Stloc, local);
            return local;
        }).ToArray();
        pool.Return(all);
        return locals;
    }

    private void Forget(Predicate<Held> which)
    {
        foreach (var local in held.FindAll(which).SelectMany(h => h.Locals))
        {
            pool.Return(local);
        }

        held.RemoveAll(which);
    }

    private sealed record Held(IReadOnlyList<(Index Index, long Factor)> Moving, long Begin, int Depth, LocalBuilder[] Locals);
}
