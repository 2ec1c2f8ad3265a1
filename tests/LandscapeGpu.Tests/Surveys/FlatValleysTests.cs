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

    public static TheoryData<string, int, double> Floors
    {
        get
        {
            var data = new TheoryData<string, int, double>();
            foreach (var unit in (double[])[1, 1e-9, 1e6])
            {
                data.Add("a half-line", 1, unit);
                data.Add("an interval", 1, unit);
                data.Add("a wedge", 2, unit);
                data.Add("a disc", 2, unit);
            }

            return data;
        }
    }

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

    [Theory]
    [InlineData(3, 2, 0)]
    [InlineData(3, 2, 0.3)]
    [InlineData(4, 3, 0.5)]
    [InlineData(4, 2, 0)]
    public void A_flat_set_on_the_surface_of_a_ball_is_one_boundary_minimum(int d, int round, double slope)
    {
        // −½(x₀² + … ) of the first coordinates, and a slope along the last: minima form a circle, or a sphere, on the ball's surface.
        foreach (var (unit, centre, factor) in new[] { (2.0, 0.0, 1.0), (1, 0, 1e-9), (2e3, 5e4, 1e-3) })
        {
            var objective = Objective.Define("hill in a ball", d, x => factor * ((-0.5 * Sum(round, i => Square((x[i] - centre) / unit))) + (slope * (x[d - 1] - centre) / unit))) with
            {
                Region = Region.Ball([.. Enumerable.Repeat(centre, d)], unit),
            };

            var found = Survey.Run(objective, new() { Restarts = 100 });

            Assert.Empty(found.Minima);
            Assert.Empty(found.Stationary);
            var one = Assert.Single(found.BoundaryMinima);
            Assert.Equal((StationaryKind.DegenerateMinimum, round - 1, 100), (one.Kind, one.FlatDirections, one.Count));
            // On the unit ball −½(1 − z²) + sz is least at z = −s, where there is such a coordinate.
            Assert.Equal(-0.5 * (1 + (slope * slope)), one.Value / factor, 1e-9);
        }
    }

    public static TheoryData<string, bool, double, double> LevelSurfaces
    {
        get
        {
            var data = new TheoryData<string, bool, double, double>();
            string[] names = ["sphere 2", "sphere 3", "sphere 10", "spheres", "ball 2", "ball 3", "ball 10", "bell in a ball", "ball x box inside", "ball x box at a bound", "ball x ball", "sphere x box at a bound", "ball x sphere"];
            foreach (var (name, k) in names.Select((name, k) => (name, k)))
            {
                foreach (var (isDouble, unit, factor) in LongTests.Slice([(false, 1.0, 1.0), (true, 1, 1e12), (false, 1e3, 1e-12), (true, 1e-6, 1)], k, 2))
                {
                    data.Add(name, isDouble, unit, factor);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(LevelSurfaces))]
    public void What_is_level_on_a_whole_surface_is_one_family(string name, bool isDouble, double unit, double factor)
    {
        // Of a ball's surface all derivatives along it are rounding, and so is where Newton's method would lead.
        static Real Square2(Point x, int first, int count) => Sum(count, i => Square(x[first + i]));
        var (region, d, flat, isOnBoundary, f) = name switch
        {
            "sphere 2" or "sphere 3" or "sphere 10" => (Region.Sphere(Last()), Last(), Last() - 1, false, x => Square(Square2(x, 0, Last()) - 2)),
            "spheres" => (Region.Spheres(3), 6, 4, false, x => Square(Square2(x, 0, 3) - 2) + Exp(Square2(x, 3, 3))),
            "ball 2" or "ball 3" or "ball 10" => (Region.Ball(3 * unit), Last(), Last() - 1, true, x => -Square2(x, 0, Last()) / (unit * unit)),
            "bell in a ball" => (Region.Ball(2 * unit), 4, 3, true, x => Exp(-Square2(x, 0, 4) / (unit * unit))),
            "ball x box inside" => (Product((Region.Ball(unit), 3), (Region.Box(1, -1, 1), 1)), 4, 2, true, x => Square(x[3] - 0.5) - (Square2(x, 0, 3) / (unit * unit))),
            "ball x box at a bound" => (Product((Region.Ball(unit), 3), (Region.Box(1, -1, 1), 1)), 4, 2, true, x => x[3] - (Square2(x, 0, 3) / (unit * unit))),
            "ball x ball" => (Product((Region.Ball(unit), 3), (Region.Ball(2), 2)), 5, 3, true, x => -Square2(x, 3, 2) - (Square2(x, 0, 3) / (unit * unit))),
            "sphere x box at a bound" => (Product((Region.Sphere(3), 3), (Region.Box(1, -1, 1), 1)), 4, 2, true, x => x[3] + Square(Square2(x, 0, 3) - 3)),
            _ => (Product((Region.Ball(unit), 2), (Region.Sphere(3), 3)), 5, 3, true, (Func<Point, Real>)(x => Square(Square2(x, 2, 3) - 3) - (Square2(x, 0, 2) / (unit * unit)))),
        };

        var found = Survey.Run(Objective.Define(name, d, x => factor * f(x)) with { Region = region }, new() { Restarts = 60, Descent = new() { IsDouble = isDouble } });

        var one = Assert.Single(found.AllMinima);
        Assert.Empty(found.Stationary);
        Assert.Equal((StationaryKind.DegenerateMinimum, flat, 60L, isOnBoundary, true), (one.Kind, one.FlatDirections, one.Count, one.IsOnBoundary, one.IsFlatFamily));

        int Last() => int.Parse(name.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);

        static Region Product(params (Region Region, int Coordinates)[] parts) => Region.Product(parts);
    }

    [Fact]
    public void Families_at_opposite_bounds_and_on_opposite_faces_stay_two()
    {
        var region = Region.Product((Region.Ball(1), 3), (Region.Box(1, -1, 1), 1));

        var found = Survey.Run(Objective.Define("two", 4, x => -Sum(4, i => Square(x[i]))) with { Region = region }, new() { Restarts = 60 });

        Assert.Equal([(-1.0, 2), (1, 2)], found.BoundaryMinima.Select(m => (m.Point[3], m.FlatDirections)).Order());
        Assert.Empty(found.Minima);
    }

    [Fact]
    public void A_constant_on_a_sphere_has_no_isolated_minima()
    {
        // The eigenvalue along the normal is the only one: the others are the eigensolver's rounding of it.
        var found = Survey.Run(Objective.Define("level", 3, x => 0 * x[0]) with { Region = Region.Sphere(3) }, new() { Restarts = 60 });

        Assert.Equal((2, true), (Assert.Single(found.AllMinima).FlatDirections, found.Minima[0].IsFlatFamily));
    }

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

    public static TheoryData<string, bool, double> EndlessValleys
    {
        get
        {
            var data = new TheoryData<string, bool, double>();
            foreach (var (shape, k) in ((string[])["as it is", "mirrored", "exchanged", "turned"]).Select((shape, k) => (shape, k)))
            {
                foreach (var (isDouble, factor) in LongTests.Slice([(true, 1.0), (true, 1e-9), (false, 1), (true, 1e12)], k, 2))
                {
                    data.Add(shape, isDouble, factor);
                }
            }

            return data;
        }
    }

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
