using LandscapeGpu.Notebooks;

namespace LandscapeGpu.Pictures;

/// <summary>How notebooks show a figure: as SVG.</summary>
internal sealed class FigureFormatters
{
    /// <summary>What notebooks ask for, by the name of this method.</summary>
    public static IEnumerable<object> CreateTypeFormatters() => [new NotebookFormatter("text/html", o => (o as Figure)?.Svg())];
}
