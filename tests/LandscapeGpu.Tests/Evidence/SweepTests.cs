using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Evidence;

/// <summary>Families of landscapes over a setting.</summary>
public class SweepTests
{
    private static readonly SweepOptions Bare = new() { Survey = new() { Restarts = 200 }, Samples = 0 };

    [Fact]
    public void Matrix_completion_has_spurious_minima_below_a_threshold_of_observation_and_compiles_once()
    {
        var seen = Sweep.Run("p", [0.2, 0.3, 0.6, 0.7, 0.8, 0.9], p => CatalogueMembers.Find($"matrix-completion p={p}"), Bare);
        Assert.All(seen.Rows.Take(2), r => Assert.True(r.Spurious + r.SpuriousOnBoundary > 0));
        Assert.All(seen.Rows.Skip(2), r => Assert.True(r is { Minima: 1, Spurious: 0, SpuriousOnBoundary: 0 }));
        // One descent, one set of derivatives and one of their rounding, for all.
        Assert.Equal([3, 0, 0, 0, 0, 0], seen.Rows.Select(r => r.Compiled));
        Assert.Contains("5 landscapes ran on programs compiled for another", seen.Compilations, StringComparison.Ordinal);
        // And the programs of the first find what those of the last would.
        var alone = Survey.Run(CatalogueMembers.Find("matrix-completion p=0.3"), Bare.Survey);
        Assert.Equal(alone.Minima.Count + alone.BoundaryMinima.Count, seen.Rows[1].Minima);
    }

    [Fact]
    public void Minima_on_the_walls_of_the_region_are_told_from_spurious_minima_inside()
    {
        var seen = Sweep.Run("p", [0.2, 0.4], p => CatalogueMembers.Find($"matrix-completion p={p}"), Bare with { Survey = new() { Restarts = 1_000, Descent = new() { IsDouble = true } } });
        Assert.Equal([1, 0], seen.Rows.Select(r => r.Spurious));
        Assert.All(seen.Rows, r => Assert.True(r is { SpuriousOnBoundary: > 0, BoundaryShare: > 0.01 }));
        Assert.Contains("No spurious minimum found inside the region at p = 0.4.", seen.Sentence, StringComparison.Ordinal);
        Assert.Contains("On its boundary", seen.Sentence, StringComparison.Ordinal);
        // A wall holds what the function itself would let go on: the whole gradient of one of those is not zero, that of a minimum inside is.
        var survey = Survey.Run(CatalogueMembers.Find("matrix-completion p=0.4"), new() { Restarts = 1_000, Descent = new() { IsDouble = true } });
        Assert.All(survey.BoundaryMinima.Where(m => m.Value > 1e-6), m => Assert.True(Slope(survey.Objective, m.Point) > 1e-3));
        Assert.All(survey.Minima, m => Assert.True(Slope(survey.Objective, m.Point) < 1e-6));
        var sentence = LocalVersusGlobal.Of(survey).Sentence;
        Assert.StartsWith("No spurious minimum found inside the region", sentence, StringComparison.Ordinal);
    }

    // Central differences: h² of truncation, 1e-16/h of rounding.
    private static double Slope(Objective objective, IReadOnlyList<double> at) => Math.Sqrt(Enumerable.Range(0, at.Count).Sum(i =>
    {
        const double h = 1e-5;
        double At(double step) => objective.Evaluate([.. at.Select((c, j) => j == i ? c + step : c)]);
        return Math.Pow((At(h) - At(-h)) / (2 * h), 2);
    }));

    [Fact]
    public void What_a_survey_found_refutes_Polyak_Lojasiewicz_whatever_the_sample_says()
    {
        // Two wells of one height, two of which one is spurious, and one well alone: every ratio that was sampled is above 0.
        var seen = Sweep.Run("a", [0, 0.5, 2], a => Objective.Define("wells", 2, x => Square(Square(x[0]) - 1) + (a * x[0]) + Square(x[1])) with { Region = Region.Box(2, -2, 2) }, Bare with { Samples = 700 });
        Assert.Equal([2, 2, 1], seen.Rows.Select(r => r.Minima));
        Assert.Equal([0, 0], seen.Rows.Take(2).Select(r => r.PolyakLojasiewicz));
        Assert.True(seen.Rows[2].PolyakLojasiewicz > 0);
    }

