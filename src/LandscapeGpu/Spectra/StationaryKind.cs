namespace LandscapeGpu.Spectra;

/// <summary>What kind of stationary point a point is, by the spectrum of the Hessian there.</summary>
public enum StationaryKind
{
    /// <summary>All eigenvalues positive (on a box: of the coordinates that are not held at a bound).</summary>
    Minimum,

    /// <summary>A minimum of the box that is held at a bound by a multiplier of the right sign.</summary>
    BoundaryMinimum,

    /// <summary>No negative eigenvalue, some zero: flat directions.</summary>
    DegenerateMinimum,

    /// <summary>No negative eigenvalue, some zero, and yet no minimum: along the flat directions the value keeps falling, as far as it was followed.</summary>
    FallingValley,

    /// <summary>Some eigenvalue clearly negative: descent can leave.</summary>
    StrictSaddle,

    /// <summary>All eigenvalues negative.</summary>
    Maximum,
}
