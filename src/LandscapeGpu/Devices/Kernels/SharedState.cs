namespace LandscapeGpu.Devices.Kernels;

/// <summary>When state that is not in registers is in memory which the threads of a block share.</summary>
internal enum SharedState
{
    /// <summary>Where a step is clearly faster so, by the planner's model.</summary>
    WhereFaster,

    /// <summary>As much as there is room for: for tests.</summary>
    WhereItFits,
}
