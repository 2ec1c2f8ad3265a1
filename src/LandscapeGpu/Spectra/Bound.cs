namespace LandscapeGpu.Spectra;

/// <summary>Where a coordinate of a point in a box is.</summary>
public enum Bound
{
    /// <summary>Strictly between its bounds.</summary>
    None,

    /// <summary>At its lower bound.</summary>
    Lower,

    /// <summary>At its upper bound.</summary>
    Upper,
}
