namespace LandscapeGpu.Compilation;

/// <summary>
/// Takes out copies at the end of a program: where every other use of the array that is overwritten comes before, the loop
/// that makes the new contents writes them there itself.
/// </summary>
/// <remarks>
/// The copy is <c>for i: to[i + c] = from[i]</c> with a temporary <c>from</c>. It can go if, from the statement that first
/// writes <c>from</c> on, nothing else reads or writes <c>to</c>; in that very loop, reading the element of the same
/// iteration before it is written is allowed, and everywhere reading another row than the one that is written: of pairs that
/// a rule keeps in turn, the others.
/// </remarks>
internal static class CopyElimination
{
    public static void Apply(Program program, IReadOnlyCollection<ProgramArray> known)
    {
        var top = program.Body.Statements;
        foreach (var loop in top.OfType<Loop>().ToList())
        {
            foreach (var store in loop.Body.Statements.OfType<Store>().ToList())
            {
                if (IsCopy(store, loop, known) && CanGo(program, loop, store))
                {
                    loop.Body.Statements.Remove(store);
                    Redirect(program, store.Value.Array!, store);
                }
            }

            if (loop.Body.Statements.All(s => s is Let))
            {
                top.Remove(loop);
            }
        }
    }

    private static bool IsCopy(Store store, Loop loop, IReadOnlyCollection<ProgramArray> known) =>
        store is { Factor: null, Negated: false, Value: { Instruction: Instruction.Load, Array: { Memory: Memory.State } from } }
        && ReferenceEquals(store.Value.Home, loop.Body)
        && ReferenceEquals(store.Value.Index, loop.Variable)
        && !known.Contains(from)
        && loop.Variable.Extent.IsConstant && loop.Variable.Extent.Value == from.Length
        && Offset(store.Index, loop.Variable) is not null;

    /// <summary>What is added to the loop's index; null if the index is something else.</summary>
    private static Index? Offset(Index index, Index variable) =>
        ReferenceEquals(index, variable) ? 0
        : index is { Operation: IndexOperation.Add } && ReferenceEquals(index.A, variable) && !index.B!.Free.Contains(variable) ? index.B
        : index is { Operation: IndexOperation.Add } && ReferenceEquals(index.B, variable) && !index.A!.Free.Contains(variable) ? index.A
        : null;

    private static bool CanGo(Program program, Loop copy, Store store)
    {
        var (from, to) = (store.Value.Array!, store.Array);
        var top = program.Body.Statements;
        var first = top.FindIndex(s => Writes(s, from));
        if (first < 0 || top[first] is not Loop maker || ReferenceEquals(maker, copy) || !ReferenceEquals(maker.Variable, copy.Variable))
        {
            return false;
        }

        var end = top.IndexOf(copy);
        for (var k = first; k < top.Count; k++)
        {
            if (k == end)
            {
                // The same loop may copy other arrays, but must not touch this one.
                if (copy.Body.Statements.Any(s => !ReferenceEquals(s, store) && Touches(s, to)))
                {
                    return false;
                }
            }
            else if (k == first ? !TouchesInOrder(maker, from, to, store) : Touches(top[k], to, store.Index))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>In the loop that makes the new contents, the old are read only at the same element, and before.</summary>
    private static bool TouchesInOrder(Loop maker, ProgramArray from, ProgramArray to, Store copy)
    {
        var body = maker.Body.Statements;
        var written = body.FindIndex(s => s is Store w && ReferenceEquals(w.Array, from));
        if (written < 0 || body.Count(s => Writes(s, from)) != 1 || !ReferenceEquals(((Store)body[written]).Index, maker.Variable))
        {
            return false;
        }

        for (var k = 0; k < body.Count; k++)
        {
            var same = body[k] is Let { Value: { Instruction: Instruction.Load, Index: { } at } } && SameElement(at, copy.Index);
            if (Touches(body[k], to, copy.Index) && !(same && k < written))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameElement(Index a, Index b) => ReferenceEquals(a, b) || a.ToString() == b.ToString();

    private static bool Touches(Statement statement, ProgramArray array, Index? written = null) => statement switch
    {
        Let s => ReferenceEquals(s.Value.Array, array) && (written is null || !IsOtherRow(Linear.Of(s.Value.Index!), Linear.Of(written))),
        Loop s => s.Body.Statements.Any(inner => Touches(inner, array, written)),
        _ => Writes(statement, array),
    };

    /// <summary>Whether one index is certain to lie in row (n + c) mod m of a matrix and the other in row n, where c is no multiple of m.</summary>
    private static bool IsOtherRow(Linear one, Linear other) => one.Terms.Any(t =>
        t.Term is { Operation: IndexOperation.Modulo, A: { Operation: IndexOperation.Add, A: { Operation: IndexOperation.Slot } slot, B: { IsConstant: true, Value: var c } }, B: { IsConstant: true, Value: var m } }
        && slot.Extent.Value == m && c % m != 0
        && other.Terms.Any(o => ReferenceEquals(o.Term, slot) && o.Factor == t.Factor)
        && IsColumn(one, t.Term, t.Factor) && IsColumn(other, slot, t.Factor));

    /// <summary>Whether an index without one of its terms is 0 … length − 1.</summary>
    private static bool IsColumn(Linear index, Index row, long length)
    {
        var rest = index.Terms.Where(t => !ReferenceEquals(t.Term, row)).ToList();
        var (least, greatest) = ((Int128)index.Constant, (Int128)index.Constant);
        foreach (var (term, factor) in rest)
        {
            least += (Int128)factor * (factor > 0 ? term.Least : term.Greatest);
            greatest += (Int128)factor * (factor > 0 ? term.Greatest : term.Least);
        }

        return least >= 0 && greatest < length;
    }

    private static bool Writes(Statement statement, ProgramArray array) => statement switch
    {
        Store s => ReferenceEquals(s.Array, array),
        Accumulate s => ReferenceEquals(s.Array, array),
        Loop s => s.Body.Statements.Any(inner => Writes(inner, array)),
        _ => false,
    };

    /// <summary>Everything that was done with the temporary is done with the array itself.</summary>
    private static void Redirect(Program program, ProgramArray from, Store copy)
    {
        var offset = copy.Index;
        foreach (var block in program.Blocks())
        {
            for (var k = 0; k < block.Statements.Count; k++)
            {
                switch (block.Statements[k])
                {
                    case Let { Value: { } v } when ReferenceEquals(v.Array, from):
                        v.Redirect(copy.Array, Shifted(v.Index!));
                        break;
                    case Store s when ReferenceEquals(s.Array, from):
                        block.Statements[k] = new Store(copy.Array, Shifted(s.Index), s.Value) { Factor = s.Factor, Negated = s.Negated };
                        break;
                    case Accumulate s when ReferenceEquals(s.Array, from):
                        block.Statements[k] = new Accumulate(copy.Array, Shifted(s.Index), s.Value) { Factor = s.Factor, Negated = s.Negated };
                        break;
                }
            }
        }

        program.State.Remove(from);

        Index Shifted(Index index) => Offset(offset, Variable())! + index;

        Index Variable() => offset.Operation == IndexOperation.Loop ? offset : offset.Free.Variables[^1];
    }
}
