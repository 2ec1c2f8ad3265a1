namespace LandscapeGpu.Tests.Surveys;

/// <summary>Landscapes by name in units of their own: of coordinates, and of values.</summary>
internal static class InUnits
{
    /// <summary>As they are, and in units far from 1.</summary>
    public static TheoryData<string, double, double> Each(IEnumerable<string> names) => Rows.Each(names, (1, 1), (1e-9, 1e12));
}
