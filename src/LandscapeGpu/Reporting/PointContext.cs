namespace LandscapeGpu.Reporting;

/// <summary>What a point is drawn with: how far apart points of its survey can be in each coordinate.</summary>
internal sealed class PointContext(SurveyResult result)
{
    // In a box far larger than what it holds, what is far smaller than the box is no rounding of 0.
    private const double MostSize = 1e3;

    // Beyond a millionth of the size, what is not known of a place is no rounding of 0.
    private const double MostUncertain = 1e6;

    private readonly double[] units = [.. Enumerable.Range(0, result.Objective.Dimension).Select((result.Moving ?? result.Objective).Units.Length)];

    // Never so large that points told apart would look alike.
    private readonly double[] sizes =
    [
        .. Enumerable.Range(0, result.Objective.Dimension).Select(i => Math.Min(
            Math.Min(result.Options.Tolerance is { } tolerance ? 1e5 * tolerance : double.PositiveInfinity, MostSize),
            result.Objective.Region.Length(i) ?? (result.Moving ?? result.Objective).Units.Length(i))),
    ];

    /// <summary>How many digits tell the values of minima apart.</summary>
    public int Digits { get; } = TellingDigits.Beside(9, 6, [.. result.AllMinima]);

    /// <summary>The coordinates of a point.</summary>
    public string Place(StationaryPoint p) =>
        NumberText.Point(p.Point, p.Uncertainty > 0 ? [.. units.Select((u, i) => Math.Min(1e12 * p.Uncertainty * u, MostUncertain * sizes[i]))] : sizes, sizes);
}
