namespace LandscapeGpu.Compilation;

/// <summary>Lets temporary vectors lie where earlier ones did that nobody reads any more: what is small stays in the nearest cache.</summary>
/// <remarks>
/// A vector may also take the place of one that is read for the last time in the loop that makes it, if that loop reads only
/// the element it is about to overwrite, and before it does.
/// </remarks>
internal static class SharedMemory
{
    public static void Assign(Program program, IReadOnlyCollection<ProgramArray> known)
    {
        var top = program.Body.Statements;
        var lives = program.State
            .Where(a => !known.Contains(a) && a.Free.IsEmpty)
            .Select(a => (Array: a, First: top.FindIndex(s => Touches(s, a)), Last: top.FindLastIndex(s => Touches(s, a))))
            .Where(l => l.First >= 0)
            .OrderBy(l => l.First)
            .ToList();
        var places = new List<(ProgramArray Owner, ProgramArray Tenant, int Until)>();
        foreach (var (array, first, last) in lives)
        {
            var free = places.FindIndex(p => p.Owner.Length == array.Length
                && (p.Until < first || (p.Until == first && FollowsInStep(top[first], p.Tenant, array))));
            if (free < 0)
            {
                places.Add((array, array, last));
                continue;
            }

            array.Shares = places[free].Owner;
            places[free] = (places[free].Owner, array, last);
        }

        // Memory is laid out in order: owners come before those that share with them.
        var ordered = program.State.OrderBy(a => a.Shares is null ? 0 : 1).ToList();
        program.State.Clear();
        program.State.AddRange(ordered);
    }

    private static bool FollowsInStep(Statement statement, ProgramArray old, ProgramArray made)
    {
        if (statement is not Loop loop)
        {
            return false;
        }

        var body = loop.Body.Statements;
        var write = body.FindIndex(s => s is Store w && ReferenceEquals(w.Array, made));
        return write >= 0 && ReferenceEquals(((Store)body[write]).Index, loop.Variable)
            && body.Select((s, k) => (s, k)).All(p => !Touches(p.s, old)
                || (p.k < write && p.s is Let { Value: { Instruction: Instruction.Load, Index: { } at } } && ReferenceEquals(at, loop.Variable)))
            && body.Where((_, k) => k != write).All(s => !Touches(s, made));
    }

    private static bool Touches(Statement statement, ProgramArray array) => statement switch
    {
        Let s => ReferenceEquals(s.Value.Array, array),
        Store s => ReferenceEquals(s.Array, array),
        Accumulate s => ReferenceEquals(s.Array, array),
        Loop s => s.Body.Statements.Any(inner => Touches(inner, array)),
        _ => false,
    };
}
