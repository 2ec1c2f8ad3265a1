namespace LandscapeGpu.Tests.Surveys;

/// <summary>Points beside walls that are steeper than coordinates have digits.</summary>
public class ResolvedValuesTests
{
    // An exponential that is e⁴⁰ at one side of the box: its factor has to be 0 to more digits than the box has.
    private static Objective Fit(double unit) =>
        Objective.Define("fit", 3, b => Sum(8, k => Square(Cos(k) + 2 - (b[0] - (b[1] * Exp(-b[2] * 40 * (Real)k)) / unit)))) with
        {
            Region = Region.Box([-1, -0.001 * unit, -1], [5, 0.002 * unit, 1]),
        };

    [Theory]
    [InlineData(1)]
    [InlineData(1e-9)]
    public void No_minimum_is_listed_whose_value_a_rounding_of_its_place_changes(double unit)
    {
        var result = Survey.Run(Fit(unit), new() { Restarts = 300, Descent = new() { IsDouble = true } });
        using var slopes = new PointDerivatives(Fit(unit));
        Assert.All(result.AllMinima, m => Assert.True(Math.Abs(m.ShownValue - slopes.Value([.. m.Point])) <= 1e-6, $"{m.ShownValue} at {string.Join(' ', m.Point)}"));
        Assert.All(result.AllMinima, m => Assert.True(m.Rounding < 1e-6, $"{m.Value} ± {m.Rounding} at {string.Join(' ', m.Point)}"));
    }

    [Fact]
    public void A_perfect_fit_a_constant_and_a_quartic_are_what_they_were()
    {
        var line = Objective.Define("line", 2, b => Sum(20, k => Square((b[0] * (Real)k) + b[1] - (3 * (Real)k) - 1e5))) with { Region = Region.Box([-10, 0], [10, 2e5]) };
        Assert.Equal(StationaryKind.Minimum, Assert.Single(Survey.Run(line, new() { Restarts = 50 }).AllMinima).Kind);
        Assert.All(Survey.Run(Objective.Define("level", 1, x => 0 * x[0]) with { Region = Region.Box(1, -1, 1) }, new() { Restarts = 20 }).AllMinima, m => Assert.Equal(StationaryKind.DegenerateMinimum, m.Kind));
        Assert.Equal(StationaryKind.DegenerateMinimum, Assert.Single(Survey.Run(Objective.Define("quartic", 1, x => Square(Square(x[0] - 1e6))) with { Region = Region.Box(1, 0, 2e6) }, new() { Restarts = 50 }).AllMinima).Kind);
    }
}
