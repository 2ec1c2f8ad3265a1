using LandscapeGpu.Notebooks;
using LandscapeGpu.Statistics;

namespace LandscapeGpu.Pathways;

/// <summary>Minima and the transition states between them: a graph whose nodes are minima and whose edges are saddles of index 1.</summary>
/// <remarks>D. J. Wales (2003), Energy Landscapes, Cambridge University Press, chapters 4 and 5.</remarks>
[TypeFormatterSource(typeof(ResultFormatters))]
public sealed record TransitionNetwork
{
    /// <summary>The landscape.</summary>
    public required Objective Objective { get; init; }

    /// <summary>What was asked for.</summary>
    public required TransitionSearchOptions Options { get; init; }

    /// <summary>The survey or the basin hopping that the first minima came from, in words.</summary>
    public required string Exploration { get; init; }

    /// <summary>Distinct minima, lowest first. How often each was met is no basin share: paths and hops meet minima in proportions of their own.</summary>
    public required IReadOnlyList<StationaryPoint> Minima { get; init; }

    /// <summary>
    /// Whether descents came to fewer than two minima of a model's loss, so that among <see cref="Minima"/> are the lowest places where descents stopped, on which the loss
    /// keeps falling: paths between them still say whether trained models are connected.
    /// </summary>
    public bool AreEndsOfDescents { get; init; }

    /// <summary>Distinct saddles of index 1 with what they join, lowest first.</summary>
    public required IReadOnlyList<TransitionState> TransitionStates { get; init; }

    /// <summary>Saddles of a higher index, or of a Hessian that does not tell, that were met on the way and left alone.</summary>
    public required int HigherSaddles { get; init; }

    /// <summary>Places on faces of a simplex, stationary within the face, from which f falls inwards and no other way: nothing is crossed there, so that they are no transition states.</summary>
    public int NotCrossed { get; init; }

    /// <summary>How many walks went uphill from minima.</summary>
    public required long Climbs { get; init; }

    /// <summary>From how many minima no walk went uphill, since there were no more walks: ways through them may be lower than what was found.</summary>
    public int NotSetOutFrom { get; init; }

    /// <summary>How many elastic bands were stretched between minima.</summary>
    public required int Bands { get; init; }

    /// <summary>Of the walks uphill, those that came to a stationary point of the region, inside or on its boundary.</summary>
    public required long Arrived { get; init; }

    /// <summary>Of the walks uphill, those that left the region, or came to where the formula stands for another.</summary>
    public required long Outside { get; init; }

    /// <summary>How complete the list of transition states is likely to be, for these walks.</summary>
    public required CoverageSummary Coverage { get; init; }

    /// <summary>Of bands, those that had no maximum between their ends.</summary>
    public required int BandsWithoutMaximum { get; init; }

    /// <summary>The paths that bands drew, whose highest points are upper bounds of barriers.</summary>
    public required IReadOnlyList<BandPath> BandPaths { get; init; }

    /// <summary>Whether the best minima are joined by paths that stay low; null where it was not asked for.</summary>
    public required ModeConnectivity? ModeConnectivity { get; init; }

    /// <summary>Whether the search was stopped before it was done.</summary>
    public required bool Stopped { get; init; }

    /// <summary>How long it took, with the survey.</summary>
    public required double Seconds { get; init; }

    /// <summary>How many gradients it took, without the survey's; a Hessian counts as d of them.</summary>
    public required long GradientEvaluations { get; init; }

    /// <summary>What a reader has to know about it, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What went wrong without stopping it, while minima were explored and after.</summary>
    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    /// <summary>The lowest highest point between each two of the lowest minima, exact on this graph.</summary>
    /// <param name="count">How many minima; all of them where there are fewer.</param>
    public BarrierMatrix Barriers(int count) => BarrierMatrix.Of(this, Math.Min(count, Minima.Count));

    /// <summary>The disconnectivity tree of the lowest minima.</summary>
    /// <param name="count">How many minima.</param>
    public DisconnectivityTree Tree(int count) => DisconnectivityTree.Of(this, Math.Min(count, Minima.Count));

    /// <summary>Whether every two of the lowest minima are joined by a path.</summary>
    /// <param name="count">How many minima.</param>
    public bool IsConnected(int count) => Barriers(count).Components == 1;
}
