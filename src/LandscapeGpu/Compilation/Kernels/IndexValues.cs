namespace LandscapeGpu.Compilation;

/// <summary>What indices are known to be while loops are written out.</summary>
internal sealed class IndexValues
{
    private readonly Dictionary<Index, long> loops = [];
    private readonly Dictionary<Index, int> shifts = [];

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
