namespace LandscapeGpu.Tests.Surveys;

/// <summary>What is level on a whole surface, of a ball or a sphere, is one minimum, with the surface's dimension.</summary>
public sealed class LevelSurfaceTests
{
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

    public static TheoryData<string, bool, double, double> LevelSurfaces => Rows.Slices(
        ["sphere 2", "sphere 3", "sphere 10", "spheres", "ball 2", "ball 3", "ball 10", "bell in a ball", "ball x box inside", "ball x box at a bound", "ball x ball", "sphere x box at a bound", "ball x sphere"],
        2, (false, 1, 1), (true, 1, 1e12), (false, 1e3, 1e-12), (true, 1e-6, 1));

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
}
