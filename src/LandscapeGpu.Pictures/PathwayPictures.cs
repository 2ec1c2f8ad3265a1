using LandscapeGpu.Pathways;
using LandscapeGpu.Pictures.Pathways;
using LandscapeGpu.Pictures.Surveys;

namespace LandscapeGpu.Pictures;

/// <summary>Pictures of minima and the transition states between them, in one line: <c>TransitionSearch.Run(objective).Figure()</c>.</summary>
public static class PathwayPictures
{
    /// <summary>The disconnectivity graph.</summary>
    /// <param name="network">Minima and transition states.</param>
    public static Figure Figure(this TransitionNetwork network) => DisconnectivityFigure.Of(network);

    /// <summary>All that apply: the graph, the profile of the way between the two lowest minima that are connected, and the map of two coordinates with the paths.</summary>
    /// <param name="network">Minima and transition states.</param>
    public static IReadOnlyList<Figure> Figures(this TransitionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var other = Enumerable.Range(1, Math.Max(0, network.Minima.Count - 1)).Cast<int?>().FirstOrDefault(m => LowestWay.Between(network, 0, m!.Value).Count > 0);
        Figure?[] all =
        [
            network.Minima.Count == 0 ? null : network.Figure(),
            other is null ? null : ProfileFigure.Of(network, 0, other.Value),
            ContourMap.IsFor(network.Objective) ? ContourMap.Of(network) : null,
        ];
        return [.. all.OfType<Figure>()];
    }
}
