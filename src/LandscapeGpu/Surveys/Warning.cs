using Microsoft.Extensions.Logging;

namespace LandscapeGpu.Surveys;

/// <summary>Something that went wrong without stopping what was asked for.</summary>
/// <param name="Code">What kind of thing, for programs: one of the constants here.</param>
/// <param name="Message">What happened and what to do, for people.</param>
public sealed record Warning(string Code, string Message)
{
    /// <summary>A device failed, and another did its work.</summary>
    public const string Device = "device";

    /// <summary>The symmetry that the objective declares does not hold, and is not used.</summary>
    public const string Symmetry = "symmetry";

    /// <summary>Restarts stood still in single precision, and went on in double.</summary>
    public const string Precision = "precision";

    /// <summary>No restart came to a minimum or another stationary point.</summary>
    public const string AllLost = "all-lost";

    /// <summary>Not every point that was found has been looked at.</summary>
    public const string Stopped = "stopped";

    /// <summary>The formula has the same value everywhere.</summary>
    public const string Constant = "constant";

    /// <summary>Nothing told how large distances are, and the restarts say that the starts were of another size.</summary>
    public const string Scale = "scale";

    /// <summary>Restarts stopped where minima at kinks may be, and not all of these places were looked at.</summary>
    public const string Kinks = "kinks";

    /// <summary>Restarts passed minima at kinks or on the low side of a jump.</summary>
    public const string Jumps = "jumps";

    /// <summary>The value falls without bound towards a place.</summary>
    public const string Unbounded = "unbounded";

    /// <summary>Rounding does not tell where the minimum is along some direction.</summary>
    public const string Singular = "singular";

    /// <summary>The function has a pole in the region, and what is claimed of continuous functions was left out.</summary>
    public const string Poles = "poles";

    /// <summary>Coordinates are held at one number, and what is claimed of all coordinates was left out.</summary>
    public const string Fixed = "fixed";

    /// <summary>The data make an answer doubtful, as targets that no outputs can reach do.</summary>
    public const string Data = "data";

    /// <summary>What is to be said of an objective before anything has run.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="asymmetry">Why its symmetry is not used; null where it is.</param>
    internal static IReadOnlyList<Warning> Of(Objective objective, string? asymmetry) =>
    [
        .. asymmetry is null ? [] : new Warning[] { new(Symmetry, asymmetry) },
        .. objective.Doubt is not { } doubt ? [] : new Warning[] { new(Data, doubt) },
        .. !objective.IsConstant ? [] : new Warning[] { new(Constant, $"{objective.Name} has the same value everywhere; in C# 1/2 is a division of whole numbers and 0: write 1.0/2 or 0.5.") },
    ];

    /// <summary>What is to be said of places that were not looked at.</summary>
    internal static string OfKinks(Objective objective, long unsearched, long restarts) => Smoothness.MayBeSharp(objective.Value) || Smoothness.MayBeSteep(objective.Value)
        ? $"{unsearched:N0} of {restarts:N0} restarts stopped where minima at kinks may be, and these places were not looked at: the search for such minima ends when it has cost as much as the descents, and beyond {KinkSearch.MostCoordinates} coordinates finds those only that lie at absolute values, Max, Min, norms and conditions of the formula whose branches meet, or whose kinks lie along coordinates each. There may be more minima than are listed."
        : $"{unsearched:N0} of {restarts:N0} restarts stopped at no stationary point, and these places were not looked at: {(Smoothness.MayBendAtOnce(objective.Value) ? "the formula has a slope everywhere" : "the formula is smooth")} but where it divides by 0, and the search for minima there ends when it has cost as much as the descents. There may be more minima than are listed.";

    /// <summary>What is to be said of minima that restarts passed.</summary>
    internal static string OfJumps(IReadOnlyList<SteppedOver> passed)
    {
        const int Most = 4;
        var first = passed.OrderBy(p => p.Value).Take(Most).Select(p => FormattableString.Invariant($"{p.Value:G6} at ({string.Join(", ", p.Point.Take(Most).Select(x => x.ToString("G6", CultureInfo.InvariantCulture)))}{(p.Point.Count > Most ? ", …" : "")}), {p.Starts} of {p.Followed} starts"));
        return $"Steps of a descent pass over jumps and low ridges: descents in short steps come to {(passed.Count == 1 ? "a minimum" : $"{passed.Count} minima")} at a kink or a jump where no restart ended, not listed: {string.Join("; ", first)}{(passed.Count > Most ? "; …" : "")}.";
    }

    /// <summary>What is to be said of a quadratic that has a minimum which no restart came to; nothing of others.</summary>
    internal static IReadOnlyList<Warning> OfSingular(Objective objective, IReadOnlyList<StationaryPoint> found, OutcomeCounts outcomes) =>
        outcomes.Converged + outcomes.Stalled > 0 && !found.Any(p => p.IsMinimum) && objective.Region.HasOpenEnd && objective.HasLeast
            ? [new(Singular, "The formula is a quadratic that is bounded below, so that it has a minimum, but its curvatures differ by more than double precision has digits for, and rounding does not tell where. As it is written its coordinates cannot be told apart; where it fits powers of a column that lies far from 0, as years or Julian days do, write the column less its mean.")]
            : [];

    /// <summary>What is to be said of an objective before theory is asked about it.</summary>
    internal static IReadOnlyList<Warning> OfEvidence(Objective objective) =>
        objective.Region.Sides is var (lower, upper) && Enumerable.Range(0, objective.Dimension).FirstOrDefault(i => lower[i] == upper[i], -1) is var i and >= 0
            ? [new(Fixed, FormattableString.Invariant($"{objective.Called(i)} is held at {lower[i]}, and what theory claims is about all coordinates: stationary points, strict saddles, growth conditions and rates are left out. Write the number into the formula in its place."))]
            : [];

    /// <summary>What a device has to say: that it failed, or that another could not be opened.</summary>
    internal static IReadOnlyList<Warning> Of(FallbackDevice device) => [.. device.Warnings.Select(w => new Warning(Device, w))];

    /// <summary>Tells a logger of warnings.</summary>
    internal static IReadOnlyList<Warning> Logged(IReadOnlyList<Warning> warnings, ILogger? logger)
    {
        foreach (var warning in warnings)
        {
            logger?.Log(LogLevel.Warning, new EventId(0, warning.Code), warning, null, (w, _) => w.Message);
        }

        return warnings;
    }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
