namespace LandscapeGpu.Execution;

/// <summary>Results of numbered items, some of which may be missing: a device that failed leaves such a table.</summary>
internal interface IRows<in TSelf>
{
    /// <summary>Whether there is a result for an item.</summary>
    bool IsFinished(int item);

    /// <summary>Sets an item's result to one of another table.</summary>
    void Take(int to, TSelf others, int from);
}
