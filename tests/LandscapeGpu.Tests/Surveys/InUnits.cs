namespace LandscapeGpu.Tests.Surveys;

/// <summary>Landscapes by name in units of their own: of coordinates, and of values.</summary>
internal static class InUnits
{
    /// <summary>As they are, and in units far from 1.</summary>
    public static TheoryData<string, double, double> Each(IEnumerable<string> names) => Rows.Each(names, (1, 1), (1e-9, 1e12));

    /// <summary>A formula on the whole space whose value is in one unit, and every other coordinate in another.</summary>
    public static Objective Define(string name, int d, Func<Vector, Real> formula, double unit, double factor)
    {
        double[] units = [.. Enumerable.Range(0, d).Select(i => i % 2 == 0 ? unit : 1)];
        return Objective.Define(name, d, x => factor * formula(Vector([.. units.Select((u, i) => x[i] / u)]))) with
        {
            Starts = new UniformBox([.. units.Select(u => -3 * u)], [.. units.Select(u => 3 * u)]),
        };
    }
}
