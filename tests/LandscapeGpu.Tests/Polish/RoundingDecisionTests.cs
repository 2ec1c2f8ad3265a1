using FsCheck;
using FsCheck.Fluent;

namespace LandscapeGpu.Tests.Polish;

/// <summary>What is stationary, what kind it is and what is the same is decided by rounding: a value's unit, a lost digit, a flat point or a tail decide nothing.</summary>
public class RoundingDecisionTests
{
    private static readonly double[] Factors = [1e-20, 1e-6, 1e3, 1e8];

    [Theory]
    [InlineData("himmelblau")]
    [InlineData("six-hump-camel")]
    [InlineData("rastrigin")]
    [InlineData("styblinski-tang")]
    [InlineData("lennard-jones")]
    [InlineData("pca")]
    [InlineData("xy-ring")]
    [InlineData("phi4-chain")]
    public void A_factor_before_the_value_changes_neither_which_endpoints_are_stationary_nor_their_kinds(string name)
    {
        var family = Catalogue.Find(name).Create();
        var seen = Kinds(family, family);
        foreach (var factor in Factors)
        {
            Assert.Equal(seen, Kinds(family, Times(family, factor)));
        }
    }

    [Fact]
    public void A_value_that_is_all_rounding_is_not_the_lowest_that_was_met()
    {
        // Near 0 the difference has lost all of its digits, and the quotient is anything down to -1e16.
        foreach (var factor in new[] { 1.0, 1e8 })
        {
            var found = Survey.Run(Objective.Define("lost digits", 1, x => factor * -(1 - Cos(x[0])) / Square(x[0])) with { Region = Region.Box(1, -3, 3) }, new() { Restarts = 200 });
            Assert.False(found.IsLowestMissed);
            Assert.InRange(found.Lowest!.Value / factor, -0.500001, -0.4999);
        }
    }

