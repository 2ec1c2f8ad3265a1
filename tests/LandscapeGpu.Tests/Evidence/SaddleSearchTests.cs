namespace LandscapeGpu.Tests.Evidence;

/// <summary>Stationary points of all indexes against published counts and values.</summary>
public class SaddleSearchTests
{
    // Half a unit of the last digit printed.
    private const double Printed = 5e-7;

    [Fact]
    public void Himmelblaus_function_has_four_minima_four_saddles_and_a_maximum_at_the_published_values()
    {
        var found = SaddleSearch.Run(Catalogue.Find("himmelblau").Create());
        Assert.Equal((4, 4, 1), (found.OfIndex(0), found.OfIndex(1), found.OfIndex(2)));
        AssertValues([13.311926, 67.719150, 104.015163, 178.337239], found, 1);
        AssertValues([181.616522], found, 2);
        Assert.Equal(EulerVerdict.Satisfied, found.Euler.Verdict);
        Assert.Equal(1, found.Euler.Sum);
    }

    [Fact]
    public void What_is_known_is_not_lost_where_the_search_is_stopped_at_once()
    {
        var objective = Catalogue.Find("himmelblau").Create();
        var known = Survey.Run(objective, new() { Restarts = 60 }).Minima;
        Assert.Equal(4, known.Count);
        var found = SaddleSearch.Run(objective, new() { Starts = 500, Also = [.. known.Select(m => m.Point)] }, new CancellationToken(canceled: true));
        Assert.Equal(4, found.OfIndex(0));
        Assert.All(known, m => Assert.Contains(found.Points, p => p.Index == 0 && p.Point.Zip(m.Point, (a, b) => Math.Abs(a - b)).Max() < 1e-9));
    }

    [Fact]
    public void The_six_hump_camel_has_six_minima_seven_saddles_and_two_maxima_also_where_levels_nearly_agree()
    {
        var found = SaddleSearch.Run(Catalogue.Find("six-hump-camel").Create());
        Assert.Equal((6, 7, 2), (found.OfIndex(0), found.OfIndex(1), found.OfIndex(2)));
        AssertValues([-1.031628, -1.031628, -0.215464, -0.215464, 2.104250, 2.104250], found, 0);
        AssertValues([0, 0.543719, 0.543719, 2.229357, 2.229357, 2.229471, 2.229471], found, 1);
        AssertValues([2.496295, 2.496295], found, 2);
        Assert.Equal(EulerVerdict.Satisfied, found.Euler.Verdict);
    }

    [Fact]
    public void The_Muller_Brown_surface_has_three_minima_and_two_saddles()
    {
        var found = SaddleSearch.Run(Catalogue.Find("muller-brown").Create());
        Assert.Equal((3, 2, 0), (found.OfIndex(0), found.OfIndex(1), found.OfIndex(2)));
        AssertValues([-146.699517, -108.166724, -80.767818], found, 0);
        AssertValues([-72.248940, -40.664844], found, 1);
        Assert.Equal(EulerVerdict.Satisfied, found.Euler.Verdict);
    }

    [Theory]
    // Doye, Miller and Wales (1999), Journal of Chemical Physics 111, 8417, table I: minima and transition states.
    [InlineData(5, 1, 2)]
    [InlineData(6, 2, 3)]
    [InlineData(7, 4, 12)]
    public void Walks_from_minima_find_every_transition_state_of_small_clusters(int atoms, int minima, int transitionStates)
    {
        var cluster = Cluster(atoms);
        var known = Survey.Run(cluster, new() { Restarts = 3_000 }).Minima;
        var found = SaddleSearch.Run(cluster, new() { Starts = 200, Also = [.. known.Select(m => m.Point)] });
        Assert.Equal((minima, transitionStates), (found.OfIndex(0), found.OfIndex(1)));
    }

