namespace LandscapeGpu.Tests.Objectives;

/// <summary>What theory says about the landscapes of estimation, seen by surveys.</summary>
public class EstimationLandscapeTests
{
    [Fact]
    public void Principal_component_analysis_has_the_two_minima_of_the_first_eigenvector_with_the_predicted_spectrum()
    {
        var objective = CatalogueMembers.Find("pca");
        var result = Survey.Run(objective, new() { Restarts = 500 });
        Assert.Equal(2, result.Minima.Count);
        Assert.All(result.Minima, m =>
        {
            Assert.Equal(objective.Known.GlobalValue!.Value, m.Value, 1e-12);
            // (4.3), which is of a quarter of ‖M − xxᵀ‖²: at x with ‖x‖² = λ₁ = 1, 2(2xxᵀ − M + I) has the eigenvalues 2(1 − λᵢ), and 4 along x.
            double[] expected = [.. Enumerable.Range(1, 9).Select(i => 2 * (1 - Math.Pow(0.8, i))), 4];
            Assert.All(expected.Zip(m.Eigenvalues), p => Assert.Equal(p.First, p.Second, 1e-10));
        });
    }

    [Fact]
    public void Every_minimum_of_rank_r_is_a_rotation_of_one()
    {
        var result = Survey.Run(CatalogueMembers.Find("pca-rank-r rows=8 rank=3"), new() { Restarts = 500 });
        var minimum = Assert.Single(result.Minima);
        Assert.Equal(result.Objective.Known.GlobalValue!.Value, minimum.Value, 1e-12);
        // Rotations of three columns.
        Assert.Equal(3, minimum.FlatDirections);
    }

    [Theory]
    [InlineData("glm")]
    [InlineData("glm link=tanh")]
    [InlineData("glm risk=population")]
    public void A_generalised_linear_model_has_one_minimum(string name)
    {
        var result = Survey.Run(CatalogueMembers.Find(name), new() { Restarts = 500 });
        var minimum = Assert.Single(result.Minima);
        Assert.Empty(result.Stationary);
        Assert.Equal(500, result.Outcomes.Converged);
        if (name.Contains("population", StringComparison.Ordinal))
        {
            Assert.True(Distance(minimum.Point, result.Objective.Known.Planted!) < 1e-8);
        }
    }

    [Fact]
    public void The_estimate_of_a_generalised_linear_model_nears_the_truth_like_the_root_of_the_sample_size()
    {
        // Mean logarithms over ten data sets: a slope over a factor of 64 in n is then known to about 0.03.
        int[] sizes = [100, 400, 1600, 6400];
        double[] errors = [.. sizes.Select(n => Enumerable.Range(1, 10).Average(seed =>
        {
            var result = Survey.Run(CatalogueMembers.Find($"glm n={n} seed={seed}"), new() { Restarts = 8 });
            return Math.Log(Distance(Assert.Single(result.Minima).Point, result.Objective.Known.Planted!));
        }))];
        Assert.InRange(Slope([.. sizes.Select(n => Math.Log(n))], errors), -0.6, -0.4);
    }

    [Fact]
    public void The_population_risk_is_weakly_quasi_convex_with_twice_the_least_slope()
    {
        // ⟨∇L, w − w*⟩ ≥ 2γ(L − L*) on ‖w‖ ≤ ‖w*‖ = 1, by differences: γ is σ' at √d, inputs being sign vectors.
        var objective = CatalogueMembers.Find("glm risk=population");
        var truth = objective.Known.Planted!;
        var gamma = 1 / (2 + (2 * Math.Cosh(Math.Sqrt(5))));
        var random = new Random(1);
        for (var trial = 0; trial < 200; trial++)
        {
            double[] w = [.. truth.Select(_ => (2 * random.NextDouble()) - 1)];
            var length = Math.Sqrt(w.Sum(c => c * c));
            w = [.. w.Select(c => c * random.NextDouble() / length)];
            double[] Moved(double h) => [.. w.Zip(truth, (a, b) => a + (h * (a - b)))];
            var along = (objective.Evaluate(Moved(1e-5)) - objective.Evaluate(Moved(-1e-5))) / 2e-5;
            Assert.True(along >= (2 * gamma * (objective.Evaluate(w) - objective.Known.GlobalValue!.Value)) - 1e-9);
        }
    }

