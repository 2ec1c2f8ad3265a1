namespace LandscapeGpu.Surveys;

/// <summary>The unit of each coordinate: how long the region is along it, or how far starts are spread where it has no end; in units of its own 1.</summary>
internal static class RegionScale
{
    public static double[] Of(Objective objective) => [.. Enumerable.Range(0, objective.Dimension).Select(i =>
        objective.Region.Length(i) is { } length and > 0 && double.IsFinite(length) ? length
        : objective is { Region.IsWholeSpace: true, Units.Lengths.Length: 0, Starts: Gaussian starts } && starts.StandardDeviation[i] is > 0 and var deviation ? deviation
        : 1)];
}
