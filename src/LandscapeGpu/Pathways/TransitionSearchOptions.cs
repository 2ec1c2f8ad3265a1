namespace LandscapeGpu.Pathways;

/// <summary>How a graph of minima and transition states is grown.</summary>
public sealed record TransitionSearchOptions
{
    /// <summary>How the first minima are found, and points told apart.</summary>
    public SurveyOptions Survey { get; init; } = new();

    /// <summary>Chains of hops that find the first minima in place of independent restarts; null for restarts.</summary>
    public BasinHoppingOptions? Hopping { get; init; }

    /// <summary>So many of the lowest minima are to be connected: by bands where walks did not join them. Walks set out from all minima, whatever this is.</summary>
    public int Lowest { get; init; } = 20;

    /// <summary>The most walks uphill from minima, the lowest first.</summary>
    public long Climbs { get; init; } = 10_000;

    /// <summary>The most elastic bands between minima that are not connected yet.</summary>
    public int Bands { get; init; } = 400;

    /// <summary>The images of a band between its ends.</summary>
    public int Images { get; init; } = 15;

    /// <summary>
    /// How far above the worse of two minima a path between them may rise for them to count as connected, in the units of f. Null for 1 % of how far the middle start is
    /// above the lowest minimum where the objective is a model's loss, and for no verdict elsewhere.
    /// </summary>
    public double? Epsilon { get; init; }

    /// <summary>Keeps what walks came to; null for nothing.</summary>
    internal WalkJournal? Journal { get; init; }

    /// <exception cref="ArgumentException">A number is out of range.</exception>
    internal void Require()
    {
        if (Lowest < 1)
        {
            throw new ArgumentException($"The {Lowest} lowest minima were to be connected; at least 1 is needed, and 2 for a path.");
        }

        if (Climbs < 0 || Bands < 0)
        {
            throw new ArgumentException($"{Climbs} walks uphill and {Bands} bands were asked for; give 0 for none, or more.");
        }

        if (Epsilon is { } epsilon && !(epsilon >= 0 && double.IsFinite(epsilon)))
        {
            throw new ArgumentException(FormattableString.Invariant($"Mode connectivity was asked for within ε = {epsilon}; it must be finite and at least 0."));
        }

        if (Images is < 3 or > 1000)
        {
            throw new ArgumentException($"Bands of {Images} images were asked for; a band has 3 to 1,000.");
        }
    }
}
