namespace LandscapeGpu.Tests.Surveys;

public sealed class ManifoldTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void An_orthogonal_tensor_has_two_minima_an_axis_on_the_sphere(int d)
    {
        var result = Survey.Run(Catalogue.Find("orthogonal-tensor").Create(d), new() { Restarts = 2_000 });

        Assert.Equal(2 * d, result.Minima.Count);
        // The chapter's (5.5) at support one: −4‖x‖⁴ has −12x² + 4 on the tangent space, which is 4 in all of its d − 1 directions.
        Assert.All(result.Minima, m => Assert.All(m.Eigenvalues, e => Assert.Equal(4, e, 1e-8)));
        Assert.All(result.Minima, m => Assert.Equal(d - 1, m.Eigenvalues.Count));
        Assert.All(result.Minima, m => Assert.Equal(-1, m.Value, 1e-12));
    }

    [Theory]
    [InlineData(4, 3.674234614)]
    [InlineData(7, 14.452977414)]
    [InlineData(12, 49.165253058)]
    public void Electrons_on_a_sphere_have_one_minimum_with_the_published_energy(int electrons, double energy)
    {
        var result = Survey.Run(Catalogue.Find("thomson").Create(null, new Dictionary<string, double> { ["electrons"] = electrons }), new() { Restarts = 500 });

        var only = Assert.Single(result.Minima);
        // Nine decimals are published.
        Assert.Equal(energy, only.Value, 1e-8);
        Assert.Equal(3, only.FlatDirections);
    }

    [Theory]
    [InlineData("gradient-descent", 0.1)]
    [InlineData("momentum", 0.02)]
    [InlineData("adam", 0.02)]
    [InlineData("armijo", null)]
    [InlineData("adaptive", null)]
    public void Every_kind_of_rule_stays_on_the_sphere(string rule, double? step)
    {
        var objective = Objective.Define("linear", 3, x => x[0] + (2 * x[1]) - (2 * x[2])) with { Region = Region.Sphere(3) };

        var result = Survey.Run(objective, new() { Restarts = 64, Descent = new() { Rule = Rules.Named(rule, step), IsDouble = true } });

        var only = Assert.Single(result.Minima);
        // −a/‖a‖ with ‖a‖ = 3; the polished point is exact to a few roundings.
        Assert.Equal(-3, only.Value, 1e-12);
        Assert.Equal(1, Math.Sqrt(only.Point.Sum(p => p * p)), 1e-14);
        Assert.Equal(64, result.Outcomes.Converged);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_overcomplete_tensor_on_the_two_sphere_has_as_many_minima_and_maxima_above_saddles_as_the_sphere_asks_for(int seed)
    {
        var objective = Catalogue.Find("overcomplete-tensor").Create(3, new Dictionary<string, double> { ["components"] = 5, ["seed"] = seed });
        var found = SaddleSearch.Run(objective, new() { Starts = 2_000 });

        Assert.Equal((2, EulerVerdict.Satisfied), (found.Euler.Sum, found.Euler.Verdict));
        // The survey counts ±x once.
        Assert.Equal(found.OfIndex(0), 2 * Survey.Run(objective, new() { Restarts = 1_000 }).Minima.Count);
    }

    [Fact]
    public void An_overcomplete_tensor_of_many_dimensions_has_a_minimum_near_each_component()
    {
        const int d = 100;
        const int n = 110;
        var objective = Catalogue.Find("overcomplete-tensor").Create(d, new Dictionary<string, double> { ["components"] = n });
        double[][] components = [.. Enumerable.Range(0, n).Select(k => OvercompleteTensor.Unit(1, k, d))];

        var found = Survey.Run(objective, new() { Restarts = n, Starts = new GivenPoints(components), Descent = new() { Rule = Rules.Named("gradient-descent", 0.02) } });

        // The theory's bound, of order (n/d³)^½ = 0.01, without its constants and logarithms: within 15 degrees, cos 15° = 0.966.
        Assert.All(components, a => Assert.Contains(found.Minima, m => Math.Abs(m.Point.Zip(a, (x, y) => x * y).Sum()) > 0.966));
    }

    [Fact]
    public void On_more_coordinates_than_full_hessians_have_the_extreme_eigenvalues_are_the_tangent_spaces_own()
    {
        // ½Σ (i+1)xᵢ² on S²⁹⁹: minima ±e₀ with the eigenvalues 1, …, 299, and none of the normal.
        const int d = 300;
        var objective = Objective.Define("ellipsoid", d, x => 0.5 * Sum(d, i => (1 + (Real)i) * Square(x[i]))) with { Region = Region.Sphere(d) };
        var found = Survey.Run(objective, new() { Restarts = 4 });
        Assert.All(found.Minima, m =>
        {
            Assert.Equal(0.5, m.Value, 1e-9);
            // Residuals of Lanczos' method are 1e-10 of the largest, and the point is stationary to 1e-9.
            Assert.All(m.Eigenvalues.Zip([1.0, 2, 3, 297, 298, 299]), e => Assert.Equal(e.Second, e.First, 1e-5));
        });
        Assert.InRange(found.Minima.Count, 1, 2);
    }

    public static TheoryData<Func<object>, string> Mistakes => new()
    {
        { () => Region.Stiefel(2, 3), "3 orthonormal vectors of R^2 were asked for; n must be at least 2, and p from 1 to n" },
        { () => Region.Orthogonal(1), "n must be at least 2" },
        { () => Region.Sphere(1), "A sphere was given 1 coordinates" },
        { () => Region.Simplex(1), "A simplex was given 1 coordinates" },
        { () => Plane(5) with { Region = Region.Stiefel(3, 2) }, "2 vectors of R^3 have 6 coordinates and the objective has 5" },
        { () => Plane(5) with { Region = Region.Simplices(2) }, "5 coordinates do not divide into simplices of 2" },
        { () => Begin(Region.Sphere(3), [1, 1, 0]), "is defined on the unit sphere in R^3, and start 0 (1 given point, in turn) misses that set by 0.414" },
        { () => Begin(Region.Simplex(3), [0.5, 0.7, -0.2]), "misses that set by 0.2" },
        { () => Begin(Region.Stiefel(3, 1), [0, 2, 0]), "leave the starts out to begin uniform on 1 orthonormal vectors of R^3" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void What_does_not_fit_a_set_is_refused(Func<object> mistake, string part) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(mistake).Message, StringComparison.Ordinal);

    private static Objective Plane(int d) => Objective.Define("plane", d, x => x[0]);

    private static SurveyResult Begin(Region region, double[] start) =>
        Survey.Run(Plane(3) with { Region = region }, new() { Restarts = 1, Starts = new GivenPoints(start) });

    [Fact]
    public void Coordinates_that_do_not_divide_into_spheres_are_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => Objective.Define("odd", 4, x => x[0]) with { Region = Region.Spheres(3) });

        Assert.Contains("4 coordinates do not divide into spheres of 3", error.Message, StringComparison.Ordinal);
    }
}
