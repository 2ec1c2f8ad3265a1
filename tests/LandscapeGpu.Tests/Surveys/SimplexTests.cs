namespace LandscapeGpu.Tests.Surveys;

/// <summary>Minima on the probability simplex, most of them at its faces.</summary>
public sealed class SimplexTests
{
    [Theory]
    [InlineData(8, 0.5, 1)]
    [InlineData(10, 0.7, 2)]
    [InlineData(12, 0.3, 3)]
    [InlineData(12, 0.6, 4)]
    public void The_minima_of_motzkin_and_straus_are_the_maximal_cliques_one_for_one(int n, double p, int seed)
    {
        var objective = Catalogue.Find("motzkin-straus").Create(n, new Dictionary<string, double> { ["p"] = p, ["seed"] = seed });
        var cliques = Cliques(objective);

        var found = Survey.Run(objective, new() { Restarts = 4_000 });

        Assert.Equal(cliques.Count, objective.Known.Count);
        Assert.Equal(cliques.Order(), found.Minima.Select(m => Enumerable.Range(0, n).Where(i => m.Point[i] > 0).Aggregate(0, (set, i) => set | (1 << i))).Order());
        Assert.All(found.Minima, m =>
        {
            var size = m.Point.Count(x => x > 0);
            // Polished to a few roundings.
            Assert.All(m.Point.Where(x => x > 0), x => Assert.Equal(1.0 / size, x, 1e-14));
            Assert.Equal(-1 + (0.5 / size), m.Value, 1e-14);
        });
    }

    [Fact]
    public void At_a_face_the_hessian_has_twice_each_multiplier()
    {
        var objective = Catalogue.Find("motzkin-straus").Create(8, new Dictionary<string, double> { ["seed"] = 1 });
        var found = Survey.Run(objective, new() { Restarts = 1_000 });
        Assert.NotEmpty(found.Minima);
        Assert.All(found.Minima, m =>
        {
            var (size, inside) = (m.Point.Count(x => x > 0), Enumerable.Range(0, 8).Where(i => m.Point[i] > 0).ToList());
            // 2μᵢ with μᵢ = ∂f/∂xᵢ − xᵀ∇f = (2k − 1 − 2·neighbours)/k outside. Inside, the Hessian in y is 4 yᵢyⱼ ∂²f/∂xᵢ∂xⱼ with y = 1/√k,
            // −(8A + 4I)/k = −(8J − 4I)/k, which is 4/k on the k − 1 directions whose sum is zero.
            var outside = Enumerable.Range(0, 8).Except(inside).Select(i => 2.0 * ((2 * size) - 1 - (2 * inside.Count(j => IsEdge(objective, i, j)))) / size);
            var expected = outside.Concat(Enumerable.Repeat(4.0 / size, size - 1)).Order();
            Assert.All(expected.Zip(m.Eigenvalues), e => Assert.Equal(e.First, e.Second, 1e-12));
        });
    }

    [Fact]
    public void Points_are_given_and_reported_as_the_formula_sees_them()
    {
        // Minimum of −Σ cᵢ log xᵢ at x = c, inside; starts are points of the simplex.
        double[] c = [0.1, 0.2, 0.7];
        var weights = new Data("c", c);
        var objective = Objective.Define("entropy", 3, x => -Sum(3, i => weights[i] * Log(x[i]))) with { Region = Region.Simplex(3) };
        var found = Survey.Run(objective, new() { Restarts = 50, Starts = new GivenPoints([0.3, 0.3, 0.4], [0.6, 0.2, 0.2]) });
        var only = Assert.Single(found.Minima);
        Assert.All(only.Point.Zip(c), p => Assert.Equal(p.Second, p.First, 1e-10));
        Assert.Equal(objective.Evaluate([.. only.Point]), only.Value, 1e-14);
        Assert.Equal(50, found.Outcomes.Converged);
    }

    [Fact]
    public void A_symmetry_declared_of_the_point_holds_besides_the_signs_of_its_roots()
    {
        // −‖x‖² is least at the vertices, which are one modulo permutations.
        var objective = Objective.Define("concave", 4, x => -Sum(4, i => Square(x[i]))) with { Region = Region.Simplex(4) };
        Assert.Equal(4, Survey.Run(objective, new() { Restarts = 200 }).Minima.Count);
        Assert.Single(Survey.Run(objective with { Symmetry = new BlockPermutations(1) }, new() { Restarts = 200 }).Minima);
    }

