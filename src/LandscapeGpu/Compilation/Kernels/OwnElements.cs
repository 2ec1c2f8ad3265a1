namespace LandscapeGpu.Compilation;

/// <summary>Whether iterations of a loop may run at the same time: what one of them stores or adds to is its own, and no other reads it.</summary>
internal static class OwnElements
{
    /// <summary>Asks of a loop.</summary>
    public static bool Are(Loop loop)
    {
        var (inside, isFree) = (new List<Loop>(), true);
        var uses = new List<(ProgramArray Place, Index Index, bool IsWritten)>();
        Visit(loop.Body);
        return isFree && uses.Where(u => u.IsWritten).Select(u => u.Place).Distinct().All(place => AreApart(loop, inside, uses.Where(u => ReferenceEquals(u.Place, place)).Select(u => u.Index)));

        void Visit(Block block)
        {
            foreach (var statement in block.Statements)
            {
                switch (statement)
                {
                    case Flag:
                        isFree = false;
                        break;
                    case Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.State } v }:
                        Use(v.Array!, v.Index!, false);
                        break;
                    case Store store:
                        Use(store.Array, store.Index, true);
                        break;
                    case Accumulate sum:
                        Use(sum.Array, sum.Index, true);
                        break;
                    case Loop inner:
                        inside.Add(inner);
                        Visit(inner.Body);
                        break;
                }
            }
        }

        void Use(ProgramArray array, Index index, bool isWritten)
        {
            // What each iteration makes anew is one place for all of them.
            isFree &= !array.Free.Contains(loop.Variable);
            uses.Add((array.Shares ?? array, index, isWritten));
        }
    }

    /// <summary>Whether elements are a distance times the number of the iteration and less than that distance from each other.</summary>
    private static bool AreApart(Loop loop, List<Loop> inside, IEnumerable<Index> indices)
    {
        var (distance, least, greatest) = (0L, long.MaxValue, long.MinValue);
        List<(Index Index, long Factor)>? outside = null;
        foreach (var index in indices)
        {
            var split = SplitIndex.Of(index, 0, new());
            var own = split.Moving.Where(m => ReferenceEquals(m.Index, loop.Variable)).Sum(m => m.Factor);
            var within = split.Moving.Where(m => inside.Exists(l => ReferenceEquals(l.Variable, m.Index))).ToList();
            var others = split.Moving.Where(m => !ReferenceEquals(m.Index, loop.Variable) && !within.Contains(m)).ToList();
            if (own == 0 || (distance != 0 && own != distance) || (outside is not null && !outside.SequenceEqual(others))
                || others.Exists(m => m.Index.Free.Contains(loop.Variable) || inside.Exists(l => m.Index.Free.Contains(l.Variable))))
            {
                return false;
            }

            (distance, outside) = (own, others);
            least = Math.Min(least, split.Fixed);
            greatest = Math.Max(greatest, split.Fixed + within.Sum(m => m.Factor * Math.Max(0, m.Index.Greatest)));
        }

        return greatest - least < distance;
    }
}
