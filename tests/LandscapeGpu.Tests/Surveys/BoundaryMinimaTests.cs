namespace LandscapeGpu.Tests.Surveys;

/// <summary>Minima on the boundary of a region, by closed forms.</summary>
public sealed class BoundaryMinimaTests
{
    private static readonly Objective OutsideTheBall = Objective.Define("outside", 2, x => Square(x[0] - 3) + Square(x[1])) with { Region = Region.Ball(2) };

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData("reference", false)]
    public void Where_the_minimum_lies_outside_a_ball_its_surface_has_one(string? device, bool isDouble)
    {
        var found = Survey.Run(OutsideTheBall, new() { Restarts = 100, Device = device, Descent = new() { IsDouble = isDouble } });

        Assert.Empty(found.Minima);
        var minimum = Assert.Single(found.BoundaryMinima);
        Assert.Equal((100, 1.0), (minimum.Count, Math.Round(minimum.Value, 12)));
        Assert.Equal(2, minimum.Point[0], 1e-12);
        Assert.Equal(0, minimum.Point[1], 1e-9);
        // Along the circle of radius 2, f = 13 − 12 cos φ with φ = s/2: the second derivative by arc length is 12/4.
        Assert.Equal(3, Assert.Single(minimum.Eigenvalues), 1e-9);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(300)]
    public void A_ball_around_a_centre_has_the_point_nearest_to_the_target(int d)
    {
        // The nearest point of the ball of radius 2 around c to c + 5e₀ is c + 2e₀, at distance 3; the Hessian there is 2 + μ/R = 2 + 6/2.
        double[] centre = [.. Enumerable.Range(0, d).Select(i => 1.0 + (0.01 * i))];
        var data = new Data("centre", centre);
        var objective = Objective.Define("near", d, x => Sum(d, i => Square(x[i] - data[i])) - (10 * (x[0] - data[0]))) with { Region = Region.Ball(centre, 2) };

        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 20 }).BoundaryMinima);

        Assert.Equal(4 - 20, minimum.Value, 1e-9);
        Assert.Equal(centre[0] + 2, minimum.Point[0], 1e-9);
        Assert.Equal(5, minimum.Eigenvalues[0], 1e-6);
        Assert.Equal(5, minimum.Eigenvalues[^1], 1e-6);
    }

    [Theory]
    [InlineData(2, 1, 1, 1)]
    [InlineData(3, 1, 1, 1)]
    [InlineData(2, 1e-9, 1000, 1)]
    [InlineData(2, 1e12, 1e-3, 1)]
    [InlineData(2, 1, 1, 1e5)]
    [InlineData(2, 1, 1, 1e-7)]
    public void Every_corner_of_the_entropy_is_a_minimum_whatever_its_slopes_are(int d, double unit, double last, double length)
    {
        // −t log t is 0 at 0, where its slope is infinite, and at 1, where it is −1: two different coordinates are never to be measured by one another.
        var objective = Objective.Define("entropy", d, x => unit * Sum(d, i => -Select(Equal(i, d - 1), last, 1) * (x[i] / length) * Log(x[i] / length))) with { Region = Region.Box(d, 0, length) };
        var found = Survey.Run(objective, new() { Restarts = 200 });

        Assert.Empty(found.Stationary);
        Assert.Equal(1 << d, found.BoundaryMinima.Count);
        Assert.Equal(200, found.BoundaryMinima.Sum(m => m.Count));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Beside_an_infinite_slope_the_other_coordinates_are_polished_to_rounding(double power)
    {
        // tᵖ has no bound of its rounding at 0: it says nothing about what the others still promise.
        var objective = Objective.Define("power", 3, x => Pow(x[0], power) + Square(Square(x[1]) - 1) + (0.1 * x[1]) + Square(x[2] - x[1])) with { Region = Region.Box([0.0, -2, -2], [2.0, 2, 2]) };
        var found = Survey.Run(objective, new() { Restarts = 200 });

        Assert.Equal(2, found.BoundaryMinima.Count);
        // The roots of 4t³ − 4t + 0.1 next to −1 and 1, by Newton's method.
        Assert.Equal([-1.0122731, 0.9872575], found.BoundaryMinima.Select(m => Math.Round(m.Point[1], 7)));
        Assert.All(found.BoundaryMinima, m => Assert.InRange(m.GradientNorm, 0, 1e-14));
    }

    [Fact]
    public void A_concave_function_in_a_ball_has_its_minima_where_the_surface_is_farthest_down()
    {
        // −x₀² − 2x₁² in the unit disc: minima ±e₁ of value −2, saddles ±e₀ of the circle's own Hessian.
        var objective = Objective.Define("dome", 2, x => -Square(x[0]) - (2 * Square(x[1]))) with { Region = Region.Ball(1) };
        var found = Survey.Run(objective, new() { Restarts = 200 });

        Assert.Equal([-2.0, -2.0], found.BoundaryMinima.Select(m => Math.Round(m.Value, 10)));
        Assert.All(found.BoundaryMinima, m => Assert.Equal(2, m.Eigenvalues[0], 1e-9));
        Assert.Equal(200, found.BoundaryMinima.Sum(m => m.Count) + found.Stationary.Sum(m => m.Count));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(300)]
    public void In_many_coordinates_a_corner_of_a_box_is_one_boundary_minimum(int d)
    {
        var slope = Survey.Run(Objective.Define("slope", d, x => Sum(d, i => x[i])) with { Region = Region.Box(d, -1, 1) }, new() { Restarts = 20 });
        Assert.Equal(-d, Assert.Single(slope.BoundaryMinima).Value, 1e-9);
        Assert.Equal(d, slope.BoundaryMinima[0].AtBound.Count);

        var far = Survey.Run(Objective.Define("far", d, x => Sum(d, i => Square(x[i] - 2))) with { Region = Region.Box(d, -1, 1) }, new() { Restarts = 20 });
        Assert.Equal((20, d), (Assert.Single(far.BoundaryMinima).Count, (int)Math.Round(far.BoundaryMinima[0].Value)));
    }

    [Fact]
    public void In_many_coordinates_what_is_left_on_a_face_decides()
    {
        // Held at 1 in all but the last two coordinates, where it is a double well in one and a bowl in the other.
        const int D = 300;
        var objective = Objective.Define("face", D, x => -Sum(D - 2, i => x[i]) + Square(Square(x[D - 2]) - 0.25) + Square(x[D - 1])) with { Region = Region.Box(D, -1, 1) };
        var found = Survey.Run(objective, new() { Restarts = 60 });

        Assert.Equal(2, found.BoundaryMinima.Count);
        Assert.All(found.BoundaryMinima, m => Assert.Equal((D - 2, 2, 0.5), (m.AtBound.Count, m.Eigenvalues.Count, Math.Round(Math.Abs(m.Point[D - 2]), 8))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("reference")]
    public void A_corner_where_the_value_rises_inwards_is_a_minimum_though_the_hessian_is_not_positive(string? device)
    {
        foreach (var region in new[] { Region.Orthant(2), Region.Box(2, 0, 1) })
        {
            var objective = Objective.Define("copositive", 2, x => Square(x[0]) + Square(x[1]) + (4 * x[0] * x[1])) with { Region = region };
            var found = Survey.Run(objective, new() { Restarts = 40, Device = device });

            Assert.Equal((0.0, 40, 0), (found.BoundaryMinima[0].Value, found.BoundaryMinima[0].Count, found.BoundaryMinima[0].Index));
            Assert.Empty(found.Stationary);
        }
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData("reference", false)]
    public void A_slope_that_is_infinite_at_a_bound_holds_there(string? device, bool isDouble)
    {
        var roots = new (string Name, Func<Point, Real> Formula, int Minima)[]
        {
            ("entropy", x => -x[0] * Log(x[0]), 2),
            ("root", x => Sqrt(x[0]), 1),
            ("power", x => Pow(x[0], 0.3), 1),
        };
        foreach (var (name, formula, minima) in roots)
        {
            var found = Survey.Run(Objective.Define(name, 1, formula) with { Region = Region.Box(1, 0, 1) }, new() { Restarts = 100, Device = device, Descent = new() { IsDouble = isDouble } });

            Assert.Equal((0, 0, minima), (found.Minima.Count, found.Stationary.Count, found.BoundaryMinima.Count));
            // x·log x is 0 at 0 in the limit only; beside it, within rounding of the bound, it is 1e-14.
            Assert.All(found.BoundaryMinima, m => Assert.Equal(0, m.Value, 1e-13));
            Assert.Contains(found.BoundaryMinima, m => m.Point[0] == 0);
            Assert.Equal(100, found.BoundaryMinima.Sum(m => m.Count));
        }
    }

    [Fact]
    public void Endpoints_of_descents_with_noise_are_polished()
    {
        var wells = Objective.Define("wells", 1, x => Square(Square(x[0]) - 1) + (0.1 * x[0])) with { Region = Region.Box(1, -2, 2) };
        var found = Survey.Run(wells, new() { Restarts = 100, Descent = new() { Rule = new GradientDescent { Step = 0.005 }, Temperature = 0.01, Stop = new() { Iterations = 2_000 } } });

        Assert.Equal(2, found.Minima.Count);
        // One may pass over the hill's top with a gradient so short that it ends there.
        Assert.InRange(found.Minima.Sum(m => m.Count), 98, 100);
    }

    [Fact]
    public void A_box_may_be_open_on_sides_and_fixed_in_coordinates()
    {
        // x₀ free, x₁ ≥ 1, x₂ ≤ −1, x₃ = 0.5, x₄ in [0, 2].
        var region = Region.Box([double.NegativeInfinity, 1, double.NegativeInfinity, 0.5, 0], [double.PositiveInfinity, double.PositiveInfinity, -1, 0.5, 2]);
        var objective = Objective.Define("sides", 5, x => Square(x[0] - 7) + Square(x[1]) + Square(x[2]) + Square(x[3]) + Square(x[4] - (2 * x[3]))) with { Region = region };

        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 30 }).BoundaryMinima);

        Assert.Equal([7.0, 1.0, -1.0, 0.5, 1.0], minimum.Point.Select(x => Math.Round(x, 9)));
        Assert.Equal([1, 2], minimum.AtBound);
        Assert.Equal(2, minimum.Eigenvalues.Count);
    }

    [Fact]
    public void A_fixed_coordinate_alone_makes_no_boundary()
    {
        var objective = Objective.Define("slice", 2, x => Square(x[0] - 1) + (x[0] * x[1])) with { Region = Region.Box([-5, 1], [5, 1]) };

        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 10 }).Minima);

        Assert.Equal((StationaryKind.Minimum, 0.5, 1.0), (minimum.Kind, Math.Round(minimum.Point[0], 9), minimum.Point[1]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_bound_beside_which_the_slope_is_infinite_is_one_minimum_of_the_value_that_f_has_on_it(bool isDouble)
    {
        // (x₀eˣ¹)^0.7 is 0 wherever x₀ is, and 1e-11 a rounding beside it, with a slope along x₁.
        var objective = Objective.Define("edge", 2, x => Pow(x[0] * Exp(x[1]), 0.7)) with { Region = Region.Box(2, 0, 1) };

        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 300, Descent = new() { IsDouble = isDouble } }).AllMinima);

        Assert.Equal((StationaryKind.DegenerateMinimum, 0.0, 0.0, 1), (minimum.Kind, minimum.Value, minimum.Point[0], minimum.FlatDirections));
        Assert.Equal([0], minimum.AtBound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_pushes_a_point_a_rounding_beside_a_bound_is_no_push_on_it(bool isDouble)
    {
        var objective = Objective.Define("floor", 3, x => x[0] + Square(x[2])) with { Region = Region.Box(3, 0, 1) };

        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 300, Descent = new() { IsDouble = isDouble } }).AllMinima);

        Assert.Equal((0.0, 1), (minimum.Value, minimum.FlatDirections));
        Assert.Equal([0], minimum.AtBound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_start_a_rounding_beside_a_wall_is_no_stationary_point(bool isDouble)
    {
        // There the slope −1/x is less than what a rounding of a coordinate near 1 would change it by.
        double[] starts = [1e-17, 1e-16, 1e-18, 0.5];
        var objective = Objective.Define("wall", 1, x => x[0] - Log(x[0])) with { Region = Region.Box(1, 0, 4) };

        var found = Survey.Run(objective, new() { Restarts = 4, Starts = new GivenPoints(starts, 1), Descent = new() { IsDouble = isDouble } });

        Assert.Empty(found.Stationary);
        Assert.NotEmpty(found.AllMinima);
        Assert.All(found.AllMinima, m => Assert.Equal(1, m.Point[0], 1e-9));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_flat_set_that_ends_at_a_bound_is_no_saddle_there(bool isDouble)
    {
        // Of R·C only the product is known: the hyperbola ends where R is least, and there Schur's complement of C is all rounding.
        double[] f = [1e2, 1e3, 3e3, 1e4, 1e5];
        var (hertz, phase) = (new Data("f", f), new Data("phase", [.. f.Select((v, k) => Math.Atan(2 * Math.PI * v * 4.7e-5) + (0.01 * Math.Sin(7 * k)))]));
        var fit = Objective.Define("R·C", 2, x => Sum(f.Length, i => Square(Atan(2 * Math.PI * hertz[i] * x[0] * x[1]) - phase[i]))) with { Region = Region.Box([1e2, 1e-10], [1e5, 1e-6]) };

        var found = Survey.Run(fit, new() { Restarts = 300, Descent = new() { IsDouble = isDouble } });

        Assert.Empty(found.Stationary);
        Assert.Equal(1, Assert.Single(found.AllMinima).FlatDirections);
    }
}