    [Fact]
    public void Nor_does_it_of_random_smooth_formulas() => Check.One(
        Config.QuickThrowOnFailure.WithReplay(11, 1).WithMaxTest(12),
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Elements(Factors).ToArbitrary(), (seed, factor) =>
        {
            var formula = Expressions.RandomFormula.Of(seed, smooth: true) with { Region = Region.Box((seed % 6) + 1, -1.5, 1.5) };
            Assert.Equal(Kinds(formula, formula), Kinds(formula, Times(formula, factor)));
        }));

    [Fact]
    public void A_sum_of_squares_that_cancels_at_its_minimum_loses_no_restart()
    {
        var multiplied = Box(2, x => Pow(x[0], 4) + Pow(x[1], 4) + (2 * Square(x[0]) * x[1]) + (2 * x[0] * Square(x[1])) - (21 * Square(x[0])) - (13 * Square(x[1])) - (14 * x[0]) - (22 * x[1]) + 170, 5);
        var found = Survey.Run(multiplied, new() { Restarts = 500 });
        Assert.Equal((4, 500L, 0L), (found.Minima.Count, found.Outcomes.Converged, found.Unpolished));
    }

    [Fact]
    public void Restarts_whose_steps_single_precision_cannot_take_go_on_in_double_and_that_is_said()
    {
        var slow = new LandscapeGpu.Descent.DescentOptions { Rule = new LandscapeGpu.Descent.GradientDescent { Step = 1e-4 }, Stop = new() { Iterations = 60_000 } };
        var vincent = Survey.Run(Catalogue.Find("vincent").Create(1), new() { Restarts = 64, Descent = slow });
        Assert.Contains(vincent.Warnings, w => w.Message.Contains("stood still in single precision", StringComparison.Ordinal));
        Assert.True(vincent.Outcomes.IterationLimit < 8, $"{vincent.Outcomes}");
    }

    [Fact]
    public void A_circle_in_map_coordinates_is_fitted()
    {
        var random = new Random(1);
        var angles = Enumerable.Range(0, 40).Select(_ => random.NextDouble() * 2 * Math.PI).ToArray();
        var east = new Data("E", [.. angles.Select(t => Math.Round(4.5e5 + (100 * Math.Cos(t)) + random.NextDouble(), 2))]);
        var north = new Data("N", [.. angles.Select(t => Math.Round(5.2e6 + (100 * Math.Sin(t)) + random.NextDouble(), 2))]);
        var circle = Objective.Define("circle", 3, x => Sum(40, k => Square(Sqrt(Square(east[k] - x[0]) + Square(north[k] - x[1])) - x[2])))
            with
        { Region = Region.Box([4.49e5, 5.19e6, 10], [4.51e5, 5.21e6, 1000]) };
        var found = Survey.Run(circle, new() { Restarts = 200, Descent = new() { IsDouble = true } });
        var minimum = Assert.Single(found.Minima);
        Assert.Equal(4.5e5, minimum.Point[0], 2.0);
        Assert.Equal(100, minimum.Point[2], 1.0);
    }

    [Theory]
    [InlineData(300, 1e-6)]
    [InlineData(300, 1e6)]
    public void A_convex_quadratic_in_many_coordinates_has_one_minimum_in_any_unit(int d, double factor)
    {
        var found = Survey.Run(Box(d, x => factor * Sum(d, i => Square(x[i] - 0.3) * (1 + (0.01 * (Real)i))), 2), new() { Restarts = 40 });
        Assert.Equal(40, Assert.Single(found.Minima).Count);
    }

    [Fact]
    public void A_point_whose_hessian_is_not_finite_costs_one_row_and_is_a_minimum_by_the_values_around()
    {
        var found = Survey.Run(Box(1, x => Pow(Abs(x[0] - 0.5), 1.5) * Square(x[0] + 1), 2), new() { Restarts = 300 });
        Assert.Equal([(StationaryKind.SingularMinimum, 0.5), (StationaryKind.Minimum, -1)], found.Minima.Select(m => (m.Kind, Math.Round(m.Point[0], 6))).OrderByDescending(m => m.Item2));
        Assert.All(found.Minima, m => Assert.Equal(0, m.Value, 1e-12));

        var many = Survey.Run(Box(300, x => Pow(Abs(x[0] - 0.5), 1.5) + Sum(299, i => Square(x[i + 1])), 2), new() { Restarts = 10, Descent = new() { IsDouble = true } });
        Assert.Equal(StationaryKind.SingularMinimum, Assert.Single(many.Minima).Kind);
    }

    [Fact]
    public void Minima_at_removable_singularities_have_the_curvature_of_the_function_and_not_of_the_formula()
    {
        var tanh = Assert.Single(Survey.Run(Box(1, x => -Tanh(x[0]) / x[0], 3), new() { Restarts = 200 }).Minima);
        Assert.Equal((StationaryKind.Minimum, 2.0 / 3), (tanh.Kind, Math.Round(tanh.Eigenvalues[0], 6)), ThirdDigits);
        var sinc = Assert.Single(Survey.Run(Box(2, x => -(Sin(x[0]) / x[0]) * (Sin(x[1]) / x[1]), 3), new() { Restarts = 200 }).Minima);
        Assert.Equal(StationaryKind.Minimum, sinc.Kind);
        Assert.All(sinc.Eigenvalues, l => Assert.Equal(1.0 / 3, l, 1e-6));
        var cosine = Survey.Run(Box(1, x => -(1 - Cos(x[0])) / Square(x[0]), 4), new() { Restarts = 200 });
        Assert.NotEmpty(cosine.Minima);
        Assert.All(cosine.Minima, m => Assert.Equal((StationaryKind.Minimum, 0.083), (m.Kind, Math.Round(m.Eigenvalues[0], 3))));
        Assert.All(cosine.Stationary, p => Assert.Equal(StationaryKind.Undecided, p.Kind));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(12)]
    public void An_even_power_has_one_minimum_at_any_order(int n)
    {
        foreach (var width in new[] { 1, 0.01 })
        {
            var minimum = Assert.Single(Survey.Run(Box(1, x => Pow(x[0], n), width), new() { Restarts = 200, Descent = new() { IsDouble = true } }).Minima);
            Assert.Equal((StationaryKind.DegenerateMinimum, 200L, false), (minimum.Kind, minimum.Count, minimum.IsFlatFamily));
            Assert.Equal(0, minimum.Point[0], 1e-6 * width);
        }
    }

    [Fact]
    public void Only_a_minimum_whose_value_stays_along_a_curve_is_a_flat_family()
    {
        foreach (var (formula, isFlat) in new (Func<Point, Real>, bool)[]
        {
            (x => Square(x[0]) + Pow(x[1], 4), false),
            (x => 3 + Pow(x[0], 6) + Square(x[1] + x[0]), false),
            (x => Square(x[1]) + (0 * x[0]), true),
            (x => Square(Square(x[0]) + Square(x[1]) - 0.25), true),
            (x => Square(x[1] - Square(x[0])), true),
        })
        {
            var found = Survey.Run(Box(2, formula, 1), new() { Restarts = 100, Descent = new() { IsDouble = true } });
            Assert.NotEmpty(found.Minima);
            Assert.All(found.Minima, m => Assert.Equal(isFlat, m.IsFlatFamily));
        }
    }

    [Fact]
    public void A_flat_point_that_falls_nearby_is_a_degenerate_saddle()
    {
        foreach (var formula in new Func<Point, Real>[]
        {
            x => Square(x[0]) + Pow(x[1], 3),
            x => Square(x[0] - Square(x[1])) + Pow(x[1], 3),
            x => Square(x[0]) - Pow(x[1], 4),
            x => Pow(x[0], 3) - (3 * x[0] * Square(x[1])),
            x => 7 + Square(x[0] - Square(x[1])) - Pow(x[1], 6),
        })
        {
            // The origin is one of a search's starts.
            var found = SaddleSearch.Run(Box(2, formula, 1), new() { Starts = 20 });
            Assert.Contains(found.Points, p => p.Kind == StationaryKind.DegenerateSaddle && p.Point.All(e => Math.Abs(e) < 1e-3));
            Assert.DoesNotContain(found.Points, p => p.IsMinimum && p.Point.All(e => Math.Abs(e) < 1e-3));
        }

        var minimum = SaddleSearch.Run(Box(2, x => Square(x[0] - Square(x[1])) + Pow(x[1], 4), 1), new() { Starts = 20 });
        Assert.Contains(minimum.Points, p => p.Kind == StationaryKind.DegenerateMinimum);
    }

    [Fact]
    public void An_ill_conditioned_minimum_is_a_minimum_where_its_curvature_holds_over_a_distance()
    {
        // Condition 1e10 after any scaling: the directions are not the axes.
        var narrow = Survey.Run(Box(2, x => Square(x[0] + x[1] - 0.2) + (1e-10 * Square(x[0] - x[1])), 1), new() { Restarts = 50, Descent = new() { IsDouble = true } });
        Assert.All(narrow.Minima, m => Assert.Equal((StationaryKind.Minimum, 0), (m.Kind, m.FlatDirections)));
        Assert.NotEmpty(narrow.Minima);
    }

    [Fact]
    public void Tails_have_no_stationary_points_and_searches_of_them_end()
    {
        var bell = SaddleSearch.Run(Objective.Define("bell", 1, x => 1 - Exp(-Square(x[0]))), new() { Starts = 500 });
        Assert.Equal(StationaryKind.Minimum, Assert.Single(bell.Points).Kind);
        var two = SaddleSearch.Run(Box(1, x => -Exp(-(x[0] * x[0])) - (0.5 * Exp(-Square(x[0] - 3))), 40), new() { Starts = 50 });
        Assert.Equal([0, 0, 1], two.Points.Select(p => p.Index).Order());
    }

    private static readonly IEqualityComparer<(StationaryKind, double)> ThirdDigits =
        EqualityComparer<(StationaryKind, double)>.Create((a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-5, _ => 0);

    private static Objective Box(int d, Func<Point, Real> formula, double width) => Objective.Define("f", d, formula) with { Region = Region.Box(d, -width, width) };

    private static Objective Times(Objective objective, double factor) =>
        Objective.Define(objective.Name, objective.Dimension, x => factor * new Rewriting(vectors: new() { [objective.Point] = x }).Apply(objective.Value));

    /// <summary>How many endpoints of the first's descents, polished on the second, are stationary, and of what kinds.</summary>
    private static string Kinds(Objective endpoints, Objective objective)
    {
        objective = objective with { Region = endpoints.Region };
        var d = objective.Dimension;
        var ends = new LandscapeGpu.Devices.LaneDevice(1).Compile(endpoints, new() { IsDouble = true })
            .Run(new(endpoints.DefaultStarts, 1, 0, 60)).Points;
        var derivatives = LandscapeGpu.Differentiation.Derivatives.Of(objective);
        var set = new LandscapeGpu.Polish.LanePolish(objective, derivatives, 1).Run(ends, 60);
        using var kinds = new LandscapeGpu.Valleys.PointKinds(objective, derivatives);
        using var hessians = new LandscapeGpu.Differentiation.LaneHessians(derivatives, objective);
        var found = new List<string>();
        for (var k = 0; k < 60; k++)
        {
            if (!set.Stationary[k])
            {
                found.Add("-");
                continue;
            }

            double[] point = [.. set.Points.AsSpan(k * d, d)];
            hessians.Set(0, point);
            hessians.ComputeApart();
            var hessian = new double[d * d];
            hessians.CopyTo(hessian, 0);
            var (spectrum, kind, _) = kinds.Of(point, hessian, SymmetricEigenvalues.Of(hessian, d));
            found.Add($"{kind} {spectrum.Index} {spectrum.FlatDirections}");
        }

        return string.Join(", ", found.CountBy(f => f).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Value} × {f.Key}"));
    }
}
