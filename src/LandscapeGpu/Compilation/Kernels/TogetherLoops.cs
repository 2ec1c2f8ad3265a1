namespace LandscapeGpu.Compilation;

/// <summary>How many iterations of a kernel's loops are written side by side, so that what they share is loaded once and the loop itself costs less.</summary>
/// <remarks>Every sum is added up in the order of its terms, as if they were not: not a bit depends on it.</remarks>
internal sealed class TogetherLoops(Program program, Residence residence, IndexValues known)
{
    private const int MostRows = 8;
    private const int MostTurns = 4;

    // Statements that are written, and of an innermost loop that is short beside what it costs to go round.
    private const int MostStatements = 256;
    private const int ShortBody = 16;

    /// <summary>Of a loop around innermost loops, the rows of a matrix product: how many rows share what the inner loops load. 1 for any other loop.</summary>
    public int Rows(Loop loop)
    {
        var inner = loop.Body.Statements.OfType<Loop>().ToList();
        var statements = loop.Body.Statements.Count + inner.Sum(l => l.Body.Statements.Count);
        return Tiling.HasRows(loop) && !Tiling.OrderMatters(loop)
            && inner.TrueForAll(l => !residence.WritesOut(l, known.Of(l.Variable.Extent)))
            // Such an array would need a copy for each row.
            && program.State.TrueForAll(a => !a.Free.Contains(loop.Variable))
            ? Divisor(loop.Variable.Extent, Math.Min(MostRows, MostStatements / statements))
            : 1;
    }

    /// <summary>Of an innermost loop: how many turns are written before it goes round. Loops inside it are written out.</summary>
    public int Turns(Loop loop) => Length(loop.Body) switch
    {
        null => 1,
        <= ShortBody => Divisor(loop.Variable.Extent, MostTurns),
        var length => Divisor(loop.Variable.Extent, (int)Math.Clamp(4 * MostStatements / length.Value, 1, MostTurns)),
    };

    /// <summary>How many statements a body is once it is written; null where a loop stays.</summary>
    private long? Length(Block body)
    {
        var length = (long)body.Statements.Count;
        foreach (var inner in body.Statements.OfType<Loop>())
        {
            if (known.Of(inner.Variable.Extent) is not { } extent || !residence.WritesOut(inner, extent) || Length(inner.Body) is not { } one)
            {
                return null;
            }

            length += extent * one;
        }

        return length;
    }

    /// <summary>The largest number that divides an extent and is no larger than another.</summary>
    private int Divisor(Index extent, int most) => known.Of(extent) is { } n ? Enumerable.Range(1, Math.Max(1, most)).Last(t => n % t == 0) : 1;
}