    [Fact]
    public void An_over_parameterised_network_comes_near_the_global_value_from_every_start_though_few_restarts_come_to_rest()
    {
        var seen = Sweep.Run("width", [2, 6], w => CatalogueMembers.Find($"perceptron n=20 width={w}"), Bare with { Survey = new() { Restarts = 100, Descent = new() { IsDouble = true } } });
        var (narrow, wide) = (seen.Rows[0], seen.Rows[1]);
        Assert.True(narrow.Within(2) < 0.9);
        Assert.Null(narrow.Interpolation!.LeastLoss);
        Assert.True(wide.NotConverged > 50);
        Assert.Equal(1, wide.Within(2));
        Assert.Equal(0, wide.Interpolation!.LeastLoss!.Value, 1e-12);
        // Where all residuals are zero the Hessian is JᵀJ/n: its zeros are as many as d − rank J, to the square of the rank's tolerance.
        var eigenvalues = wide.Best!.Eigenvalues;
        Assert.Equal(25, eigenvalues.Count);
        Assert.Equal(25 - wide.Interpolation.Rank, eigenvalues.Count(l => l < 1e-13 * eigenvalues[^1]));
        Assert.Contains("points of global flat families", seen.Sentence, StringComparison.Ordinal);
        Assert.Equal(["within 1e-2", "1e-4", "1e-6", "not at rest"], EvidenceTables.Of(seen).Columns.Select(c => c.Heading).Skip(4).Take(4));
    }

