namespace LandscapeGpu.Spectra;

/// <summary>Which extreme eigenvalues are wanted, and how hard to try.</summary>
internal sealed record LanczosOptions
{
    /// <summary>How many of the lowest eigenvalues, counted with multiplicity.</summary>
    public int Lowest { get; init; } = 1;

    /// <summary>How many of the highest eigenvalues, counted with multiplicity.</summary>
    public int Highest { get; init; } = 1;

    /// <summary>An eigenpair has converged when ‖A v − λ v‖ is at most this times the largest known |λ|.</summary>
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>The largest number of basis vectors kept, each of d doubles; at least 2(lowest + highest) + 4.</summary>
    public int BasisLimit { get; init; } = 120;

    /// <summary>The largest number of products with the operator.</summary>
    public int ProductLimit { get; init; } = 5000;

    /// <summary>
    /// Whether to look again, from a new start orthogonal to what was found, until nothing new appears. One start sees an
    /// eigenvalue once, however often it occurs; looking again finds its other copies. Costs about as many products again.
    /// </summary>
    public bool LookAgain { get; init; } = true;

    /// <summary>The seed of the starts.</summary>
    public ulong Seed { get; init; }

    internal void Require(int dimension)
    {
        if (dimension < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, $"An operator of {dimension} rows was given; it has at least one.");
        }

        if (Lowest < 0 || Highest < 0 || Lowest + Highest < 1)
        {
            throw new ArgumentException($"{Lowest} lowest and {Highest} highest eigenvalues were asked for; ask for at least one.");
        }

        if (!(Tolerance > 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"A tolerance of {Tolerance} was given; it is positive, such as 1e-10."));
        }

        if (BasisLimit < Math.Min(dimension, 2 * (Lowest + Highest) + 4))
        {
            throw new ArgumentException(
                $"A basis of {BasisLimit} vectors is too small for {Lowest} lowest and {Highest} highest eigenvalues; "
                + $"allow at least {2 * (Lowest + Highest) + 4}.");
        }

        if (ProductLimit < 1)
        {
            throw new ArgumentException($"{ProductLimit} products were allowed; allow at least 1.");
        }
    }
}
