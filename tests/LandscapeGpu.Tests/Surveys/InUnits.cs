namespace LandscapeGpu.Tests.Surveys;

/// <summary>Landscapes by name in units of their own: of coordinates, and of values.</summary>
internal static class InUnits
{
    /// <summary>As they are, and in units far from 1.</summary>
    public static TheoryData<string, double, double> Each(IEnumerable<string> names)
    {
        var data = new TheoryData<string, double, double>();
        foreach (var name in names)
        {
            data.Add(name, 1, 1);
            data.Add(name, 1e-9, 1e12);
        }

        return data;
    }
}