    [Theory]
    [InlineData("single-neuron", 9)]
    [InlineData("single-neuron d=3 samples=2", 8)]
    public void A_single_neuron_has_exponentially_many_minima(string name, int count)
    {
        var result = Survey.Run(CatalogueMembers.Find(name), new() { Restarts = 2000 });
        Assert.Equal(count, result.Minima.Count);
        Assert.Equal(count, result.Objective.Known.Count);
    }

    [Fact]
    public void Matrix_completion_has_spurious_minima_only_when_few_entries_are_seen()
    {
        static bool IsClean(double p, int seed)
        {
            var result = Survey.Run(CatalogueMembers.Find($"matrix-completion p={p} seed={seed}"), new() { Restarts = 300 });
            return result.BoundaryMinima.Count == 0 && result.Minima.Count == 1 && result.Minima[0].Value < 1e-20;
        }

        // log(16)/16 is 0.17.
        Assert.All(Enumerable.Range(1, 4), seed => Assert.False(IsClean(0.2, seed)));
        Assert.All(Enumerable.Range(1, 4), seed => Assert.True(IsClean(0.8, seed)));
        var spurious = Survey.Run(CatalogueMembers.Find("matrix-completion p=0.2 seed=3"), new() { Restarts = 300 }).Minima;
        Assert.Contains(spurious, m => m.Value > 1 && m.ShareLow > 0.1 && m.Eigenvalues[0] > 1);
    }

    [Theory]
    [InlineData("matrix-completion rows=12 rank=2 p=0.9", 1)]
    [InlineData("matrix-sensing", 1)]
    [InlineData("phase-retrieval", 0)]
    [InlineData("quadratic-network", 6)]
    public void With_enough_data_the_planted_solution_is_the_only_minimum_up_to_symmetry(string name, int flat)
    {
        var result = Survey.Run(CatalogueMembers.Find(name), new() { Restarts = 500 });
        var minimum = Assert.Single(result.Minima);
        Assert.InRange(minimum.Value, 0, 1e-20);
        Assert.Equal(flat, minimum.FlatDirections);
        Assert.True(result.Outcomes.Converged > 450);
    }

    [Fact]
    public void Gradient_descent_on_least_squares_is_as_fast_as_the_inequality_promises()
    {
        // μ = 1/10 and β = 1: after k steps of length 1/β the value has fallen to (1 − μ/β)ᵏ of the first or less.
        var objective = CatalogueMembers.Find("least-squares");
        var start = new double[10];
        var result = Survey.Run(objective, new()
        {
            Restarts = 1,
            Starts = new GivenPoints(start),
            Descent = new() { Rule = new GradientDescent { Step = 1 }, IsDouble = true, Stop = new() { GradientTolerance = 1e-8 } },
        });
        Assert.Equal(1, result.Outcomes.Converged);
        Assert.Equal(5, Assert.Single(result.Minima).FlatDirections);
        // ‖∇f‖² ≤ 2β f: the gradient is below 1e-8 at the latest when 2 f₀ 0.9ᵏ is below 1e-16.
        Assert.True(result.GradientEvaluations <= 30 + (Math.Log(2 * objective.Evaluate(start) / 1e-16) / -Math.Log(0.9)));
    }

    [Fact]
    public void The_sine_with_a_parabola_satisfies_the_inequality_and_is_not_convex()
    {
        var objective = CatalogueMembers.Find("pl-sine");
        double F(double x) => objective.Evaluate([x]);
        var isConvex = true;
        for (var x = -10.0; x <= 10; x += 0.01)
        {
            var slope = (F(x + 1e-5) - F(x - 1e-5)) / 2e-5;
            Assert.True(0.5 * slope * slope >= (F(x) / 32) - 1e-9);
            isConvex &= F(x + 1e-3) + F(x - 1e-3) >= 2 * F(x);
        }

        Assert.False(isConvex);
        Assert.Single(Survey.Run(objective, new() { Restarts = 200 }).Minima);
    }

    private static double Distance(IReadOnlyList<double> a, IReadOnlyList<double> b) => Math.Sqrt(a.Zip(b, (u, v) => (u - v) * (u - v)).Sum());

    private static double Slope(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / x.Sum(a => (a - mx) * (a - mx));
    }
}
