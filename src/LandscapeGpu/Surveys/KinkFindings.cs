namespace LandscapeGpu.Surveys;

/// <summary>What became of the places where restarts stopped.</summary>
/// <param name="Minima">Minima that no stationary point is: at kinks, cusps and jumps, each with its restarts.</param>
/// <param name="PointOf">For each place the point it belongs to: one of those that were known or, counted after these, of the minima; −1 for none.</param>
/// <param name="Led">How many more restarts come to each of the minima that were known.</param>
/// <param name="Unsearched">How many restarts stopped at places that were not looked at.</param>
internal sealed record KinkFindings(IReadOnlyList<StationaryPoint> Minima, int[] PointOf, long[] Led, long Unsearched)
{
    /// <summary>For each point that was known where its restarts belong, counted like <see cref="PointOf"/>: at itself, but where a way leads down along a crease that it is on; −1 where that was followed to no minimum.</summary>
    public required int[] HomeOf { get; init; }

    /// <summary>For each place how many of its restarts stopped where the derivative, or what a step led to, was not finite.</summary>
    public IReadOnlyList<long> NotFiniteAt { get; init; } = [];

    /// <summary>For each place how many of its restarts were on their way down a valley without an end.</summary>
    public IReadOnlyList<long> EndlessAt { get; init; } = [];

    /// <summary>The lowest place beside which the value falls without bound; null where there is none.</summary>
    public EndlessFall.Fall? Endless { get; init; }

    /// <summary>Whether creases were left before it was told whether they join minima of one value.</summary>
    public bool IsCut { get; init; }

    /// <summary>Minima at kinks and jumps that descents in short steps come to and restarts did not.</summary>
    public IReadOnlyList<SteppedOver> SteppedOver { get; init; } = [];
}

/// <summary>A minimum at a kink or on the low side of a jump that restarts passed.</summary>
/// <param name="Point">The point, as the formula is given it.</param>
/// <param name="Value">f there.</param>
/// <param name="Starts">How many of the starts that were followed in short steps came to it.</param>
/// <param name="Followed">How many were followed.</param>
internal sealed record SteppedOver(IReadOnlyList<double> Point, double Value, int Starts, int Followed);
