namespace LandscapeGpu.Pictures;

/// <summary>One pair of axes with what is drawn between them.</summary>
/// <param name="Title">What it shows; empty where the figure's own title says it.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">What is drawn, the ground first.</param>
public sealed record Panel(string Title, Axis X, Axis Y, IReadOnlyList<Series> Series)
{
    /// <summary>Whether a unit is as long in both directions, as on a map.</summary>
    public bool IsMap { get; init; }

    /// <summary>Whether the series named first lies on top of the others, as the best of many does; else the last.</summary>
    public bool IsFirstOnTop { get; init; }
}
