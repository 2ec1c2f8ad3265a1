using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Datasets;
using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Evidence;

/// <summary>The constants and measures of the texts' theorems, against independent computations.</summary>
public class TheoryTests
{
    [Fact]
    public void The_largest_deviation_of_the_two_risks_is_that_of_a_dense_grid()
    {
        var settings = new Dictionary<string, double> { ["n"] = 60 };
        var (empirical, population) = (Catalogue.Find("glm").Create(2, settings), Catalogue.Find("glm").Create(2, new Dictionary<string, double> { ["risk"] = 1 }));
        var star = population.Known.Planted!;
        using var slopes = new PointDerivatives(empirical);
        using var expected = new PointDerivatives(population);
        var largest = 0.0;
        var (a, b) = (new double[2], new double[2]);
        for (var r = 0; r <= 60; r++)
        {
            for (var k = 0; k < 240; k++)
            {
                double[] w = [r / 60.0 * Math.Cos(k * Math.PI / 120), r / 60.0 * Math.Sin(k * Math.PI / 120)];
                slopes.Gradient(w, a);
                expected.Gradient(w, b);
                largest = Math.Max(largest, Math.Abs(((b[0] - a[0]) * (w[0] - star[0])) + ((b[1] - a[1]) * (w[1] - star[1]))));
            }
        }

        var theory = TheoryEvidence.Of(empirical, [], [])!;
        // The grid's points are 0.026 apart and D is smooth: it misses a boundary maximum by less than a thousandth.
        Assert.InRange(theory["sup (3.3)"], largest * (1 - 1e-9), largest * 1.001);
        Assert.Equal(Math.Sqrt(2), theory["B"], 1e-12);
        // σ′(√2) of the logistic function.
        Assert.Equal(Math.Exp(-Math.Sqrt(2)) / Math.Pow(1 + Math.Exp(-Math.Sqrt(2)), 2), theory["γ"], 1e-12);
    }

    [Fact]
    public void The_links_of_the_chain_make_the_ratio_of_weak_quasi_convexity()
    {
        var population = Catalogue.Find("glm").Create(5, new Dictionary<string, double> { ["risk"] = 1 });
        var (star, measures) = (population.Known.Planted!, population.Theory!.Measures);
        var gamma = population.Theory.Constants.Single(c => c.Name == "γ").Value!(default);
        using var slopes = new PointDerivatives(population);
        foreach (var k in Enumerable.Range(0, 5))
        {
            double[] w = [.. star.Select((s, j) => Math.Sin((3 * k) + j) / 3)];
            var gradient = new double[5];
            var value = slopes.Gradient(w, gradient);
            var ratio = gradient.Select((g, j) => g * (w[j] - star[j])).Sum() / (value - population.Known.GlobalValue!.Value);
            Assert.Equal(ratio, 2 * gamma * measures.Aggregate(1.0, (product, m) => product * m.Of(w)), 1e-9 * ratio);
            Assert.All(measures, m => Assert.True(m.Of(w) >= 1 - 1e-12));
        }
    }

    [Fact]
    public void The_supremum_over_incoherent_vectors_is_that_of_a_dense_grid()
    {
        // Three coordinates: a on the octahedron ‖a‖₁ ≤ 1 within |aᵢ| ≤ 4μ²/3 ≥ 1, so its surface |a₁| + |a₂| + |a₃| = 1 in steps of 1/200.
        double[] z = [1, -1.2, 0.8];
        double[,] mask = { { 1, 0, 1 }, { 0, 1, 1 }, { 1, 1, 0 } };
        const double p = 0.6;
        var theory = new LandscapeGpu.Objectives.Catalogue.MatrixCompletionTheory(z, mask, p).Theory;
        double Value(double[] a) => Math.Abs(Enumerable.Range(0, 9).Sum(e => ((mask[e / 3, e % 3] / p) - 1) * a[e / 3] * a[e % 3]));
        var grid = from i in Enumerable.Range(0, 201)
                   from j in Enumerable.Range(0, 201 - i)
                   from signs in new[] { (1, 1), (1, -1), (-1, 1), (-1, -1) }
                   select Value([i / 200.0, signs.Item1 * j / 200.0, signs.Item2 * (200 - i - j) / 200.0]);
        var largest = grid.Max();
        var (least, most) = (theory.Constants.Single(c => c.Name.StartsWith('ε')).Value!(default), theory.Constants.Single(c => c.Name == "at most").Value!(default));
        // A parabola of curvature below 4 between points 1/200 apart.
        Assert.InRange(least, largest - 1e-12, largest + 1e-4);
        Assert.True(most >= least);
        Assert.Equal(Math.Sqrt(3) * 1.2 / Math.Sqrt(1 + 1.44 + 0.64), theory.Constants[0].Value!(default), 1e-12);
    }

