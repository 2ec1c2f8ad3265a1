namespace LandscapeGpu.Valleys;

/// <summary>A walk along a floor.</summary>
/// <param name="Places">Where it came, in order; the first is where it began.</param>
/// <param name="HasEnd">Whether the floor ended, rose, or met a side; else steps were used up.</param>
internal sealed record Walked(IReadOnlyList<FloorPlace> Places, bool HasEnd)
{
    // Of 1 + ‖x‖ where a walk began: beyond, what still falls is on the way to infinity.
    private const double Far = 3;

    // A slope has led down by a quarter on a quarter of the way, a maximum along the floor by a sixteenth, and a plateau not at all.
    private const double Early = 0.25;
    private const double AtOnce = 0.125;

    // A plateau is level to its end, however near that is; a slope may have begun gently.
    private const double Gently = 1.0 / 16;

    /// <summary>Where it began.</summary>
    public FloorPlace Begin => Places[0];

    /// <summary>Where it ended.</summary>
    public FloorPlace End => Places[^1];

    /// <summary>Whether it led down.</summary>
    public bool IsDown => End.IsBelow(Begin);

    /// <summary>How far it came.</summary>
    public double Distance => End.DistanceTo(Begin);

    /// <summary>Whether it ended where pieces of the formula meet, and went down from there.</summary>
    public bool IsPastCrease { get; init; }

    /// <summary>Whether it began on a slope, and neither on a plateau nor at a saddle.</summary>
    public bool FallsAtOnce => Begin.Value - Places.First(p => p.DistanceTo(Begin) >= Early * Distance).Value >= AtOnce * (Begin.Value - End.Value)
        && Places.All(p => (p.DistanceTo(Begin) / Distance * Gently * (Begin.Value - End.Value)) is var fall && (Begin.Value - p.Value >= fall || fall <= Stationarity.Margin * (p.Doubt + Begin.Doubt)));

    /// <summary>Whether, with no end to it, the value still fell over half of a way that was far; not from a saddle, where it falls ever faster to what lies however far away.</summary>
    /// <param name="reach">What distances are short or long against where it began.</param>
    public bool IsEndless(double reach) => !HasEnd && FallsAtOnce && Places.Where(p => p.DistanceTo(Begin) > Far * reach).Any(p => p.IsBelow(Places.First(q => q.DistanceTo(Begin) >= 0.5 * p.DistanceTo(Begin))));
}
