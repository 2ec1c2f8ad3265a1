namespace LandscapeGpu.Identity;

/// <summary>When two endpoints are the same minimum.</summary>
/// <remarks>
/// An identity maps every endpoint to a row of numbers, and endpoints whose rows are linked at the tolerance are one
/// minimum (<see cref="Clustering"/>). It is a pure function of stored endpoints: another tolerance, or another
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

    /// <summary>Decides which endpoints are the same minimum, and how clear the decision is.</summary>
    /// <param name="endpoints">The stored endpoints, in the order of their restarts.</param>
    /// <param name="threads">Threads to use; 0 is one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A number is not finite, or the identity does not apply to points of this length.</exception>
    public Identification Identify(StoredEndpoints endpoints, int threads = 0)
    {
        var rows = RowsOf(endpoints, new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? -1 : threads });
        var assignment = Clustering.Cluster(rows.Values, rows.Dimension, Tolerance, threads);
        return new Identification(assignment, IdentityMargin.Of(rows, assignment, Tolerance, threads));
    }

    /// <summary>The rows that are compared.</summary>
    internal PointTable Rows(StoredEndpoints endpoints, int threads) => RowsOf(endpoints, new ParallelOptions { MaxDegreeOfParallelism = threads });

    /// <summary>The rows that are clustered.</summary>
    private protected abstract PointTable RowsOf(StoredEndpoints endpoints, ParallelOptions parallel);
}

/// <summary>Which endpoints are the same minimum, and how far the answer is from depending on the tolerance.</summary>
internal sealed record Identification(ClusterAssignment Assignment, IdentityMargin Margin);