    [Fact]
    public void The_origin_of_a_cluster_whose_core_is_rounded_off_is_no_finding()
    {
        var found = SaddleSearch.Run(Cluster(3), new() { Starts = 50 });
        Assert.True(found.Outside > 0);
        // Three atoms at one place have 1e9 for each pair; what is left lies between the triangle, −3, and atoms far apart, 0.
        Assert.All(found.Points, p => Assert.InRange(p.Value, -3.000001, 0));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void The_Styblinski_Tang_function_has_three_stationary_values_on_each_axis(int d)
    {
        var found = SaddleSearch.Run(Catalogue.Find("styblinski-tang").Create(d), new() { Starts = 6_000 });
        Assert.Equal((int)Math.Pow(3, d), found.Points.Count);
        // Choose the axes that sit at their maximum, and a minimum of two on each of the others.
        Assert.All(Enumerable.Range(0, d + 1), k => Assert.Equal(Choose(d, k) << (d - k), found.OfIndex(k)));
        double[] axis = [-2.903534028, 2.746802771, 0.156731257];
        // A unit of the ninth decimal printed.
        Assert.All(found.Points, p => Assert.All(p.Point, x => Assert.Contains(axis, a => Math.Abs(a - x) < 1e-8)));
        Assert.Equal(EulerVerdict.Satisfied, found.Euler.Verdict);
    }

    [Fact]
    public void The_stationary_points_of_PCA_are_its_eigenvectors_with_their_eigenvalues_as_squared_lengths()
    {
        const int d = 10;
        var pca = Catalogue.Find("pca").Create(d);
        var found = SaddleSearch.Run(pca, new() { Starts = 6_000 });
        Assert.Equal((2 * d) + 1, found.Points.Count);
        // ∇f = 2(‖x‖²x − Mx): at the origin the Hessian is −2M, whose eigenvalues are −2·0.8ⁱ.
        var origin = Assert.Single(found.Points, p => p.Index == d);
        Assert.Equal(StationaryKind.Maximum, origin.Kind);
        Assert.All(origin.Eigenvalues, (e, i) => Assert.Equal(-2 * Math.Pow(0.8, i), e, 1e-12));
        for (var i = 0; i < d; i++)
        {
            var pair = found.Points.Where(p => p.Index == i).ToList();
            Assert.Equal(2, pair.Count);
            // Stationary to 1e-12 with curvatures of at least 0.06: lengths to 1e-10.
            Assert.All(pair, p => Assert.Equal(Math.Pow(0.8, i), p.Point.Sum(x => x * x), 1e-10));
            // (4.3): the Hessian at √λᵢvᵢ is 2(λᵢI + 2λᵢvᵢvᵢᵀ − M), with eigenvalues 2(λᵢ − λⱼ), and 4λᵢ along vᵢ.
            var predicted = Enumerable.Range(0, d).Select(j => j == i ? 4 * Math.Pow(0.8, i) : 2 * (Math.Pow(0.8, i) - Math.Pow(0.8, j))).Order().ToArray();
            Assert.All(pair, p => Assert.All(p.Eigenvalues, (e, k) => Assert.Equal(predicted[k], e, 1e-9)));
        }

        Assert.Equal(EulerVerdict.Satisfied, found.Euler.Verdict);
    }

    [Fact]
    public void The_way_down_from_saddles_is_told_where_it_is_asked_for()
    {
        var options = new VerificationOptions { Survey = new() { Restarts = 60, Descent = new() { IsDouble = true } }, SaddleStarts = 200, Samples = 35, Paths = 1, PathSteps = 20, WithDirections = true };
        var pca = Verification.Of(Catalogue.Find("pca").Create(3), options);
        // Theorem 4.1's proof: v₁, along which the global minima ±√λ₁v₁ lie, of length 1 as λ₁ is.
        var first = pca.Survey.Minima[0].Point;
        Assert.Equal(5, pca.Directions!.Count);
        Assert.All(pca.Directions, w => Assert.Equal(1, Math.Abs(w.Along.Zip(first, (a, b) => a * b).Sum()), 1e-9));
        Assert.All(pca.Directions, w => Assert.True(w.Along.MaxBy(Math.Abs) > 0));
        // On the sphere, −Σx⁴: from (1, 1, 0)/√2 down along (1, −1, 0)/√2, tangent, with the curvature −8/s = −4.
        var tensor = Verification.Of(Objective.Define("tensor", 3, x => -Sum(3, i => Pow(x[i], 4))) with { Region = Region.Sphere(3) }, options);
        var saddles = tensor.Directions!.Where(w => w.From.Index == 1).ToList();
        Assert.Equal(12, saddles.Count);
        Assert.All(saddles, w =>
        {
            Assert.Equal(-4, w.Curvature, 1e-6);
            Assert.Equal(0, w.Along.Zip(w.From.Point, (a, b) => a * b).Sum(), 1e-9);
            Assert.Equal([0.5, 0.5], w.Along.Select(a => a * a).Where(a => a > 1e-9).Select(a => Math.Round(a, 9)));
        });
        Assert.Null(Verification.Of(Catalogue.Find("pca").Create(3), options with { WithDirections = false }).Directions);
        Assert.Contains("ways down [of 5 saddles and maxima, the eigenvector of the lowest eigenvalue]", pca.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void An_orthogonal_tensor_has_three_to_the_d_less_one_stationary_points_on_the_sphere(int d)
    {
        var found = SaddleSearch.Run(Catalogue.Find("orthogonal-tensor").Create(d), new() { Starts = 4_000 });
        Assert.Equal((int)Math.Pow(3, d) - 1, found.Points.Count);
        for (var s = 1; s <= d; s++)
        {
            // Support s: (±1/√s, …, 0, …) in the tensor's own axes, value −1/s, index s − 1.
            var points = found.Points.Where(p => p.Index == s - 1).ToList();
            Assert.Equal(Choose(d, s) << s, points.Count);
            // (5.5) with the sign of a minimisation: −8/s along the support, s − 1 of them, and 4/s across it.
            var predicted = Enumerable.Repeat(-8.0 / s, s - 1).Concat(Enumerable.Repeat(4.0 / s, d - s)).ToArray();
            Assert.All(points, p =>
            {
                Assert.Equal(-1.0 / s, p.Value, 1e-12);
                Assert.Equal(d - 1, p.Eigenvalues.Count);
                // Stationary to 1e-12.
                Assert.All(p.Eigenvalues, (e, k) => Assert.Equal(predicted[k], e, 1e-9));
            });
        }

        Assert.Equal(EulerVerdict.Satisfied, found.Euler.Verdict);
        Assert.Equal(d % 2 == 1 ? 2 : 0, found.Euler.Sum);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    public void A_chain_of_double_wells_has_three_to_the_N_stationary_points_at_zero_and_at_weak_coupling(double coupling)
    {
        const int n = 5;
        var found = SaddleSearch.Run(SmallLandscapes.Chain(n, coupling), new() { Starts = 8_000 });
        Assert.Equal(243, found.Points.Count);
        Assert.Equal(32, found.OfIndex(0));
        Assert.Equal(EulerVerdict.Satisfied, found.Euler.Verdict);
    }

    [Fact]
    public void A_missing_point_violates_the_Euler_sum_and_flat_directions_make_it_inapplicable()
    {
        var found = SaddleSearch.Run(Catalogue.Find("himmelblau").Create());
        Assert.Equal(EulerVerdict.Violated, EulerAudit.Against([.. found.Points.Skip(1)], 1, "a point left out").Verdict);

        var valley = SaddleSearch.Run(Objective.Define("circle", 2, x => Square(Square(x[0]) + Square(x[1]) - 1)) with { Starts = new UniformBox(-2, 2) }, new() { Starts = 50 });
        Assert.Equal(EulerVerdict.NotApplicable, valley.Euler.Verdict);
    }

    [Fact]
    public void Too_few_starts_are_given_away_by_the_Euler_sum_or_by_the_coverage()
    {
        // 11 minima and 10 maxima an axis: 441 stationary points, which 500 starts cannot all have met.
        var few = SaddleSearch.Run(Catalogue.Find("rastrigin").Create(2), new() { Starts = 500 });
        Assert.True(few.Points.Count < 441);
        Assert.True(few.Euler.Verdict == EulerVerdict.Violated || few.Coverage.GoodTuring < 0.99);
        Assert.True(few.Coverage.Chao1 > few.Points.Count);

        var many = SaddleSearch.Run(Catalogue.Find("rastrigin").Create(2), new() { Starts = 12_000 });
        Assert.Equal((121, 220, 100), (many.OfIndex(0), many.OfIndex(1), many.OfIndex(2)));
        Assert.Equal(EulerVerdict.Satisfied, many.Euler.Verdict);
    }

    [Fact]
    public void Points_that_the_gradient_holds_on_the_boundary_close_the_Euler_sum()
    {
        // Three minima, three maxima, and the right bound, towards which f falls; at the left one it rises.
        var tilted = SaddleSearch.Run(Catalogue.Find("tilted-sine").Create());
        Assert.Equal((3, 3), (tilted.OfIndex(0), tilted.OfIndex(1)));
        Assert.Equal((EulerVerdict.Satisfied, 1), (tilted.Euler.Verdict, tilted.Euler.Sum));
        Assert.Contains("with 1 of the points on faces", tilted.Euler.Sentence, StringComparison.Ordinal);
    }

    public static TheoryData<Region> Cut =>
    [
        Region.Box([-2, -1, -1.5], [1.5, 2, 2]),
        Region.Box([-0.7, -2.2, -1], [2.1, 0.9, 1.3]),
        Region.Ball(1.7),
        Region.Ball([0.4, -0.3, 0.2], 2),
    ];

    [Theory]
    [MemberData(nameof(Cut))]
    public void The_Euler_sum_closes_wherever_a_region_cuts_a_landscape(Region region)
    {
        var waves = Objective.Define("waves", 3, x => Sin((2 * x[0]) + x[1]) + (0.8 * Cos(x[1] - (1.5 * x[2]) + 0.4)) + (0.6 * Sin(x[2] + (0.7 * x[0]) + 1)) + (0.1 * Sum(3, i => Square(x[i])))) with { Region = region };
        var found = SaddleSearch.Run(waves, new() { Starts = 1_000 });
        Assert.Contains("on faces", found.Euler.Sentence, StringComparison.Ordinal);
        Assert.Equal((EulerVerdict.Satisfied, 1), (found.Euler.Verdict, found.Euler.Sum));
    }

    [Fact]
    public void No_Euler_sum_is_claimed_where_the_gradient_points_inward_far_out_or_is_zero_across_a_face()
    {
        var falling = Objective.Define("falling", 2, x => x[1] - x[0] + Sin(x[0])) with { Region = Region.Orthant(2) };
        Assert.Contains("no end", SaddleSearch.Run(falling, new() { Starts = 50 }).Euler.Sentence, StringComparison.Ordinal);
        // Even in y: nothing pushes against y = 0.
        var even = Objective.Define("even", 2, x => Square(Square(x[0]) - 1) + Square(x[1])) with { Region = Region.Box([-2, 0], [2, 2]) };
        var found = SaddleSearch.Run(even, new() { Starts = 50 });
        Assert.Equal(EulerVerdict.NotApplicable, found.Euler.Verdict);
        Assert.Contains("no push", found.Euler.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_runs_away_to_where_the_function_is_flat_is_not_called_stationary()
    {
        // No stationary point but the origin; beyond |x| = 1 the gradient of the bell falls to nothing without vanishing.
        var bell = Objective.Define("bell", 2, x => -Exp(-Square(x[0]) - Square(x[1]))) with { Starts = new UniformBox(-3, 3) };
        var found = SaddleSearch.Run(bell, new() { Starts = 500 });
        var only = Assert.Single(found.Points);
        Assert.Equal(-1, only.Value, 1e-12);
        // The origin is a start of its own.
        Assert.Equal(501 + found.Climbs, found.NotStationary + only.Count);
        Assert.True(found.NotStationary > 0);
    }

    private static Objective Cluster(int atoms) => Catalogue.Find("lennard-jones").Create(settings: new Dictionary<string, double> { ["atoms"] = atoms });

    private static void AssertValues(double[] expected, SaddleSearchResult found, int index)
    {
        var values = found.Points.Where(p => p.Index == index).Select(p => p.Value).Order().ToArray();
        Assert.Equal(expected.Length, values.Length);
        Assert.All(expected, (e, k) => Assert.Equal(e, values[k], Printed));
    }

    private static int Choose(int n, int k) => Enumerable.Range(1, k).Aggregate(1, (c, i) => c * (n - k + i) / i);
}
