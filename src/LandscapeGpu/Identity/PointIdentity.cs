namespace LandscapeGpu.Identity;

/// <summary>When two endpoints are the same minimum.</summary>
/// <remarks>
/// An identity maps every endpoint to a row of numbers, and endpoints whose rows are linked at the tolerance are one
/// minimum (<see cref="Linkage"/>). It is a pure function of stored endpoints: another tolerance, or another
/// identity, needs no rerun. The default tolerances suit endpoints polished to about nine digits.
/// </remarks>
internal abstract record PointIdentity
{
    private protected PointIdentity(double tolerance)
    {
        if (!(tolerance > 0 && double.IsFinite(tolerance)))
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "A tolerance is a positive, finite distance.");
        }

        Tolerance = tolerance;
    }

    /// <summary>The distance at which two endpoints' rows are linked.</summary>
    public double Tolerance { get; }

    /// <summary>Ten times as far as polish is taken to leave a point from the stationary one where nobody said how near it has come.</summary>
    internal const double Usual = 10 * EndpointGroups.DefaultGrain;

    // Values and moments of spectra are known to more digits than places.
    private const double UsualOfInvariants = 0.1 * Usual;

    /// <summary>The same place: Euclidean distance of the points, in the units of the coordinates.</summary>
    public static LocationIdentity Location(double tolerance = Usual) => new(tolerance);

    /// <summary>The same place up to a symmetry of the objective.</summary>
    public static SymmetryIdentity Modulo(Symmetry symmetry, double tolerance = Usual) => new(symmetry, tolerance);

    /// <summary>The same value and spectrum, wherever it is; needs no declared symmetry.</summary>
    public static FingerprintIdentity Fingerprint(double tolerance = UsualOfInvariants) => new(tolerance);

    /// <summary>The rows that are compared.</summary>
    /// <param name="endpoints">The stored endpoints.</param>
    /// <param name="threads">How many threads; nothing depends on it.</param>
    public abstract PointTable Rows(StoredEndpoints endpoints, int threads);
}
