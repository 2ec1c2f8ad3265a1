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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_line_of_minima_along_which_places_are_known_to_less_than_their_length_is_one(bool isDouble)
    {
        // Points far out along x₁ are known to fewer digits than those of x₀, which have to be found nevertheless.
        var objective = Objective.Define("line", 2, x => 1 - Exp(-Square(x[0])) + (0 * x[1]));

        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 1_000, Descent = new() { IsDouble = isDouble } }).AllMinima);

        Assert.Equal(1, minimum.FlatDirections);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Beside_the_axes_of_a_product_curvature_is_rounding_and_no_saddle(int d)
    {
        // Where x is a rounding from an axis, the Hessian of x²y² has the determinant −12x²y² < 0; it is a minimum all the same.
        var objective = Objective.Define("axes", d, x => Square(Product(d, i => x[i]))) with { Region = Region.Box(d, -1, 1) };

        var found = Survey.Run(objective, new() { Restarts = 200, Descent = new() { IsDouble = true } });

        Assert.Empty(found.Stationary);
        // Where the axes meet, all curvature vanishes, and a restart or two may not arrive.
        Assert.InRange(found.AllMinima.Sum(m => m.Count), 195, 200);
        // The pieces of planes that meet in lines may stay a few.
        Assert.InRange(found.AllMinima.Count(), 1, 2 * d);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Of_two_exponentials_where_one_is_enough_nothing_is_a_saddle_and_little_is_listed_twice(double least)
    {
        // Zero amplitude frees a rate, and equal rates free how the amplitude is shared: there f rises like the fourth power across the set.
        double[] times = [0, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8];
        var (t, y) = (new Data("t", times), new Data("y", [.. times.Select(u => 2 * Math.Exp(-0.7 * u))]));
        var fit = Objective.Define("decay", 4, x => Sum(times.Length, k => Square((x[0] * Exp(-x[1] * t[k])) + (x[2] * Exp(-x[3] * t[k])) - y[k]))) with
        {
            Region = Region.Box([least, 0, least, 0], [5, 3, 5, 3]),
        };

        var found = Survey.Run(fit, new() { Restarts = 300 });

        Assert.Empty(found.Stationary);
        // Two arms and the line between them.
        Assert.InRange(found.AllMinima.Count(), 1, 3);
        Assert.All(found.AllMinima, m => Assert.InRange(m.FlatDirections, 1, 4));
        Assert.All(found.AllMinima, m => Assert.InRange(m.Value, 0, 1e-18));
    }

    public static TheoryData<string, int, double> Floors => Rows.Of(
        from unit in (double[])[1, 1e-9, 1e6]
        from floor in new[] { ("a half-line", 1), ("an interval", 1), ("a wedge", 2), ("a disc", 2) }
        select (floor.Item1, floor.Item2, unit));

    [Theory]
    [MemberData(nameof(Floors))]
    public void The_edge_of_a_level_floor_is_no_minimum_of_its_own(string floor, int d, double unit)
    {
        static Real Above(Real x) => Square(Max(x, 0.0));
        var objective = Objective.Define(floor, d, x => floor switch
        {
            "a half-line" => Above((x[0] / unit) - 1),
            "an interval" => Above((x[0] / unit) - 1) + (3 * Above(-(x[0] / unit) - 1)),
            "a wedge" => Above(1 - (x[0] / unit) - (x[1] / unit)) + Above(1 - (x[0] / unit) + (x[1] / unit)),
            _ => Above(Square(x[0] / unit) + Square(x[1] / unit) - 1),
        }) with
        { Region = Region.Box(d, -3 * unit, 3 * unit) };
        var result = Survey.Run(objective, new() { Restarts = 200 });
        var one = Assert.Single(result.AllMinima);
        Assert.Equal((StationaryKind.DegenerateMinimum, 0.0, 200L), (one.Kind, one.ShownValue, one.Count));
    }

    [Fact]
    public void A_minimum_apart_from_a_floor_of_the_same_value_stays_apart()
    {
        var objective = Objective.Define("apart", 1, x => Square(Max(Abs(x[0]) - 1, 0.0)) * Square(x[0] - 2)) with { Region = Region.Box(1, -3, 3) };
        var result = Survey.Run(objective, new() { Restarts = 200 });
        Assert.Equal([(StationaryKind.Minimum, false), (StationaryKind.DegenerateMinimum, true)], result.AllMinima.Select(m => (m.Kind, m.FlatDirections > 0)).Order());
    }
}
