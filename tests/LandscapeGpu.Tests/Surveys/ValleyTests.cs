namespace LandscapeGpu.Tests.Surveys;

/// <summary>What becomes of restarts whose gradient is short in a valley long before its end.</summary>
public sealed class ValleyTests
{
    private static readonly SurveyOptions Options = new() { Restarts = 200, Threads = 2 };

    [Fact]
    public void A_restart_in_a_bent_valley_is_followed_to_the_valleys_minimum()
    {
        // Along the parabola the slope is below 1e-3, where descent in single precision ends, all the way from the starts to (3, 9).
        var bent = Objective.Define("bent", 2, x => Square(x[1] - Square(x[0])) + (1e-4 * Square(x[0] - 3))) with { Starts = new Gaussian(0.5) };
        var result = Survey.Run(bent, Options);
        var minimum = Assert.Single(result.Minima);
        // Newton's method ends within rounding of the point over the least curvature, 5e-6.
        Assert.Equal(3, minimum.Point[0], 1e-8);
        Assert.Equal(200, minimum.Count);
        Assert.Equal((0, 0), (result.Unpolished, result.Endless));
    }

    [Fact]
    public void A_restart_in_a_valley_whose_minimum_is_at_infinity_runs_there_and_is_no_minimum()
    {
        var endless = Objective.Define("endless", 2, x => 1 + Exp(-x[0]) + Square(x[1] - x[0])) with { Starts = new Gaussian(0.5) };
        var result = Survey.Run(endless, Options);
        Assert.Empty(result.Minima);
        Assert.Equal((200, 0), (result.Endless + result.Outcomes.LeftDomain, result.Unpolished));
        Assert.True(result.Endless > 0);
        Assert.Equal(200, result.Outcomes.Total);
    }

    [Fact]
    public void A_valley_that_fades_with_a_power_of_the_distance_runs_to_infinity_too()
    {
        // As where two hidden units turn into one: the value falls with a power of their weights.
        var fading = Objective.Define("fading", 2, x => (1 / (1 + Square(x[0]))) + Square(x[1] - (0.5 * x[0]))) with { Starts = new Gaussian(2) };
        var result = Survey.Run(fading, Options);
        Assert.Empty(result.Minima);
        Assert.True(result.Endless > 0);
        Assert.Equal(0, result.Unpolished);
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 1, true)]
    [InlineData(1e-6, 1e9, true)]
    [InlineData(1e4, 1e-12, true)]
    public void Far_down_a_bent_valley_without_an_end_no_place_is_a_flat_family(double unit, double factor, bool isDouble)
    {
        // Beale's: as x runs to minus infinity the floor y = 1 + c/x falls to 0.452 for ever. Up to 10⁴ away its slope of 10⁻⁹ is a gradient's rounding, and curvatures across it are 10¹⁰.
        var beale = Objective.Define("Beale", 2, v =>
        {
            var (x, y) = (v[0] / unit, v[1]);
            return factor * (Square(1.5 - x + (x * y)) + Square(2.25 - x + (x * Square(y))) + Square(2.625 - x + (x * Pow(y, 3))));
        }) with
        { Starts = new Gaussian([3 * unit, 3]) };
        var result = Survey.Run(beale, new() { Restarts = 300, Descent = new() { IsDouble = isDouble } });
        var minimum = Assert.Single(result.Minima);
        Assert.Equal(3 * unit, minimum.Point[0], 1e-9 * unit);
        Assert.Equal(0.5, minimum.Point[1], 1e-9);
    }
}
