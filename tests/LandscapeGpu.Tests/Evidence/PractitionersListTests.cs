using LandscapeGpu.Objectives.Datasets;
using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Evidence;

/// <summary>Dropout, label flips, curricula, ensembles and gradients by layer, beside loops and closed forms.</summary>
public class PractitionersListTests
{
    [Theory]
    [InlineData("width=3 layers=1 activation=tanh")]
    [InlineData("width=3 layers=2 activation=relu")]
    [InlineData("width=2 layers=1 activation=sigmoid skip=on targets=classes classes=2")]
    [InlineData("width=3 layers=2 normalise=batch")]
    public void Dropout_is_the_mean_over_all_masks(string settings)
    {
        const double q = 0.3;
        var with = CatalogueMembers.Find($"perceptron n=6 {settings} dropout={q.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        var without = CatalogueMembers.Find($"perceptron n=6 {settings}");
        var w = CatalogueMembers.RandomPoint(without, new(5));
        // Masks act on the weights that units send: vₖ becomes 0, or vₖ/(1 − q). One mask for all samples has the same mean as one for each, since a sample's loss sees its own alone.
        var sent = Sent(without, settings);
        var (m, mean) = (sent.Length, 0.0);
        for (var mask = 0; mask < 1 << m; mask++)
        {
            var masked = (double[])w.Clone();
            var probability = 1.0;
            for (var k = 0; k < m; k++)
            {
                var isOut = (mask >> k & 1) == 1;
                probability *= isOut ? q : 1 - q;
                foreach (var j in sent[k])
                {
                    masked[j] *= isOut ? 0 : 1 / (1 - q);
                }
            }

            mean += probability * without.Evaluate(masked);
        }

        Assert.Equal(mean, with.Evaluate(w), 1e-12 * (1 + mean));
    }

    [Fact]
    public void Dropout_with_a_loss_that_has_no_closed_form_is_refused() =>
        Assert.Contains("closed form", Assert.Throws<ArgumentException>(() => CatalogueMembers.Find("perceptron loss=logistic dropout=0.1")).Message, StringComparison.Ordinal);

    [Fact]
    public void Flips_turn_a_share_of_the_labels_that_are_fitted_and_none_that_are_held_out()
    {
        var samples = new Samples(new double[1_000, 1], [.. Enumerable.Range(0, 1_000).Select(s => (double)(s % 3))]).HoldOut(200);
        var flipped = samples.Relabelled(0.25, 4);
        var changed = flipped.Targets.Zip(samples.Targets).Count(p => p.First != p.Second);
        // Three deviations of 800 draws.
        Assert.InRange(changed, 200 - 37, 200 + 37);
        Assert.Equal(samples.HeldOut!.Targets, flipped.HeldOut!.Targets);
        Assert.All(flipped.Targets, y => Assert.Contains(y, new[] { 0.0, 1, 2 }));
        // A class is turned to each of the others.
        Assert.Equal(2, flipped.Targets.Zip(samples.Targets).Where(p => p.Second == 1 && p.First != 1).Select(p => p.First).Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_curriculum_descends_on_the_first_samples_first(bool isDouble)
    {
        const int steps = 12, length = 9, n = 5;
        double[] x = [1, -2, 0.5, 3, 1.5], y = [0.3, 1, -1, 2, 0];
        var matrix = new double[n, 1];
        for (var s = 0; s < n; s++)
        {
            matrix[s, 0] = x[s];
        }

        var (inputs, targets) = (new Data("X", matrix), new Data("y", y));
        var objective = Objective.Define("line", 1, w => (0.5 * Mean(n, s => Square((inputs[s, 0] * w[0]) - targets[s]))) + (0.05 * Square(w[0])));
        var found = new LaneDevice(1).Compile(objective, new() { Rule = new GradientDescent { Step = 0.1 }, Curriculum = new(length), IsDouble = isDouble, Stop = new() { Iterations = steps } })
            .Run(new RestartRange(new GivenPoints([0.7], 1), 1, 0, 1)).Points[0];
        var w = 0.7;
        for (var k = 0; k < steps; k++)
        {
            var count = (int)Math.Max(1, Math.Floor((n * Math.Min(1, (k + 1.0) / length)) + 1e-9));
            w -= 0.1 * ((0.1 * w) + Enumerable.Range(0, count).Average(s => x[s] * ((x[s] * w) - y[s])));
        }

        Assert.Equal(w, found, isDouble ? 1e-14 : 1e-6);
    }

    [Fact]
    public void A_curriculum_ends_no_restart_before_all_samples_are_in()
    {
        // The first sample alone is fitted at the start: its gradient is 0 there.
        var (inputs, targets) = (new Data("X", new double[,] { { 1 }, { 1 } }), new Data("y", [0.0, 1]));
        var objective = Objective.Define("two", 1, w => 0.5 * Mean(2, s => Square((inputs[s, 0] * w[0]) - targets[s])));
        var end = new LaneDevice(1).Compile(objective, new() { Rule = new GradientDescent { Step = 0.5 }, Curriculum = new(50), IsDouble = true, Stop = new() { Iterations = 500 } }).Run(new RestartRange(new GivenPoints([0.0], 1), 1, 0, 1));
        Assert.Equal(0.5, end.Points[0], 1e-6);
        Assert.Equal((byte)Outcome.Converged, end.Outcomes[0]);
    }

    [Fact]
    public void A_rule_that_compares_steps_takes_no_curriculum() =>
        Assert.Contains("another function", Assert.Throws<ArgumentException>(() => new LaneDevice(1).Compile(CatalogueMembers.Find("perceptron n=5"), new() { Curriculum = new(5) })).Message, StringComparison.Ordinal);

    [Fact]
    public void Difficulty_is_the_distance_from_linear_least_squares()
    {
        var samples = new Samples(new double[,] { { 0 }, { 1 }, { 2 }, { 3 } }, [1, 3, 7, 7]);
        // Normal equations: slope 2.2, constant 1.2; residuals −0.2, −0.4, 1.4, −0.8.
        Assert.Equal([1, 3, 7, 7], samples.ByDifficulty(true).Targets);
        Assert.Equal([0, 1, 3, 2], samples.ByDifficulty(true).Inputs.Cast<double>());
        Assert.Equal([2, 3, 1, 0], samples.ByDifficulty(false).Inputs.Cast<double>());
    }

    [Fact]
    public void An_ensemble_gains_what_its_members_differ_by()
    {
        var objective = CatalogueMembers.Find("perceptron n=30 test=10 noise=0.3");
        double[][] points = [.. Enumerable.Range(0, 4).Select(k => CatalogueMembers.RandomPoint(objective, new(k)))];
        var found = Ensemble.Of(objective, points)!;
        Assert.Equal(4, found.Members);
        // Krogh and Vedelsby (1995): of squared loss the ambiguity decomposition is exact.
        Assert.Equal(found.MeanLoss - found.Spread, found.Loss, 1e-12);
        Assert.Equal(points.Average(p => objective.Scores!.TestLoss!.Evaluate(p)), found.MeanLoss, 1e-12);
        Assert.Equal(objective.Scores!.TestLoss!.Evaluate(points[0]), found.LossOfLowest, 1e-12);
        Assert.True(found.Spread > 0);
    }

    [Theory]
    [InlineData("perceptron layers=3 width=4 n=5 activation=sigmoid", 4)]
    [InlineData("perceptron layers=1 width=4 n=5", 2)]
    [InlineData("perceptron layers=2 width=3 n=5 normalise=batch", 3)]
    [InlineData("deep-linear layers=3", 3)]
    [InlineData("deep-regression depth=2", 2)]
    public void Parts_are_all_coordinates_once_and_gradients_are_taken_over_them(string name, int parts)
    {
        var objective = CatalogueMembers.Find(name);
        Assert.Equal(parts, objective.Parts.Count);
        Assert.Equal(Enumerable.Range(0, objective.Dimension), objective.Parts.SelectMany(p => p.Coordinates).Order());
        var start = CatalogueMembers.RandomPoint(objective, new(1));
        var found = PartGradients.Of(objective, new GivenPoints(start, start.Length))!;
        // Central differences: a third of the digits.
        foreach (var (part, (own, median)) in objective.Parts.Zip(found.Parts))
        {
            Assert.Equal(part.Name, own);
            var slopes = part.Coordinates.Select(j => (At(j, 1e-5) - At(j, -1e-5)) / 2e-5);
            Assert.Equal(Math.Sqrt(slopes.Average(s => s * s)), median, 1e-6 * (1 + median));
        }

        double At(int j, double by)
        {
            var moved = (double[])start.Clone();
            moved[j] += by;
            return objective.Evaluate(moved);
        }
    }

    [Fact]
    public void Gradients_of_sigmoid_networks_vanish_with_depth_and_batch_normalisation_keeps_them()
    {
        double Share(string more) => PartGradients.Of(CatalogueMembers.Find($"perceptron activation=sigmoid width=6 n=10 {more}"))!.FirstOverLast;
        // A layer of logistic units passes on at most a quarter of a slope, times weights of variance 1/m: a factor of about ¼ a layer.
        Assert.InRange(Math.Pow(Share("layers=5") / Share("layers=2"), 1 / 3.0), 0.1, 0.3);
        Assert.True(Share("layers=5 normalise=batch") > 10 * Share("layers=5"));
    }

    /// <summary>For each unit of the last hidden layer, the coordinates of the weights that it sends.</summary>
    private static int[][] Sent(Objective objective, string settings)
    {
        var (m, d) = (settings.Contains("width=3", StringComparison.Ordinal) ? 3 : 2, 2);
        var outputs = settings.Contains("classes", StringComparison.Ordinal) ? 2 : 1;
        return [.. Enumerable.Range(0, m).Select(k => Enumerable.Range(0, outputs).Select(o =>
            settings.Contains("layers=1", StringComparison.Ordinal) ? (k * (d + 1 + outputs)) + d + 1 + o : objective.Dimension - outputs - (m * outputs) + (o * m) + k).ToArray())];
    }
}
