namespace LandscapeGpu.Compilation;

/// <summary>What carries a restart, as far as its code depends on that.</summary>
internal sealed record KernelCarrier
{
    /// <summary>The loops whose sums are made of parts; null for none.</summary>
    public SampleSplit? Split { get; init; }

    /// <summary>How a warp whose state is in registers carries a restart; null where none does.</summary>
    public WarpChoice? Warps { get; init; }

    /// <summary>The loops whose iterations lanes of a warp take; null for none. A thread that carries a restart alone adds their sums in the order of lanes.</summary>
    public LaneLoops? Lanes { get; init; }

    /// <summary>How many warps it is; 0 for a thread.</summary>
    public int WarpCount { get; init; }
}
