namespace LandscapeGpu.Devices.Kernels;

/// <summary>What carries a restart.</summary>
internal enum Carriers
{
    /// <summary>A warp where restarts are so few that a step is clearly faster so, by the planner's model, or a block of several; else a thread.</summary>
    WhateverIsFaster,

    /// <summary>A thread, however few restarts there are: for tests.</summary>
    Threads,

    /// <summary>A warp wherever it can: for tests.</summary>
    Warps,

    /// <summary>A block of as many warps as can, wherever a warp can: for tests.</summary>
    Blocks,
}