    [Fact]
    public void Starts_that_were_given_are_said()
    {
        string From(LandscapeGpu.Starts.Sampler? starts) => Sweep.Run("d", [1, 2], d => Objective.Define("wells", (int)d, x => Sum((int)d, i => Square(Square(x[i]) - 1))), Bare with { Survey = new() { Restarts = 5, Starts = starts } }).Sampling;
        Assert.Contains("5 restarts for each value, starts normal with mean 0 and standard deviation 2, rule", From(new LandscapeGpu.Starts.Gaussian(2)), StringComparison.Ordinal);
        Assert.DoesNotContain(", starts", From(null), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_curvature_was_seen_no_rate_is_counted()
    {
        var found = Sweep.Run("a", [0, 1], a => Objective.Define("bowl", 1, x => a * Square(x[0])) with { Region = Region.Box(1, -1, 1) }, Bare with { Samples = 14, Paths = 2 });
        Assert.True(found.Rows[0].Rate is { Paths: 0, IsAsPromised: false } none && double.IsNaN(none.Measured) && double.IsNaN(none.Predicted));
        Assert.Contains("in 1 of 1 landscape.", found.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_minimum_a_little_above_the_least_loss_is_no_fit_of_all_data()
    {
        // Three units for what four have made: the lowest minimum is 6e-8, ten million times its rounding, and curves up across its orbit.
        var survey = Survey.Run(CatalogueMembers.Find("quadratic-network n=12 width=3"), new() { Restarts = 40, Descent = new() { IsDouble = true } });
        Assert.InRange(survey.Minima[0].Value, 5e-8, 7e-8);
        Assert.Null(Interpolation.Of(survey)!.LeastLoss);
        var seen = Sweep.Run("width", [3.0], _ => survey.Objective, Bare with { Survey = new() { Restarts = 40, Descent = new() { IsDouble = true } } });
        Assert.Equal(survey.Minima[0].Value, seen.Rows[0].GlobalValue, 1e-15);
        Assert.DoesNotContain("are fitted", seen.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_landscape_with_saddles_is_promised_no_rate_and_is_not_counted_among_those_that_keep_one()
    {
        // a = 0: (x − 1)², μ = 2. a = 1: (x² − 1)², whose maximum at 0 leaves no μ above 0; starts are near it.
        var found = Sweep.Run("a", [0, 1], a => Objective.Define("bowl or wells", 1, x => ((1 - a) * Square(x[0] - 1)) + (a * Square(Square(x[0]) - 1))) with { Region = Region.Box(1, -2, 2), Starts = new Gaussian(1e-9) }, Bare with { Samples = 35, Paths = 2 });
        Assert.Equal([true, false], found.Rows.Select(r => r.Rate!.IsPromised));
        Assert.Contains("kept the promised rate 1 − μ/β at every step in 1 of 1 landscape. In 1 landscape none is promised, since the Polyak–Łojasiewicz condition fails.", found.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_neuron_has_as_many_minima_as_samples_an_axis_to_the_power_of_the_axes()
    {
        var seen = Sweep.Run("samples", [1, 2, 3, 4], k => CatalogueMembers.Find($"single-neuron samples={k}"), Bare with { Survey = new() { Restarts = 2_000 } });
        Assert.Equal([1, 4, 9, 16], seen.Rows.Select(r => r.Minima));
    }

    [Fact]
    public void A_generalised_linear_model_nears_the_truth_like_the_root_of_the_sample_size_and_is_weakly_quasi_convex()
    {
        int[] sizes = [25, 100, 400, 1600];
        var seen = Sweep.Run(
            "n", [.. sizes.Select(n => (double)n)], (n, set) => CatalogueMembers.Find($"glm n={n} seed={set}"),
            Bare with { Survey = new() { Restarts = 8 }, Samples = 14, DataSets = 10 });
        var points = seen.Rows.Select(r => (X: Math.Log(r.Setting), Y: Math.Log(r.Distance))).ToList();
        var (mx, my) = (points.Average(p => p.X), points.Average(p => p.Y));
        // Ten data sets for each of four sizes: the slope's standard error is about 0.04.
        Assert.InRange(points.Sum(p => (p.X - mx) * (p.Y - my)) / points.Sum(p => (p.X - mx) * (p.X - mx)), -0.6, -0.4);
        Assert.Contains("goes like n^-0.", seen.Sentence, StringComparison.Ordinal);
        // γ is the least slope of the logistic function up to ‖w*‖√d = √5; the empirical risk is that of the population to O(√(d/n)).
        var gamma = 1 / (2 + (2 * Math.Cosh(Math.Sqrt(5))));
        Assert.All(seen.Rows, r => Assert.True(r.WeakQuasiConvexity >= 2 * gamma, $"{r.WeakQuasiConvexity}"));
        Assert.All(seen.Rows, r => Assert.Equal(1, r.Minima));
        Assert.Equal(40, EvidenceTables.Of(seen).Rows.Count);
        Assert.Equal("data set", EvidenceTables.Of(seen).Columns[1].Heading);
    }

    [Fact]
    public void Over_parameterised_least_squares_keep_the_rate_that_the_condition_promises()
    {
        var seen = Sweep.Run("n", [2, 5, 8], n => CatalogueMembers.Find($"least-squares n={n}"), new() { Survey = new() { Restarts = 20, Descent = new() { IsDouble = true } }, Samples = 70, Paths = 3 });
        Assert.All(seen.Rows, r =>
        {
            Assert.True(r.Rate!.IsAsPromised);
            Assert.True(r.Rate.Measured <= r.Rate.Predicted);
            // By construction μ = 1/10 and β = 1; the sample finds μ where the ratio is least, along paths.
            Assert.Equal(0.9, r.Rate.Predicted, 1e-3);
        });
        Assert.Contains("in 3 of 3 landscapes", seen.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void No_data_sets_are_refused() =>
        Assert.Contains("given 0 data sets", Assert.Throws<ArgumentException>(() => Sweep.Run("n", [1], _ => CatalogueMembers.Find("glm"), Bare with { DataSets = 0 })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_sweep_says_where_spurious_minima_were_and_where_no_minimum_at_all()
    {
        // Two wells of unequal depth, one well, and a slope without end.
        Objective Family(double tilt) => tilt == 3
            ? Objective.Define("slope", 1, x => Exp(-x[0]))
            : Objective.Define("wells", 1, x => 0.25 * Square(Square(x[0])) - 0.5 * Square(x[0]) + tilt * x[0]);
        var options = new SweepOptions { Survey = new() { Restarts = 50 }, Samples = 0 };
        var seen = Sweep.Run("tilt", [0.2, 1, 3], Family, options);
        Assert.Equal("No spurious minimum found at tilt = 1. Spurious minima at tilt = 0.2. No minimum at all was found at tilt = 3.", seen.Sentence);
        Assert.Equal("", EvidenceTables.Of(seen).Rows[2][1]);
        Assert.Equal("No minimum was found at any tilt.", Sweep.Run("tilt", [3], Family, options).Sentence);
    }

    [Fact]
    public void A_sweep_shows_where_spurious_minima_appear()
    {
        // x⁴ − 2x² + hx has a second minimum for |h| < 8/(3√3) = 1.54, of equal depth at h = 0 only.
        var tilt = Objective.Define("tilted well", 1, x => Pow(x[0], 4) - (2 * Square(x[0])) + (new Parameter("h", 0) * x[0])) with { Starts = new UniformBox(-2, 2) };
        var seen = Sweep.Run("h", [0, 0.5, 1, 1.5, 1.6, 2], h => tilt.With("h", h), new() { Survey = new() { Restarts = 200, Descent = new() { IsDouble = true } }, Samples = 350 });
        Assert.Equal([2, 2, 2, 2, 1, 1], seen.Rows.Select(r => r.Minima));
        Assert.Equal([0, 1, 1, 1, 0, 0], seen.Rows.Select(r => r.Spurious));
        // At h = 0 the minima are ±1 with f″ = 8.
        Assert.Equal(8, seen.Rows[0].LowestEigenvalue, 1e-9);
        Assert.Equal(200, seen.Rows[^1].Reached.Count);
        Assert.True(seen.Rows[^1].PolyakLojasiewicz > 0);
        Assert.Equal(6, EvidenceTables.Of(seen).Rows.Count);
        Assert.Equal(7, seen.Csv().TrimEnd('\n').Split('\n').Length);
        Assert.StartsWith("h,global_value,reached", seen.Csv(), StringComparison.Ordinal);
    }
}
