namespace LandscapeGpu.Tests.Surveys;

/// <summary>Where a slope is infinite on a bound, as that of √x at 0, the bound holds that coordinate, and descent goes on along the others.</summary>
public sealed class SteepBoundsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e8, 1)]
    [InlineData(1e-8, 1.0 / (1 << 30))]
    [InlineData(1, 1 << 20)]
    public void Two_corners_that_mirror_each_other_get_half_of_the_restarts_each(double times, double unit)
    {
        // f(−x) = f(x).
        var odd = Objective.Define("odd", 2, x => times * ((Asin(x[0] / unit) * x[1]) + (0.3 * Square(x[1])))) with { Region = Region.Box([-unit, -1], [unit, 1]) };

        var found = Survey.Run(odd, new() { Restarts = 1_000 });

        Assert.Equal(2, found.BoundaryMinima.Count);
        Assert.All(found.BoundaryMinima, m => Assert.InRange(m.Count, 400, 600));
        Assert.Equal(1_000, found.AtMinima);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(1e8, 1e-9, 1)]
    [InlineData(1e-8, 1e6, 2)]
    public void Profits_of_Cobb_and_Douglas_have_their_best_places_on_the_axes(double times, double unit, int seed)
    {
        // On x₁ = 0 it is 0.4(x₀ − 1)² + 0.5 − x₀, on x₀ = 0 0.5(x₁ − 1)² + 0.4 − x₁.
        var profit = Objective.Define("profit", 2, x => Of(x[0] / unit, x[1])) with { Region = Region.Box([0, 0], [4 * unit, 4]) };

        var found = Survey.Run(profit, new() { Restarts = 1_000, Seed = (ulong)seed });

        Assert.Equal([-1.125 * times, -1.1 * times], found.BoundaryMinima.Select(m => m.Value), (a, b) => Math.Abs(a - b) <= 1e-12 * times);
        Assert.Equal([2.25, 0], found.BoundaryMinima[0].Point.Select((x, i) => i == 0 ? x / unit : x), (a, b) => Math.Abs(a - b) <= 1e-7);
        Assert.Single(found.Minima);
        Assert.Equal(1_000, found.AtMinima);

        Real Of(Real k, Real l) => times * ((Pow(k, 0.3) * Pow(l, 0.7)) - k - l + (0.4 * Square(k - 1)) + (0.5 * Square(l - 1)));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_root_that_multiplies_what_changes_along_the_bound_is_polished_along_it(double power)
    {
        var root = Objective.Define("root", 2, x => (Pow(x[0], power) * (1 + x[1])) + Square(x[1] - 0.5)) with { Region = Region.Box(2, 0, 1) };

        var found = Survey.Run(root, new() { Restarts = 300 });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal([0, 0.5], minimum.Point);
        Assert.Equal((0.0, 300L), (minimum.Value, minimum.Count));
    }

    [Fact]
    public void Lanes_and_the_reference_agree_on_bounds_that_are_steep()
    {
        var odd = Objective.Define("odd", 2, x => (Asin(x[0]) * Asin(x[1])) + (0.1 * x[0])) with { Region = Region.Box(2, -1, 1) };

        var lanes = Survey.Run(odd, new() { Restarts = 300 });
        var reference = Survey.Run(odd, new() { Restarts = 300, VectorBits = 0 });

        Assert.Equal(lanes.BoundaryMinima.Select(m => (m.Value, m.Count)), reference.BoundaryMinima.Select(m => (m.Value, m.Count)));
        Assert.Equal(300, lanes.AtMinima);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.3)]
    public void A_root_of_a_product_whose_slope_along_the_bound_is_no_number_is_polished_along_it(double power)
    {
        var mean = Objective.Define("mean", 2, x => Pow(x[0] * x[1], power) + (0.3 * Square(x[0] + x[1] - 2))) with { Region = Region.Box(2, 0, 4) };

        var found = Survey.Run(mean, new() { Restarts = 300 });

        Assert.Equal([(0.0, 2.0), (2.0, 0.0)], found.BoundaryMinima.Select(m => (m.Point[0], m.Point[1])).Order());
        Assert.All(found.BoundaryMinima, m => Assert.Equal(0, m.Value));
        Assert.Equal(300, found.AtMinima);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e9)]
    public void Kinks_that_a_function_makes_where_its_slope_is_infinite_are_found(double unit)
    {
        var wave = Objective.Define("wave", 1, x => Acos(Cos(unit * x[0])) + (0.02 * unit * x[0])) with { Region = Region.Box(1, -10 / unit, 10 / unit) };

        var found = Survey.Run(wave, new() { Restarts = 300 });

        Assert.Equal([-1, 0, 1], found.KinkMinima.Select(m => Math.Round(unit * m.Point[0] / (2 * Math.PI), 6)).Order());
    }
}
