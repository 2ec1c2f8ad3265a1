using Microsoft.Extensions.Logging;

namespace LandscapeGpu.Surveys;

/// <summary>How points that restarts ended at are told apart.</summary>
public enum IdentityKind
{
    /// <summary>By the symmetry the objective declares, else by location.</summary>
    Auto,

    /// <summary>By where they are.</summary>
    Location,

    /// <summary>By where they are, up to the symmetry the objective declares.</summary>
    Symmetry,

    /// <summary>By value and moments of the Hessian's spectrum.</summary>
    Fingerprint,
}

/// <summary>What a survey does.</summary>
public sealed record SurveyOptions
{
    /// <summary>How many restarts; with <see cref="UntilCoverage"/>, how many to begin with.</summary>
    public long Restarts { get; init; } = 10_000;

    /// <summary>The number of the first restart: restarts First, First + 1, … are made, each the same whichever run makes it.</summary>
    public long First { get; init; }

    /// <summary>The seed all randomness follows from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How restarts descend; in single precision unless said otherwise: what is decided is decided in double.</summary>
    public DescentOptions Descent { get; init; } = new();

    /// <summary>When two endpoints count as one minimum.</summary>
    public IdentityKind Identity { get; init; } = IdentityKind.Auto;

    /// <summary>The distance within which two points are one; null for the identity's own.</summary>
    public double? Tolerance { get; init; }

    /// <summary>Where restarts begin; null for the objective's own, or its domain.</summary>
    public Sampler? Starts { get; init; }

    /// <summary>What descends: one of <see cref="Devices.DeviceCatalogue.Kinds"/> KIND:NUMBER, or words of a device's name; null for lanes, whatever LANDSCAPE_DEVICE says: a program that is run again computes what it did; the console's default is auto. auto takes a GPU where the work pays for compiling its kernels, and says why.</summary>
    public string? Device { get; init; }

    /// <summary>A device that no name stands for; it goes before <see cref="Device"/>.</summary>
    internal Devices.Device? Searcher { get; init; }

    /// <summary>How long polish and spectra go on after a survey was stopped.</summary>
    internal TimeSpan Grace { get; init; } = Surveys.Grace.Usual;

    /// <summary>Where endpoints are kept, and come from; null for nowhere.</summary>
    internal EndpointStore? Store { get; init; }

    /// <summary>Which of the restarts are made, in ascending order; null for all.</summary>
    internal IReadOnlyList<RestartSpan>? Part { get; init; }

    /// <summary>The restarts of a range that are made.</summary>
    internal IEnumerable<RestartSpan> Within(RestartSpan range) => Part?.Select(range.And).Where(s => s.Count > 0) ?? [range];

    /// <summary>Told of each warning as it is in the result, its code as the event's name; null for nobody.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>How many threads; null for all cores.</summary>
    public int? Threads { get; init; }

    /// <summary>The width of vectors in bits; null for the widest the machine has; 0 for scalar code.</summary>
    public int? VectorBits { get; init; }

    /// <summary>Add restarts until Good and Turing's coverage is this; null for a fixed number.</summary>
    public double? UntilCoverage { get; init; }

    /// <summary>No more restarts than this when running until a coverage.</summary>
    public long Budget { get; init; } = 10_000_000;

    /// <summary>How many stationary points are told apart and listed, the lowest: memory follows this, and not the restarts. The restarts that come to others are counted.</summary>
    public int MostPoints { get; init; } = DefaultMostPoints;

    // Half a gigabyte, with their spectra, at ten coordinates; nobody reads so long a list.
    internal const int DefaultMostPoints = 1 << 17;

    // Memory does not grow with restarts, time does: the fastest device measured descends fifty million a second on a problem of three coordinates.
    private const long MostRestarts = 1_000_000_000_000;

    /// <exception cref="ArgumentException">A number is out of range.</exception>
    internal void Require(Objective objective)
    {
        if (Math.Max(Restarts, UntilCoverage is null ? 0 : Budget) is > MostRestarts and var most)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{most:N0} restarts were asked for, and at most {MostRestarts:N0} are allowed, which take hours on the fastest GPU; ask for fewer restarts, or until a coverage."));
        }

        if (Restarts < 1)
        {
            throw new ArgumentException($"{Restarts} restarts were asked for; at least one is needed.");
        }

        if (MostPoints < 1)
        {
            throw new ArgumentException($"A list of at most {MostPoints} stationary points was asked for; it needs room for at least one.");
        }

        if (First < 0 || First > (1L << 56) - 1 - MostRestarts)
        {
            throw new ArgumentException(FormattableString.Invariant($"The first restart was given the number {First}; restarts are numbered from 0 to 2^56 - 1, with room for those that follow."));
        }

        if (Tolerance is { } tolerance && !(tolerance > 0 && double.IsFinite(tolerance)))
        {
            throw new ArgumentException(FormattableString.Invariant($"The tolerance of identity was given {tolerance}; it must be finite and above 0."));
        }

        if (UntilCoverage is { } coverage && !(coverage is > 0 and < 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"A coverage of {coverage} was asked for; it must be above 0 and below 1."));
        }

        if (UntilCoverage is not null && Budget < Restarts)
        {
            throw new ArgumentException($"The budget was given {Budget} restarts, fewer than the {Restarts} to begin with; raise it, or begin with fewer.");
        }

        if (Part is not null && UntilCoverage is not null)
        {
            throw new ArgumentException("A part of the restarts was asked for together with a coverage: the coverage is that of all of them. Give a fixed number of restarts, or all of them.");
        }

        if (Identity == IdentityKind.Symmetry && objective.Symmetry is null)
        {
            throw new ArgumentException($"Identity up to a symmetry was asked for, and {objective.Name} declares none; use location or fingerprint.");
        }
    }
}

/// <summary>How far a survey has come.</summary>
/// <param name="Stage">What is being done: descent, polish, identify, spectra or flat sets (whether minima with flat directions are one).</param>
/// <param name="Done">How many of the stage's items are done.</param>
/// <param name="Total">How many there are.</param>
public readonly record struct SurveyProgress(string Stage, long Done, long Total);
