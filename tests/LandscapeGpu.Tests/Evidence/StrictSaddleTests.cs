namespace LandscapeGpu.Tests.Evidence;

public class StrictSaddleTests
{
    private static readonly VerificationOptions Small = new() { Survey = new() { Restarts = 300, Descent = new() { IsDouble = true } }, SaddleStarts = 400, Paths = 3 };

    [Theory]
    [InlineData(-1e-3, true)]
    [InlineData(0, false)]
    public void A_saddle_that_only_the_values_around_it_tell_is_no_degenerate_one_where_they_curve_down(double curvature, bool isSeen)
    {
        // With a cubic beside it the way down is there in both; the values say which of them is of second order.
        var objective = Objective.Define("saddle", 2, x => Square(x[0]) + (0.5 * curvature * Square(x[1])) + (0.01 * x[1] * Square(x[1])));
        var origin = SaddleSearch.Run(objective, new() { Starts = 1, Also = [[0, 0]] }).Points.Single(p => p.Point.All(c => Math.Abs(c) < 1e-6)) with { Kind = StationaryKind.DegenerateSaddle };
        using var seen = new NegativeCurvature(objective);
        Assert.Equal(isSeen, seen.IsSeenAt(origin));
    }

    [Fact]
    public void A_deep_linear_network_has_only_global_minima_and_fails_strict_saddle_at_the_origin()
    {
        var seen = Verification.Of(SmallLandscapes.DeepLinear, Small);
        Assert.Empty(seen.LocalVersusGlobal.Spurious);
        Assert.False(seen.StrictSaddle!.Holds);
        // The gradient at distance r is of order r²: the walk ends within 1e-6 of the origin.
        Assert.Contains(seen.StrictSaddle!.DegenerateSaddles, p => p.Point.All(x => Math.Abs(x) < 1e-5) && Math.Abs(p.Value - 0.5) < 1e-12);
        Assert.StartsWith("Strict saddle fails", seen.StrictSaddle!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void PCA_is_strict_saddle_with_the_gap_of_its_eigenvalues()
    {
        var seen = Verification.Of(Catalogue.Find("pca").Create(4), Small);
        Assert.True(seen.StrictSaddle!.Holds);
        // The saddle √λᵢvᵢ curves down by 2(λ₁ − λᵢ), the least 2(1 − 0.8); the origin by 2.
        Assert.Equal(0.4, seen.StrictSaddle!.LeastSaddleCurvature, 1e-9);
        var last = seen.StrictSaddle!.Bounds[^1];
        Assert.InRange(last.Beta, 0.3, 0.4 + 1e-9);
        Assert.Empty(seen.LocalVersusGlobal.Spurious);
    }

    [Fact]
    public void Every_bound_is_kept_by_the_points_it_was_taken_from_and_by_no_larger_beta()
    {
        var well = Objective.Define("double well", 1, x => 0.25 * Square(Square(x[0]) - 1)) with { Starts = new UniformBox(-1.5, 1.5) };
        var survey = Survey.Run(well, Small.Survey);
        var points = SaddleSearch.Run(well, new() { Starts = 100 }).Points;
        var global = GlobalReference.Of(survey);
        var sample = LandscapeSample.Draw(well, global, 700);
        var seen = StrictSaddle.Of(well, global, sample, points);
        Assert.All(seen.Bounds, bound =>
        {
            // f′ = x³ − x, f″ = 3x² − 1, minima ±1: the definition evaluated here.
            var undecided = sample.Points.Append([0.0]).Select(p => p[0])
                .Where(x => Math.Abs((x * x * x) - x) < bound.Alpha * (1 - 1e-9) && Math.Abs(Math.Abs(x) - 1) > bound.Gamma * (1 + 1e-9)).ToList();
            Assert.All(undecided, x => Assert.True((3 * x * x) - 1 <= -bound.Beta + 1e-9));
            if (undecided.Count > 0)
            {
                Assert.Equal(bound.Beta, undecided.Min(x => 1 - (3 * x * x)), 1e-9);
            }
        });
        // At the saddle f″ = −1; no point of convexity on [−1.5, 1.5] is farther than ½ from a minimum.
        Assert.Equal(1, seen.LeastSaddleCurvature, 1e-9);
        Assert.All(seen.Bounds, b => Assert.True(b.Gamma <= 0.5));
    }

    [Fact]
    public void What_is_stated_is_the_definition_on_a_grid_at_a_quarter_of_the_distance_of_the_minima()
    {
        // ¼(x² − 1)² + ½y², minima ±1: on a grid of a hundredth, β is the least −λ_min where the slope is below α and both minima are farther than ½.
        var well = Objective.Define("two wells", 2, x => (0.25 * Square(Square(x[0]) - 1)) + (0.5 * Square(x[1]))) with { Region = Region.Box(2, -2, 2) };
        var seen = Verification.Of(well, Small with { Samples = 140 }).StrictSaddle!;
        Assert.Equal(0.5, seen.Gammas[0], 1e-9);
        var stated = seen.Stated!;
        var grid = from i in Enumerable.Range(-200, 401)
                   from j in Enumerable.Range(-200, 401)
                   let x = i / 100.0
                   let y = j / 100.0
                   where Math.Sqrt(Math.Pow((x * x * x) - x, 2) + (y * y)) < stated.Alpha && Math.Sqrt(Math.Pow(Math.Abs(x) - 1, 2) + (y * y)) > 0.5
                   select Math.Max(-1, 1 - (3 * x * x));
        // Twenty starts alone are coarser by far: the worst points are sought. The grid is a hundredth, where −λ_min changes by 6x a unit.
        Assert.InRange(stated.Betas[0], 0, grid.Min() + 0.02);
        // Smaller γ and larger α leave more points to condition 2.
        Assert.All(seen.Bounds, b => Assert.Equal(b.Betas.OrderDescending(), b.Betas));
    }

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 1.0 / 3)]
    [InlineData(3, 1.0 / 5)]
    public void Theorem_2_3_is_fitted_with_the_power_of_the_flattest_minimum(int half, double power)
    {
        // Σ x²ᵖ: a slope of ε is met at a distance of (ε/2p)^{1/(2p − 1)}.
        var flat = Objective.Define("power", 2, x => Pow(x[0], 2 * half) + Square(x[1])) with { Region = Region.Box(2, -1.5, 1.5) };
        var bound = Verification.Of(flat, Small).StrictSaddle!.ErrorBound!;
        Assert.Equal(power, bound.Power, 0.02);
        // It holds where it was not fitted: on the flat axis at ε₀ and a tenth of it.
        Assert.All(new[] { bound.Epsilon, 0.1 * bound.Epsilon }, e => Assert.True(Math.Pow(e / (2 * half), 1.0 / ((2 * half) - 1)) <= 1.1 * bound.Factor * Math.Pow(e, bound.Power)));
    }

