namespace LandscapeGpu.Spectra;

/// <summary>What kind of stationary point a point is, by the spectrum of the Hessian there.</summary>
public enum StationaryKind
{
    /// <summary>All eigenvalues positive (on sides of a region: of the directions that are not held).</summary>
    Minimum,

    /// <summary>A minimum of the region that lies on its boundary: held there by the gradient, or kept from falling by sides without a push.</summary>
    BoundaryMinimum,

    /// <summary>No negative eigenvalue, some zero: flat directions.</summary>
    DegenerateMinimum,

    /// <summary>No negative eigenvalue, some zero, and yet no minimum: along the flat directions the value keeps falling, as far as it was followed.</summary>
    FallingValley,

    /// <summary>No negative eigenvalue, some zero, and yet no minimum: from close by, at the scale of the flat directions, the value falls below the point's.</summary>
    DegenerateSaddle,

    /// <summary>A minimum by the values all round it, where the Hessian is not finite.</summary>
    SingularMinimum,

    /// <summary>The Hessian is not finite, and the values around do not make it a minimum.</summary>
    Singular,

    /// <summary>Some eigenvalue clearly negative: descent can leave.</summary>
    StrictSaddle,

    /// <summary>A minimum where f has no gradient: at a kink or a jump, found by values alone.</summary>
    MinimumAtKink,

    /// <summary>A minimum at the edge of the formula's definition: beyond it an argument leaves the range of its operation, as that of √u does where u is negative.</summary>
    EdgeMinimum,

    /// <summary>All eigenvalues negative.</summary>
    Maximum,

    /// <summary>No stationary point: far out on a tail, where slope and curvature have become smaller than the least number there is.</summary>
    Tail,

    /// <summary>It cannot be told: second-order conditions do not decide, or are too many to be tried.</summary>
    Undecided,
}