    [Fact]
    public void A_search_for_all_stationary_points_meets_each_face_once_and_weighs_it_by_its_signs()
    {
        // −‖x‖² is stationary at the middle of each of the 2⁴ − 1 faces: with s corners it has s − 1 directions down, and the
        // Hessian of the square roots 2μ = 4/s > 0 across it.
        var objective = Objective.Define("concave", 4, x => -Sum(4, i => Square(x[i]))) with { Region = Region.Simplex(4) };
        var found = SaddleSearch.Run(objective, new() { Starts = 1_000 });
        Assert.Equal([4, 6, 4, 1], Enumerable.Range(0, 4).Select(found.OfIndex));
        // Σ 2ˢ(−1)^(s−1) = 8 − 24 + 32 − 16 = 0, the Euler characteristic of S³.
        Assert.Equal((0, EulerVerdict.Satisfied), (found.Euler.Sum, found.Euler.Verdict));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1e8, true)]
    [InlineData(1e-12, false)]
    public void Roots_that_hold_coordinates_at_0_leave_the_others_one_level_face(double unit, bool isDouble)
    {
        // x₀ = x₁ = 0 is an edge; and √(x₀ + x₁) + √(x₂ + x₃) is least on two edges.
        SurveyResult Of(Func<Point, Real> f) => Survey.Run(Objective.Define("roots", 4, x => unit * f(x)) with { Region = Region.Simplex(4) }, new() { Restarts = 60, Descent = new() { IsDouble = isDouble } });
        var (edge, edges) = (Of(x => Sqrt(x[0]) + Sqrt(x[1])), Of(x => Sqrt(x[0] + x[1]) + Sqrt(x[2] + x[3])));

        Assert.Equal([(1, 60L)], edge.AllMinima.Select(m => (m.FlatDirections, m.Count)));
        Assert.Equal([1, 1], edges.AllMinima.Select(m => m.FlatDirections));
        Assert.Empty(edge.Stationary.Concat(edges.Stationary));
    }

    [Fact]
    public void Products_of_simplices_are_the_strategies_of_games()
    {
        // Two players who want the same: −xᵀy with x, y on simplices of two; minima where both choose the first or both the second.
        var objective = Objective.Define("coordination", 4, x => -((2 * x[0] * x[2]) + (x[1] * x[3]))) with { Region = Region.Simplices(2) };
        var found = Survey.Run(objective, new() { Restarts = 200 });
        Assert.Equal([-2, -1], found.Minima.Select(m => m.Value));
        Assert.Equal([1, 0, 1, 0], found.Minima[0].Point);
        Assert.Equal([0, 1, 0, 1], found.Minima[1].Point);
    }

    [Fact]
    public void Some_of_the_samples_and_the_programs_of_other_data_are_those_of_the_same_simplex()
    {
        Objective Of(params double[] c)
        {
            var data = new Data("c", c);
            return Objective.Define("nearest", 2, x => Mean(2, k => Square(x[0] - data[k]))) with { Region = Region.Simplex(2) };
        }

        var (first, second) = (Of(0.2, 0.4), Of(0.5, 0.7));
        Assert.Equal(0.01, first.Over([1]).Evaluate([0.5, 0.5]), 1e-15);
        Assert.Equal(0.4, Survey.Run(first.Over([1]), new() { Restarts = 20 }).Minima[0].Point[0], 1e-9);
        var lender = first.WithProgramsOf(first)!;
        Assert.Equal(0.3, Survey.Run(lender, new() { Restarts = 20 }).Minima[0].Point[0], 1e-9);
        Assert.Equal(0.6, Survey.Run(second.WithProgramsOf(lender)!, new() { Restarts = 20 }).Minima[0].Point[0], 1e-9);
        Assert.Null((second with { Region = Region.WholeSpace }).WithProgramsOf(lender));
    }

    /// <summary>The graph, read off the values half way between two vertices: −½Aᵢⱼ − ¼.</summary>
    private static bool IsEdge(Objective objective, int i, int j) =>
        i != j && objective.Evaluate([.. Enumerable.Range(0, objective.Dimension).Select(k => k == i || k == j ? 0.5 : 0)]) < -0.5;

    /// <summary>Maximal cliques as sets of bits, by looking at all sets of vertices.</summary>
    private static List<int> Cliques(Objective objective)
    {
        var n = objective.Dimension;
        var neighbours = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Where(j => IsEdge(objective, i, j)).Aggregate(0, (set, j) => set | (1 << j))).ToArray();
        bool IsClique(int set) => Enumerable.Range(0, n).All(i => ((set >> i) & 1) == 0 || (set & ~(1 << i) & ~neighbours[i]) == 0);
        var cliques = Enumerable.Range(1, (1 << n) - 1).Where(IsClique).ToHashSet();
        return [.. cliques.Where(c => Enumerable.Range(0, n).All(i => ((c >> i) & 1) == 1 || !cliques.Contains(c | (1 << i))))];
    }
}
