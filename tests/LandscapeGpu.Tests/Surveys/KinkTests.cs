namespace LandscapeGpu.Tests.Surveys;

public class KinkTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_minimum_at_a_kink_is_listed_with_its_restarts_beside_the_smooth_one(bool isDouble)
    {
        var bent = Objective.Define("bent", 1, x => Min(Square(x[0] - 2) + 1, Abs(x[0] + 1))) with { Region = Region.Box(1, -4, 4) };
        var found = Survey.Run(bent, new() { Restarts = 500, Descent = new() { IsDouble = isDouble } });
        var kink = Assert.Single(found.KinkMinima);
        Assert.Equal((StationaryKind.MinimumAtKink, -1, 0), (kink.Kind, Math.Round(kink.Point[0], 12), Math.Round(kink.Value, 12)));
        Assert.Equal(1, Assert.Single(found.Minima).Value);
        // Every restart came to one of them, by their basins on a line: |x + 1| is below (x − 2)² + 1 up to x = (5 − √5)/2 only.
        Assert.Equal(500, kink.Count + found.Minima[0].Count);
        Assert.InRange(kink.Share, 0.55, 0.75);
        Assert.Equal(1, kink.Share + found.Minima[0].Share, 1e-12);
        Assert.False(found.IsLowestMissed);
    }

    [Fact]
    public void Cusps_in_two_coordinates_are_one_minimum_at_a_kink_for_nearly_all_restarts()
    {
        // Infinite slopes along both axes: descents run onto one of them, where the derivative is not finite, before they come to the other.
        var cusps = Objective.Define("cusps", 2, x => Sqrt(Abs(x[0] + 1)) + Sqrt(Abs(x[1] - 0.5))) with { Region = Region.Box(2, -2, 2) };
        var found = Survey.Run(cusps, new() { Restarts = 500 });
        var kink = Assert.Single(found.AllMinima);
        Assert.Equal((StationaryKind.MinimumAtKink, -1, 0.5), (kink.Kind, Math.Round(kink.Point[0], 9), Math.Round(kink.Point[1], 9)));
        Assert.InRange(kink.Count, 450, 500);
    }

    [Fact]
    public void Creases_and_jumps_are_minima_where_f_is_higher_all_round()
    {
        var norm = Objective.Define("L1", 3, x => Abs(x[0] - 1) + (2 * Abs(x[1])) + Abs(x[2] + x[0])) with { Region = Region.Box(3, -3, 3) };
        var kink = Assert.Single(Survey.Run(norm, new() { Restarts = 50 }).KinkMinima);
        Assert.All(kink.Point.Zip([1.0, 0, -1]), p => Assert.Equal(p.Second, p.First, 1e-9));
        // Most descents stop at creases; those count that the search had time to lead on from.
        Assert.InRange(kink.Count, 2, 50);

        var step = Objective.Define("step", 1, x => Select(x[0] < 0, 1 - x[0], x[0])) with { Region = Region.Box(1, -3, 3) };
        Assert.Equal(0, Assert.Single(Survey.Run(step, new() { Restarts = 50 }).AllMinima).Point[0], 1e-9);
    }

    [Theory]
    [InlineData("rosenbrock")]
    [InlineData("two-layer-relu")]
    [InlineData("glm")]
    public void Smooth_landscapes_have_none_however_short_their_descents_are(string name)
    {
        var found = Survey.Run(Catalogue.Find(name).Create(), new() { Restarts = 60, Descent = new() { Stop = new() { Iterations = 20 } } });
        Assert.Empty(found.KinkMinima);
        Assert.True(found.Outcomes.IterationLimit > 0);
    }

    [Fact]
    public void The_lowest_value_at_any_endpoint_is_told_where_no_minimum_is_as_low()
    {
        // Stopped on the way down: everything is lost, and the lowest of it is not.
        var found = Survey.Run(Catalogue.Find("rosenbrock").Create(4), new() { Restarts = 40, Descent = new() { Stop = new() { Iterations = 8 } } });
        Assert.True(found.IsLowestMissed);
        Assert.Equal(found.Lowest!.Value, found.Objective.Evaluate([.. found.Lowest.Point]), 1e-9 * found.Lowest.Value);
        Assert.Contains("The lowest value met is", SurveyText.Report(found), StringComparison.Ordinal);
        Assert.False(Survey.Run(Catalogue.Find("himmelblau").Create(), new() { Restarts = 50 }).IsLowestMissed);
    }
}
