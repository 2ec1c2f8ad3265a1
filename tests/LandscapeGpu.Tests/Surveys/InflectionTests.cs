namespace LandscapeGpu.Tests.Surveys;

/// <summary>Where a slope levels and goes on is no minimum, wherever the place lies between two numbers and whatever its unit.</summary>
public sealed class InflectionTests
{
    private static readonly Dictionary<string, Func<double, double, Func<Point, Real>>> Formulas = new()
    {
        ["cubic"] = (k, c) => x => Pow((k * x[0]) - c, 3),
        ["written out"] = (k, c) => x => Pow(k * x[0], 3) - (3 * c * Square(k * x[0])) + (3 * c * c * k * x[0]) - (c * c * c),
        ["sine"] = (k, c) => x => (k * x[0]) - c - Sin((k * x[0]) - c),
        ["fifth power"] = (k, c) => x => Pow((k * x[0]) - c, 5),
        ["beside a bowl"] = (k, c) => x => Pow((k * x[0]) - c, 3) + Square(x[1] - (0.4 * k * x[0])),
        ["beside a steep bowl"] = (k, c) => x => Pow((k * x[0]) - c, 3) + (1e6 * Square(x[1] - (0.4 * k * x[0]))),
    };

    public static TheoryData<string, double> Cases => Rows.Each(Formulas.Keys, 1, 3, 7, 1e4, 1e9, 1e12, 1e-6);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Where_a_slope_levels_and_goes_on_is_no_minimum(string name, double k)
    {
        foreach (var c in new[] { 1, 0.3, 2.7, -1.7 })
        {
            var isPlane = name.StartsWith("beside", StringComparison.Ordinal);
            var region = isPlane ? Region.Box([-5 / k, -5], [6 / k, 6]) : Region.Box(1, -5 / k, 6 / k);
            var found = Survey.Run(Objective.Define(name, isPlane ? 2 : 1, Formulas[name](k, c)) with { Region = region }, new() { Restarts = 200 });

            Assert.Empty(found.Minima);
            Assert.All(found.BoundaryMinima, m => Assert.Contains(m.AtBound, _ => true));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(7e9, 0.3)]
    [InlineData(1e-6, 2.7)]
    public void Nor_is_it_beside_a_side_without_a_push(double k, double c)
    {
        var found = Survey.Run(Objective.Define("beside a side", 2, x => Pow((k * x[0]) - c, 3) + Square(x[1])) with { Region = Region.Box([0, 0], [5 / k, 5]) }, new() { Restarts = 300 });

        Assert.Equal(0, Assert.Single(found.AllMinima).Point[0]);
    }

    /// <summary>t³ + at² has a minimum at 0 and a maximum at −2a/3, as far apart as rounding shows.</summary>
    [Theory]
    [InlineData(1, 1e-5)]
    [InlineData(1e9, 1e-5)]
    [InlineData(1, 1e-3)]
    [InlineData(1e-6, 1e-3)]
    public void A_minimum_beside_a_maximum_is_one_as_long_as_they_are_apart(double k, double a)
    {
        var found = Survey.Run(
            Objective.Define("beside a maximum", 1, x => Pow((k * x[0]) - 0.7, 3) + (a * Square((k * x[0]) - 0.7))) with { Region = Region.Box(1, -1 / k, 2 / k) },
            new() { Restarts = 200 });

        Assert.Equal(0.7, Assert.Single(found.Minima).Point[0] * k, 1e-6);
    }
}
