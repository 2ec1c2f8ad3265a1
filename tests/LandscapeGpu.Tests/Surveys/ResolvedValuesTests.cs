namespace LandscapeGpu.Tests.Surveys;

/// <summary>What is known to few digits because it is 0 is no point whose value cannot be told; for one that is, see the fits.</summary>
public class ResolvedValuesTests
{
    [Fact]
    public void A_perfect_fit_a_constant_and_a_quartic_are_what_they_were()
    {
        var line = Objective.Define("line", 2, b => Sum(20, k => Square((b[0] * (Real)k) + b[1] - (3 * (Real)k) - 1e5))) with { Region = Region.Box([-10, 0], [10, 2e5]) };
        Assert.Equal(StationaryKind.Minimum, Assert.Single(Survey.Run(line, new() { Restarts = 50 }).AllMinima).Kind);
        Assert.All(Survey.Run(Objective.Define("level", 1, x => 0 * x[0]) with { Region = Region.Box(1, -1, 1) }, new() { Restarts = 20 }).AllMinima, m => Assert.Equal(StationaryKind.DegenerateMinimum, m.Kind));
        Assert.Equal(StationaryKind.DegenerateMinimum, Assert.Single(Survey.Run(Objective.Define("quartic", 1, x => Square(Square(x[0] - 1e6))) with { Region = Region.Box(1, 0, 2e6) }, new() { Restarts = 50 }).AllMinima).Kind);
    }
}
