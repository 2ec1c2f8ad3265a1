namespace LandscapeGpu.Compilation;

/// <summary>An index as the sum of what is known only when the program runs and of a number that is known when it is written.</summary>
/// <param name="Moving">A number times an index each; they are added.</param>
/// <param name="Fixed">The number.</param>
internal sealed record SplitIndex(IReadOnlyList<(Index Index, long Factor)> Moving, long Fixed)
{
    /// <summary>Splits an index; neither part is negative, which devices' addresses must not be.</summary>
    /// <param name="index">What is split.</param>
    /// <param name="offset">A number that belongs to the known part.</param>
    /// <param name="known">What is known.</param>
    public static SplitIndex Of(Index index, int offset, IndexValues known)
    {
        var moving = new List<(Index Index, long Factor)>();
        var number = offset + Collect(index, 1, known, moving);
        return number >= 0 && moving.TrueForAll(m => m is { Factor: >= 0, Index.Least: >= 0 }) ? new(moving, number) : new([(index, 1)], offset);
    }

    private static long Collect(Index index, long factor, IndexValues known, List<(Index Index, long Factor)> moving)
    {
        if (known.Of(index) is { } number)
        {
            return factor * number;
        }

        switch (index.Operation)
        {
            case IndexOperation.Add:
                return Collect(index.A!, factor, known, moving) + Collect(index.B!, factor, known, moving);
            case IndexOperation.Subtract:
                return Collect(index.A!, factor, known, moving) + Collect(index.B!, -factor, known, moving);
            case IndexOperation.Multiply when known.Of(index.B!) is { } b:
                return Collect(index.A!, factor * b, known, moving);
            case IndexOperation.Multiply when known.Of(index.A!) is { } a:
                return Collect(index.B!, factor * a, known, moving);
            case IndexOperation.Loop:
                moving.Add((index, factor));
                return factor * known.ShiftOf(index);
            default:
                moving.Add((index, factor));
                return 0;
        }
    }
}