    [Fact]
    public void At_the_planted_factor_and_its_negative_claims_hold_with_equality()
    {
        double[] z = [1, -1.2, 0.8, 0.5];
        var theory = new LandscapeGpu.Objectives.Catalogue.MatrixCompletionTheory(z, new double[4, 4], 0.5).Theory;
        foreach (var x in new[] { z, [.. z.Select(c => -c)] })
        {
            Assert.Equal(0, theory.Measures[0].Of(x), 1e-14);
            Assert.Equal(1, theory.Measures[1].Of(x), 1e-14);
            Assert.Equal(0, theory.Measures[2].Of(x));
        }

        // Half of z: ‖x‖⁴ = 1/16, ⟨x, z⟩² = 1/4, distance ½.
        double[] half = [.. z.Select(c => 0.5 * c)];
        Assert.Equal(-3.0 / 16, theory.Measures[0].Of(half), 1e-14);
        Assert.Equal(0.5, theory.Measures[2].Of(half), 1e-14);
    }

    [Fact]
    public void Expected_counts_of_stationary_points_are_those_in_closed_form()
    {
        // Quadratic forms have 2 on each axis; a random cubic on the circle has 2√(3p − 2) zeros of its derivative (Rice: √(r⁗/−r″)/π a radian, r = cosᵖ).
        Assert.Equal(10, LandscapeGpu.Objectives.Catalogue.KacRice.Expected(5, 2).Sum(), 1e-9);
        // 20,000 matrices: a standard error of 0.2 %.
        Assert.Equal(2 * Math.Sqrt(7), LandscapeGpu.Objectives.Catalogue.KacRice.Expected(2, 3).Sum(), 0.03);
        // f(−x) = −f(x) exchanges index k and d − 2 − k on a sphere of dimension d − 1.
        var counts = LandscapeGpu.Objectives.Catalogue.KacRice.Expected(4, 3);
        Assert.Equal(counts[0], counts[3], 0.02 * counts[0]);
    }

