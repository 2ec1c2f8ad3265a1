namespace LandscapeGpu.Compilation;

/// <summary>How many lines of the cache the threads of a warp reach for data in one turn of a loop over samples: what these loads take the first cache, in cycles.</summary>
internal static class DataLines
{
    /// <summary>Lines for one turn.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="copies">Data in the order of lanes, each of which has another sample; null where all have the same.</param>
    /// <param name="elements">Numbers in a line.</param>
    public static double Of(Loop loop, LaneData? copies, int elements) => Of(loop.Body, loop, 1, copies, elements);

    private static double Of(Block block, Loop loop, double times, LaneData? copies, int elements) => block.Statements.Sum(s => s switch
    {
        Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.Data } v } => times * OfLoad(v, loop, times, copies, elements),
        Loop inner => Of(inner.Body, loop, times * OperationCount.Iterations(inner.Variable), copies, elements),
        _ => 0,
    });

    private static double OfLoad(Value load, Loop loop, double times, LaneData? copies, int elements)
    {
        var stride = Math.Abs(new IndexValues().Advance(load.Index!, loop.Variable) ?? elements);
        // Numbers that lie side by side are loaded four at once.
        var together = stride % LaneData.Together == 0 && times >= LaneData.Together ? LaneData.Together : 1;
        return copies is null ? 1.0 / together : Math.Clamp((double)SampleSplit.Parts * (copies.Of(load.Array!) is null ? Math.Max(stride, together) : together) / elements, 1, SampleSplit.Parts) / together;
    }
}
