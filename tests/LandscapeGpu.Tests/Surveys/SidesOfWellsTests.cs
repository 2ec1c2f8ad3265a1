namespace LandscapeGpu.Tests.Surveys;

/// <summary>Minima without a derivative beside others that lie lower, and on the low side of jumps.</summary>
public sealed class SidesOfWellsTests
{
    /// <summary>Formula, dimension, and the values of its minima, lowest first.</summary>
    private static readonly Dictionary<string, (Func<Point, Real> Formula, int Dimension, double[] Values)> Problems = new()
    {
        // Beyond a ridge lies a lower one: no descent from the higher steps over.
        ["two creased wells"] = (x => Min(Square(x[0] - 1), Square(x[0] + 1) + 0.2) + Abs(x[1]), 2, [0, 0.2]),
        ["two corners"] = (x => Min(Abs(x[0] - 1), Abs(x[0] + 1) + 0.3) + Abs(x[1] - 0.5), 2, [0, 0.3]),
        ["a jump"] = (x => Select(x[0] < 0.5, 1, 0) + Square(x[0]), 1, [0.25, 1]),
        ["a jump along an edge"] = (x => Select(x[0] < 0.5, 1, 0) + Square(x[0]) + Square(x[1] - 0.2), 2, [0.25, 1]),
        ["creases that cross"] = (x => Abs(x[0]) * Abs(x[1]), 2, [0]),
    };

    public static TheoryData<string, bool, double> Cases() => Rows.Each(Problems.Keys, (true, 1), (false, 1e-20));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_is_found_and_none_is_counted_for_a_lower_one(string name, bool isDouble, double factor)
    {
        var (formula, dimension, values) = Problems[name];
        var objective = Objective.Define(name, dimension, x => factor * formula(x)) with { Region = Region.Box(dimension, -2, 2) };
        var found = Survey.Run(objective, new() { Restarts = 60, Descent = new() { IsDouble = isDouble } });
        double[] seen = [.. found.AllMinima.Select(m => m.Value / factor).Order()];
        Assert.True(seen.Length == values.Length && seen.Zip(values).All(v => Math.Abs(v.First - v.Second) < 1e-6), $"Minima of {string.Join(", ", seen)} in place of {string.Join(", ", values)}.");
    }
}
