namespace LandscapeGpu.Compilation;

/// <summary>How many lines of the cache lanes reach for the data of their samples: what one load takes the first cache, in cycles.</summary>
internal static class DataLines
{
    private const int Together = 4;

    /// <summary>Lines for one turn of a loop over samples.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="lanes">How many samples, one after the other, are loaded at once; 1 where all lanes load the same.</param>
    /// <param name="elements">Numbers in a line.</param>
    public static double Of(Loop loop, int lanes, int elements) => Of(loop.Body, loop, 1, lanes, elements);

    private static double Of(Block block, Loop loop, double times, int lanes, int elements) => block.Statements.Sum(s => s switch
    {
        Let { Value: { Instruction: Instruction.Load, Array.Memory: Memory.Data } v } => times * OfLoad(v.Index!, loop, times, lanes, elements),
        Loop inner => Of(inner.Body, loop, times * OperationCount.Iterations(inner.Variable), lanes, elements),
        _ => 0,
    });

    private static double OfLoad(Index index, Loop loop, double times, int lanes, int elements)
    {
        var stride = Math.Abs(new IndexValues().Advance(index, loop.Variable) ?? elements);
        // Numbers that lie side by side are loaded four at once.
        var together = stride % Together == 0 && times >= Together ? Together : 1;
        return Math.Clamp((double)lanes * Math.Max(stride, together) / elements, 1, lanes) / together;
    }
}
