namespace LandscapeGpu.Compilation;

/// <summary>What indices are known to be while loops are written out.</summary>
internal sealed class IndexValues
{
    private readonly Dictionary<Index, long> loops = [];
    private readonly Dictionary<Index, int> shifts = [];

    /// <summary>Loops of four iterations and more that are written out just now.</summary>
    public IEnumerable<Index> WrittenOut => loops.Keys.Where(l => l.Extent.Least >= 4);

    /// <summary>How much further on an index is when one loop has gone on by one; null where that is known only at run time.</summary>
    public long? Advance(Index index, Index loop)
    {
        if (loops.TryGetValue(loop, out var value))
        {
            var here = SplitIndex.Of(index, 0, this).Fixed;
            var step = value + 1 < loop.Extent.Greatest ? 1 : -1;
            loops[loop] = value + step;
            var there = SplitIndex.Of(index, 0, this).Fixed;
            loops[loop] = value;
            return step * (there - here);
        }

        var shift = ShiftOf(loop);
        var before = SplitIndex.Of(index, 0, this).Fixed;
        shifts[loop] = shift + 1;
        var after = SplitIndex.Of(index, 0, this).Fixed;
        shifts[loop] = shift;
        return after - before;
    }

    public void Set(Index loop, long value) => loops[loop] = value;

    public void Clear(Index loop) => loops.Remove(loop);

    /// <summary>A loop's index is so much more than it is at the first of the iterations that run together.</summary>
    public void Shift(Index loop, int by) => shifts[loop] = by;

    public int ShiftOf(Index loop) => shifts.GetValueOrDefault(loop);

    /// <summary>The value of an index; null where it is known only at run time.</summary>
    public long? Of(Index index) => IsKnown(index) ? index.Evaluate(loop => loops[loop]) : null;

    private bool IsKnown(Index index) => index.Operation switch
    {
        IndexOperation.Constant => true,
        IndexOperation.Loop => loops.ContainsKey(index),
        IndexOperation.Slot or IndexOperation.Drawn => false,
        IndexOperation.Gather => IsKnown(index.A!),
        _ => IsKnown(index.A!) && IsKnown(index.B!),
    };
}