    [Fact]
    public void A_curvature_below_the_rounding_of_others_is_no_beta()
    {
        // From x = 9 on −exp(−x²) curves down by less than 1e-33, beside 2 at the minimum.
        var well = Objective.Define("well", 1, x => 1 - Exp(-Square(x[0]))) with { Starts = new UniformBox(-9, 9) };
        var strict = Verification.Of(well, Small).StrictSaddle!;
        Assert.All(strict.Bounds.SelectMany(b => b.Betas), b => Assert.False(b is > 0 and < 2e-16));
        Assert.Contains("the property fails at points looked at for every α", strict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_degenerate_saddle_is_looked_at_no_beta_is_above_0()
    {
        // Its place is off by rounding, which leaves it a curvature of the square of that.
        var strict = Verification.Of(Catalogue.Find("orthogonal-tensor").Create(4, new Dictionary<string, double> { ["components"] = 2 }), Small).StrictSaddle!;
        Assert.False(strict.Holds);
        Assert.All(strict.Bounds, b => Assert.Equal(0, b.Betas[^1]));
    }

    [Theory]
    [InlineData("pca", 4)]
    [InlineData("double-well", 2)]
    [InlineData("glm", 4)]
    public void Theorem_2_3_has_power_1_where_minima_have_a_positive_definite_Hessian(string family, int dimension)
    {
        // ‖∇f‖ ≤ β·distance: no power above 1 holds as ε → 0, and along an axis of curvature λ the distance is ε/λ to first order.
        var bound = Verification.Of(Catalogue.Find(family).Create(dimension), Small).StrictSaddle!.ErrorBound!;
        Assert.InRange(bound.Power, 0.995, 1);
    }

    [Fact]
    public void Theorem_2_3_asks_for_no_curvature_where_every_small_slope_is_near_the_minimum_and_for_one_above_0_elsewhere()
    {
        // x² + y⁴ is convex: any τ₀ will do. 1 − exp(−x²) is as flat as one likes far out, where it curves down by as little: no τ₀ > 0 will.
        var convex = Objective.Define("convex", 2, x => Square(x[0]) + Pow(x[1], 4)) with { Region = Region.Ball([0, 0], 1) };
        var bound = Verification.Of(convex, Small).StrictSaddle!.ErrorBound!;
        Assert.True(double.IsPositiveInfinity(bound.Tau));
        Assert.EndsWith(", whatever λ_min is.", bound.Sentence, StringComparison.Ordinal);
        Assert.Null(Verification.Of(Objective.Define("well", 1, x => 1 - Exp(-Square(x[0]))) with { Starts = new Gaussian(3) }, Small).StrictSaddle!.ErrorBound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Beside_a_floor_of_minima_the_nearest_of_them_is_near_however_far_the_listed_one_is(bool hasSaddle)
    {
        // Both have the property: of x²(1 + y²) every point of a short slope is near the line; (xy − 1)² has one saddle beside two hyperbolas.
        var floor = Objective.Define("floor", 2, x => hasSaddle ? Square((x[0] * x[1]) - 1) : Square(x[0]) * (1 + Square(x[1])));
        var strict = Verification.Of(floor, Small).StrictSaddle!;
        var shortest = strict.Bounds[^1];
        Assert.True(shortest.Betas[^1] > 0, $"α = {shortest.Alpha}: β = {shortest.Betas[^1]} at γ = {strict.Gammas[^1]}");
        // ‖∇f‖ is at least as long as the distance from the floor, near it, so that slopes of a quarter of γ at the least are within γ of it.
        Assert.True(strict.Stated!.Alpha > strict.Gammas[0] / 4, strict.Sentence);
    }

    [Fact]
    public void Theorem_2_3_is_left_out_where_a_minimum_is_spurious_and_where_one_is_flat()
    {
        Assert.Null(Verification.Of(Catalogue.Find("tilted-sine").Create(), Small).StrictSaddle!.ErrorBound);
        Assert.Null(Verification.Of(SmallLandscapes.LeastSquares(3, 6), Small).StrictSaddle!.ErrorBound);
    }

    [Fact]
    public void Distances_are_modulo_what_permutes_and_mirrors_hidden_units()
    {
        // Two tanh units: swapping them, or changing all signs of one, leaves the network as it is.
        var network = LandscapeGpu.Tests.Objectives.CatalogueMembers.Find("perceptron width=2 n=12");
        var survey = Survey.Run(network, Small.Survey with { Restarts = 50 });
        var minimum = survey.AllMinima.First();
        var distance = new DistanceToMinima(network, [minimum]);
        var random = new Random(3);
        for (var k = 0; k < 5; k++)
        {
            double[] moved = [.. minimum.Place];
            network.MovingSymmetry!.Move(moved, random);
            Assert.Equal(0, distance.From(moved), 1e-9);
        }

        Assert.Contains("modulo the symmetry", distance.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_point_flat_to_second_order_is_a_minimum_unless_there_is_a_way_down(bool cubic)
    {
        // x² + y³, the chapter's example, and x² + y⁴.
        var flat = Objective.Define("flat", 2, x => Square(x[0]) + (cubic ? Pow(x[1], 3) : Pow(x[1], 4)));
        using var ray = new DescendingRay(flat);
        Assert.Equal(cubic, ray.LeadsFrom([0.0, 0.0]));
    }

    [Fact]
    public void A_lower_place_behind_a_barrier_is_no_way_down()
    {
        // A strict minimum whose barrier is at 0.014, well within the spheres that are searched.
        var narrow = Objective.Define("narrow", 2, x => Square(x[0]) + (1e-4 * Square(x[1])) - Pow(x[1], 4));
        using var ray = new DescendingRay(narrow);
        Assert.False(ray.LeadsFrom([0.0, 0.0]));
    }

    [Fact]
    public void Spurious_minima_are_listed_and_none_found_comes_with_what_the_restarts_can_exclude()
    {
        var tilted = LocalVersusGlobal.Of(Survey.Run(Catalogue.Find("tilted-sine").Create(), Small.Survey));
        // Minima are 2π apart and each 0.4π lower than the one to its right.
        Assert.Equal(2, tilted.Spurious.Count(s => s.AtBound.Count == 0));
        Assert.Equal(0.4 * Math.PI, tilted.Spurious[0].Value - tilted.Global.Value, 1e-9);
        Assert.Null(tilted.LargestUnseenShare);

        var clean = LocalVersusGlobal.Of(Survey.Run(Catalogue.Find("himmelblau").Create(), Small.Survey));
        Assert.Empty(clean.Spurious);
        Assert.Equal(Proportion.LargestUnseen(clean.Converged), clean.LargestUnseenShare);
        Assert.Equal(0, clean.Spread, 1e-12);
    }

    [Fact]
    public void A_part_without_time_keeps_what_it_has_and_is_said_to_have_been_stopped()
    {
        var seen = Verification.Of(Catalogue.Find("himmelblau").Create(), Small with { PartTime = TimeSpan.FromTicks(1) });
        Assert.Contains("stationary points", seen.StoppedEarly);
        Assert.Contains("stopped early [stopped, or out of a part's budget of time]", seen.ToString(), StringComparison.Ordinal);
        Assert.Empty(seen.NotDone);
        // The minima are the survey's, with or without time.
        Assert.Equal(4, seen.LocalVersusGlobal.Global.Minima.Count);
        Assert.Empty(Verification.Of(Catalogue.Find("himmelblau").Create(), Small).StoppedEarly);
    }
}
