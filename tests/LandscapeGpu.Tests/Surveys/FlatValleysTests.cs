namespace LandscapeGpu.Tests.Surveys;

/// <summary>A connected set of minima is one minimum.</summary>
public sealed class FlatValleysTests
{
    [Fact]
    public void A_ring_of_minima_is_one_minimum_with_one_flat_direction()
    {
        var ring = Objective.Define("ring", 2, x => Square(Square(x[0]) + Square(x[1]) - 1)) with { Region = Region.Box(2, -2, 2) };

        var result = Survey.Run(ring, new() { Restarts = 500 });

        var minimum = Assert.Single(result.Minima);
        Assert.Equal(1, minimum.FlatDirections);
        Assert.Equal(500, minimum.Count);
        Assert.True(minimum.Places > 400, $"{minimum.Places} points of the ring were met by 500 restarts");
        Assert.Equal(1, result.Coverage.GoodTuring);
    }

    [Fact]
    public void A_survey_until_coverage_counts_a_valley_once_and_stops()
    {
        var ring = Objective.Define("ring", 2, x => Square(Square(x[0]) + Square(x[1]) - 1)) with { Region = Region.Box(2, -2, 2) };

        var result = Survey.Run(ring, new() { Restarts = 500, UntilCoverage = 0.99, Budget = 100_000 });

        // 500 restarts into one basin are above the 369 that 99% asks for.
        Assert.Equal(500, result.Restarts);
    }

    [Fact]
    public void Rings_of_equal_value_with_a_ridge_between_them_stay_apart()
    {
        var rings = Objective.Define("rings", 2, x =>
        {
            var square = Square(x[0]) + Square(x[1]);
            return Square((square - 1) * (square - 4));
        }) with
        { Region = Region.Box(2, -3, 3) };

        var result = Survey.Run(rings, new() { Restarts = 500 });

        Assert.Equal(2, result.Minima.Count);
        Assert.Equal([1.0, 2.0], result.Minima.Select(m => Math.Sqrt(m.Point.Sum(c => c * c))).Order(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Parallel_valleys_stay_as_many_as_they_are()
    {
        // A line between two of them crosses the others at equal shares of its length.
        var valleys = Objective.Define("valleys", 2, x => Square(Sin(Math.PI * x[0])) + (0 * x[1])) with { Region = Region.Box([-4.5, -1], [4.5, 1]) };

        var result = Survey.Run(valleys, new() { Restarts = 500 });

        Assert.Equal(9, result.Minima.Count);
        Assert.Equal(500, result.Minima.Sum(m => m.Count) + result.BoundaryMinima.Sum(m => m.Count));
    }

    [Fact]
    public void Factors_of_a_matrix_form_two_components_one_of_rotations_and_one_of_reflections()
    {
        var objective = Catalogue.Families.Single(f => f.Name == "pca-rank-r").Create();

        var result = Survey.Run(objective, new() { Restarts = 300, Identity = IdentityKind.Location });

        Assert.Equal(2, result.Minima.Count);
    }

    [Fact]
    public void Saddles_on_a_flat_set_are_one_saddle()
    {
        // Minima at r = 0 and on the ring r = 2, and between them a ring of saddles at r = 1: f' ~ r(r² − 1)(r² − 4).
        var hill = Objective.Define("hill", 2, x =>
        {
            var square = Square(x[0]) + Square(x[1]);
            return (Pow(square, 3) / 6) - (1.25 * Square(square)) + (2 * square);
        }) with
        { Region = Region.Box(2, -3, 3) };

        var result = SaddleSearch.Run(hill, new() { Starts = 200 });

        Assert.Equal(3, result.Points.Count);
        Assert.Equal(1, result.OfIndex(1));
    }
}
