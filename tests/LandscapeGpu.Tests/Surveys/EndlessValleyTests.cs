namespace LandscapeGpu.Tests.Surveys;

/// <summary>Places where restarts ended in a valley or a tail that goes on for ever are one row.</summary>
public sealed class EndlessValleyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1e-9)]
    [InlineData(1e12)]
    public void A_tail_that_has_become_level_in_a_box_is_one_family(double factor)
    {
        foreach (var (isDouble, unit) in new[] { (true, 1.0), (false, 1), (true, 1e6) })
        {
            var step = Objective.Define("step", 1, x => factor * (1 + Tanh((x[0] / unit) - 40))) with { Region = Region.Box(1, -60 * unit, 60 * unit) };

            var found = Survey.Run(step, new() { Restarts = 200, Descent = new() { IsDouble = isDouble } });

            Assert.True(Assert.Single(found.AllMinima).IsFlatFamily);
            // The plateau above is no floor, and may be called a tail.
            Assert.DoesNotContain(found.Stationary, p => p.Kind == StationaryKind.Tail && p.Value < factor);
        }
    }

    public static TheoryData<string, bool, double> EndlessValleys => Rows.Slices(["as it is", "mirrored", "exchanged", "turned"], 2, (true, 1), (true, 1e-9), (false, 1), (true, 1e12));

    [Theory]
    [MemberData(nameof(EndlessValleys))]
    public void Places_of_a_valley_that_falls_for_ever_are_one_row(string shape, bool isDouble, double factor)
    {
        // Beale's function has two: along x towards −∞ with y = 1, and along y towards −∞ with x = 0.
        var beale = Objective.Define("Beale", 2, p =>
        {
            var (x, y) = shape switch
            {
                "mirrored" => (-p[0], -p[1]),
                "exchanged" => (p[1], p[0]),
                "turned" => ((0.6 * p[0]) - (0.8 * p[1]), (0.8 * p[0]) + (0.6 * p[1])),
                _ => (p[0], p[1]),
            };
            return factor * (Square(1.5 - x + (x * y)) + Square(2.25 - x + (x * Square(y))) + Square(2.625 - x + (x * Pow(y, 3))));
        });

        var found = Survey.Run(beale, new() { Restarts = 500, Descent = new() { IsDouble = isDouble } });

        Assert.Equal(StationaryKind.Minimum, Assert.Single(found.AllMinima).Kind);
        Assert.InRange(found.Stationary.Count(p => p.Kind == StationaryKind.FallingValley), 0, 2);
        // What rounding leaves open is said; ends of tails are one row.
        Assert.All(found.Stationary, p => Assert.True(p.Kind is StationaryKind.FallingValley or StationaryKind.Tail or StationaryKind.Undecided, $"{p.Kind} at {p.Point[0]}, {p.Point[1]}"));
    }
}
