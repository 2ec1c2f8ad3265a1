using LandscapeGpu.Descent;
using LandscapeGpu.Differentiation;
using LandscapeGpu.Evidence;
using LandscapeGpu.Objectives;
using LandscapeGpu.Spectra;
using LandscapeGpu.Surveys;
using Family = LandscapeGpu.Objectives.Catalogue.Catalogue;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Networks with more weights than Hessians are formed for, on more samples than a cache holds.</summary>
public class LargeNetworkTests
{
    private static Objective Network(params (string, double)[] settings) => Family.Find("perceptron").Create(
        null, settings.Append(("loss", 2)).Append(("inputs", 40)).Append(("n", 300)).ToDictionary(s => s.Item1, s => s.Item2));

    [Fact]
    public void What_cannot_fit_is_refused_before_it_begins_with_how_much_it_needs()
    {
        // A hundred million coordinates: 102.4 GB for one restart, and 100 times that for a hundred.
        var vast = Objective.Define("vast", 100_000_000, x => Sum(100_000_000, i => Square(x[i] - 1)));
        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 1e13)
        {
            return;
        }

        var refused = Assert.Throws<ArgumentException>(() => Survey.Run(vast, new() { Restarts = 100, Threads = 100 })).Message;
        Assert.Contains("100,000,000 coordinates with 128 numbers of 8 bytes for each, 100 restarts at a time, need 1.02E+04 GB of memory", refused, StringComparison.Ordinal);
        Assert.Contains("use fewer threads", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Restarts_come_to_minima_that_are_stationary_to_rounding_and_have_both_ends_of_their_spectrum()
    {
        var objective = Network(("width", 8), ("decay", 0.05), ("test", 0.2));
        var result = Survey.Run(objective, new() { Restarts = 4, Threads = 2 });
        Assert.Equal(4, result.Outcomes.Converged);
        Assert.Equal(4, result.Minima.Sum(m => m.Count));
        Assert.All(result.Minima, m => Assert.Equal((StationaryKind.Minimum, true), (m.Kind, m.Eigenvalues[0] > 0)));
        Assert.All(result.Minima, m => Assert.InRange(m.GradientNorm, 0, 1e-10));
        Assert.All(result.Minima, m => Assert.InRange(m.Score.TestAccuracy!.Value, 0, 1));
        Assert.Equal(result.Minima.Select(m => m.Value), Survey.Run(objective, new() { Restarts = 4, Threads = 1 }).Minima.Select(m => m.Value));
    }

    [Fact]
    public void Where_the_infimum_is_at_infinity_nothing_is_called_a_saddle_by_curvature_that_is_all_rounding()
    {
        // Separable classes without decay: value, slope and curvature all fall towards 0.
        var result = Survey.Run(Network(("width", 8), ("classes", 2)), new() { Restarts = 2 });
        Assert.Empty(result.Minima);
        Assert.All(result.Stationary, p => Assert.Equal(StationaryKind.Undecided, p.Kind));
        Assert.True(result.Lowest!.Value < 1e-6);
    }

    [Fact]
    public void Whole_spectra_are_found_up_to_two_thousand_weights()
    {
        var objective = Network(("width", 8), ("decay", 0.05));
        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 1 }).Minima);
        Assert.Equal(objective.Dimension, minimum.Eigenvalues.Count);
        // The trace is that of the diagonal, and the ends are those that Lanczos' method finds.
        var trace = Enumerable.Range(0, objective.Dimension).Sum(i => Curvature(objective, [.. minimum.Point], i));
        Assert.Equal(trace, minimum.Eigenvalues.Sum(), 1e-10 * trace);
        var ends = HessianSpectrum.Extremes(objective, minimum.Point.ToArray());
        Assert.Equal(ends.Lowest[0], minimum.Eigenvalues[0], 1e-9);
        Assert.Equal(ends.Highest[^1], minimum.Eigenvalues[^1], 1e-9);
    }

    [Fact]
    public void The_density_of_a_hessian_is_the_same_for_every_number_of_vectors_at_a_time()
    {
        var objective = Network(("width", 8), ("decay", 0.05));
        double[] point = [.. Enumerable.Range(0, objective.Dimension).Select(i => 0.3 * Math.Sin(i))];
        var two = new HessianDensity { Probes = 2, Steps = 20 }.At(objective, [point, point]);
        Assert.Equal(two[0].Masses, two[1].Masses);
        Assert.Equal(40, two[0].Products);
        var trace = objective.Dimension * two[0].Mean(l => l).Value;
        // The diagonal, entry by entry; two random vectors tell the trace to some per cent.
        var exact = Enumerable.Range(0, objective.Dimension).Sum(i => Curvature(objective, point, i));
        Assert.Equal(exact, trace, 0.2 * exact);
    }

    [Fact]
    public void Rules_are_compared_by_what_they_come_to_on_samples_that_are_held_out()
    {
        var objective = Network(("width", 4), ("decay", 0.05), ("test", 0.2));
        var comparison = Comparison.Run(objective, new()
        {
            Contenders = [new() { Descent = new() { Stop = new() { Iterations = 50 } } }, new() { Descent = new() { Rule = new Adam { Step = 0.01 }, Batch = 40, Stop = new() { Iterations = 50 } } }],
            Restarts = 2,
            PlateauStarts = 0,
        });
        Assert.All(comparison.Results, r => Assert.Equal(2, r.Scores.Count(s => s.TestLoss > 0 && s.TestAccuracy is >= 0 and <= 1)));
        // Decay apart, the training loss is the objective where a restart stopped.
        Assert.All(comparison.Results, r => Assert.All(r.Scores.Zip(r.FinalValues), p => Assert.True(p.First.TrainLoss < p.Second)));
        var table = Assert.Single(LandscapeGpu.Reporting.EvidenceTables.Scores(comparison));
        Assert.Equal(2, table.Rows.Count);
        var json = System.Text.Json.Nodes.JsonNode.Parse(LandscapeGpu.Reporting.ComparisonJson.Write(comparison))!["results"]!.AsArray();
        Assert.All(json, r => Assert.InRange((double)r!["median_test_accuracy"]!, 0, 1));
        Assert.All(json, r => Assert.True((double)r!["median_train_loss"]! > 0 && (double)r["median_test_loss"]! > 0 && (double)r["seconds"]! > 0));
        var rows = LandscapeGpu.Reporting.CsvText.Of(comparison).TrimEnd('\n').Split('\n');
        Assert.EndsWith("seconds,median_train_loss,median_train_accuracy,median_test_loss,median_test_accuracy", rows[0], StringComparison.Ordinal);
        Assert.Equal([0.0, 0.0], rows.Skip(1).Select(r => r.Split(',')[^4..].Min(f => double.Parse(f, System.Globalization.CultureInfo.InvariantCulture) > 0 ? 0.0 : 1)));
        Assert.Empty(LandscapeGpu.Reporting.EvidenceTables.Scores(Comparison.Run(Family.Find("double-well").Create(), new() { Restarts = 2, PlateauStarts = 0, Contenders = [new() { Descent = new() }] })));
    }

    private static double Curvature(Objective objective, double[] point, int i)
    {
        var v = new double[point.Length];
        v[i] = 1;
        return objective.HessianProduct(point, v)[i];
    }
}