    [Fact]
    public void At_the_saddles_of_principal_components_the_first_eigenvector_leads_down()
    {
        var pca = Catalogue.Find("pca").Create(4);
        var (lemma, along) = (pca.Theory!.Measures[0], pca.Theory.Measures[1]);
        double[] first = [.. pca.Known.Points[0]];
        Assert.True(lemma.Of(first) < 1e-14);
        Assert.True(double.IsNaN(along.Of(first)));
        Assert.Equal(1, along.Of(new double[4]), 1e-12);
        var saddles = SaddleSearch.Run(pca, new() { Starts = 100 }).Points.Where(p => p.Index > 0).ToList();
        // The origin, and two on each of three further axes.
        Assert.Equal(7, saddles.Count);
        Assert.All(saddles, p => Assert.Equal(1, along.Of([.. p.Point]), 1e-9));
        // Half of the first component is no eigenvector of its length: ‖Mx − ‖x‖²x‖ = λ₁·½·√λ₁·(1 − ¼).
        Assert.Equal(0.375, lemma.Of([.. first.Select(c => 0.5 * c)]), 1e-12);
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1)]
    [InlineData(1e8)]
    public void The_lemma_of_principal_components_holds_in_any_units_and_fails_off_stationary_points(double unit)
    {
        var (rows, numbers) = (new double[6, 3], new Random(5));
        for (var s = 0; s < 18; s++)
        {
            rows[s / 3, s % 3] = unit * (numbers.NextDouble() - 0.5);
        }

        var pca = Catalogue.Find("pca").Create(data: new DataRows(rows));
        var found = Survey.Run(pca, new() { Restarts = 40, Descent = new() { IsDouble = true } });
        var points = found.AllMinima.Concat(found.Stationary).ToList();
        var measure = TheoryEvidence.Of(pca, points, points)!.Measures[0];
        Assert.True(measure is { IsKept: true, Bound: 0, Points: > 0 });
        // A thousandth beside a minimum the residual is 2e-3 of λ₁^(3/2).
        var moved = pca.Theory!.Measures[0].Of([.. found.AllMinima.First().Point.Select(c => 1.001 * c)]);
        Assert.False((measure with { Worst = moved }).IsKept);
    }

    [Fact]
    public void Claims_about_entries_without_noise_bound_nothing_where_there_is_noise()
    {
        TheoryEvidence Of(double noise)
        {
            var landscape = Catalogue.Find("matrix-completion").Create(settings: new Dictionary<string, double> { ["rows"] = 6, ["noise"] = noise });
            var found = Survey.Run(landscape, new() { Restarts = 20, Descent = new() { IsDouble = true } });
            return TheoryEvidence.Of(landscape, found.AllMinima, found.AllMinima)!;
        }

        var (clean, noisy) = (Of(0), Of(0.1));
        Assert.Equal(2, clean.Measures.Count(m => !double.IsNaN(m.Bound)));
        Assert.All(noisy.Measures, m => Assert.True(double.IsNaN(m.Bound) && double.IsNaN(m.Widest) && m.IsKept is null));
        Assert.Contains("without noise", noisy.Source, StringComparison.Ordinal);
        Assert.DoesNotContain(noisy.Sentences, s => s.Contains("by theory", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.5, true, "holds, by theory at most 1")]
    [InlineData(1.5, null, "not decided, since by theory it is at most something between 1 and 2")]
    [InlineData(2.5, false, "fails, by theory at most 2")]
    public void What_lies_between_the_two_ends_of_a_bound_is_not_decided(double worst, bool? kept, string words)
    {
        MeasuredTheory measure = new() { Name = "claim", Worst = worst, Bound = 1, Widest = 2, IsFromBelow = false, Points = 3 };
        Assert.Equal(kept, measure.IsKept);
        Assert.Contains(words, measure.Sentence, StringComparison.Ordinal);
        // The same from below.
        var below = measure with { Worst = -worst, Bound = -1, Widest = -2, IsFromBelow = true };
        Assert.Equal(kept, below.IsKept);
    }

    [Fact]
    public void Counts_of_one_landscape_have_no_spread_and_a_matrix_seen_whole_has_no_share_of_nothing()
    {
        var one = Sweep.Run("sample", [1], v => CatalogueMembers.Find($"spherical-spin-glass couplings=isotropic sample={v}"), new() { Survey = new() { Restarts = 20 }, Samples = 0, WithTheory = true });
        Assert.DoesNotContain("±", one.Sentence, StringComparison.Ordinal);
        Assert.Contains("were found in 1 landscape.", one.Sentence, StringComparison.Ordinal);
        var whole = Sweep.Run("p", [1], p => CatalogueMembers.Find($"matrix-completion p={p}"), new() { Survey = new() { Restarts = 20 }, Samples = 0, WithTheory = true });
        Assert.True(double.IsNaN(whole.Rows[0].Theory!["distance/√ε"]));
        Assert.Contains("the bound holds in 1 of 1 landscape.", whole.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Theory_that_is_stopped_leaves_the_row_and_is_named()
    {
        using var stop = new CancellationTokenSource();
        // Its supremum would be sought after the survey; it is stopped when the constants begin.
        var glm = Catalogue.Find("glm").Create(3);
        var landscape = glm with { Theory = glm.Theory! with { Constants = [new("first") { Value = _ => { stop.Cancel(); return 1; } }, .. glm.Theory.Constants] } };
        var found = Sweep.Run("nothing", [1, 2], _ => landscape, new() { Survey = new() { Restarts = 5 }, Samples = 0, WithTheory = true }, cancellation: stop.Token);
        var row = Assert.Single(found.Rows);
        Assert.Equal(["theory"], row.NotDone);
        Assert.True(row is { Theory: null, IsCut: false, Minima: 1 });
        Assert.True(found.IsStopped);
        Assert.Contains("Stopped after 1 of 2 landscapes; nothing = 1 is left without theory.", found.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_of_a_row_is_said()
    {
        // 2¹³ inputs are more than are summed.
        var seen = Sweep.Run("dimension", [2, 13], d => Catalogue.Find("glm").Create((int)d, new Dictionary<string, double> { ["n"] = 40 }), new() { Samples = 0, WithTheory = true, Survey = new() { Restarts = 1 } });
        Assert.Contains("sup (3.3) is left out at dimension = 13, where it would take too long.", seen.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_is_given_no_theory_by_name_only()
    {
        var error = Assert.Throws<ArgumentException>(() => Catalogue.Find("matrix-completion").Create(settings: new Dictionary<string, double> { ["support"] = 1, ["rank"] = 2 }));
        Assert.Contains("rank 1", error.Message, StringComparison.Ordinal);
        Assert.Null(Catalogue.Find("perceptron").Create().Theory);
        Assert.Null(Catalogue.Find("spherical-spin-glass").Create(4).Theory);
    }
}
