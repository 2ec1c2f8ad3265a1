using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Objectives.Datasets;
using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Evidence;

/// <summary>What descent costs, and where landscapes become benign.</summary>
public class CostTests
{
    [Fact]
    public void Steps_to_a_level_are_those_of_the_closed_form_to_a_factor_of_root_two()
    {
        // ½x² from ±1 with step 0.1: f shrinks by 0.81 a step, to 1e-2 in 22, 1e-4 in 44, 1e-6 in 66 steps; looks are after 23, 45 and 91.
        var bowl = Objective.Define("bowl", 1, x => 0.5 * Square(x[0])) with { Starts = new UniformSphere(1), Known = new() { GlobalValue = 0 } };
        SurveyOptions survey = new() { Restarts = 10, Descent = new() { Rule = new GradientDescent { Step = 0.1 }, IsDouble = true, Stop = new() { GradientTolerance = 1e-12 } } };
        var swept = Sweep.Run("nothing", [1], _ => bowl, new() { Survey = survey, Samples = 0, WithCost = true });
        Assert.Equal([23.0, 45, 91], swept.Rows[0].Steps!);
        // Too few steps for the finer levels.
        survey = survey with { Descent = survey.Descent with { Stop = new() { Iterations = 30 } } };
        Assert.Equal([23, double.PositiveInfinity, double.PositiveInfinity], Sweep.Run("nothing", [1], _ => bowl, new() { Survey = survey, Samples = 0, WithCost = true }).Rows[0].Steps!);
    }

    [Theory]
    [InlineData(0.01, 1)]
    [InlineData(null, 1e-20)]
    [InlineData(null, 1e20)]
    public void Steps_are_those_of_the_landscape_whatever_the_precision_of_descent_and_the_unit_of_the_value(double? step, double factor)
    {
        // Steps of a hundredth of the slope no longer move a coordinate of 1000 in single precision from where f is 9e-6 of the gap above f*.
        Objective At(double by) => Objective.Define("bowl", 2, x => by * (Square(x[0] - 1000) + (0.7 * Square(x[1] - 1000)))) with { Region = Region.Box(2, 999, 1001), Known = new() { GlobalValue = 0 } };
        double[] Steps(Objective objective, bool isDouble) =>
        [
            .. Sweep.Run("nothing", [1], _ => objective, new()
            {
                Survey = new() { Restarts = 9, Descent = new() { IsDouble = isDouble, Rule = step is { } length ? new GradientDescent { Step = length } : Rules.Named("lbfgs", null) } },
                Samples = 0,
                WithCost = true,
            }).Rows[0].Steps!,
        ];

        var expected = Steps(At(1), isDouble: true);

        Assert.All(expected, steps => Assert.InRange(steps, 1, 2000));
        Assert.Equal(expected, Steps(At(factor), isDouble: false));
    }

    [Fact]
    public void A_landscape_whose_only_stationary_point_is_its_minimum_can_take_exponential_time()
    {
        // 1 − e^(−r²) on the sphere of starts r² = d: the slope is e^(−d), and so are the steps e^d or more.
        Objective At(double d) => Objective.Define("well", (int)d, x => 1 - Exp(-Sum((int)d, i => Square(x[i])))) with { Starts = new UniformSphere(Math.Sqrt(d)), Known = new() { GlobalValue = 0 } };
        SurveyOptions survey = new() { Restarts = 4, Descent = new() { Rule = new GradientDescent { Step = 0.1 }, IsDouble = true } };
        var swept = Sweep.Run("dimension", [1, 2, 3, 4, 5, 6], At, new() { Survey = survey, Samples = 0, WithCost = true });
        Assert.All(swept.Rows, r => Assert.Equal(1, r.Reached.Share));
        Assert.Contains("the exponential fits better", swept.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_is_found_to_two_percent_and_told_apart_from_none()
    {
        SweepThreshold threshold = new("p", 0.02, 1, (_, _, _) => throw new InvalidOperationException());
        Assert.InRange(ThresholdSearch.Of(threshold, false, p => p >= 0.3).Value, 0.3, 0.307);
        // Benign again where hardly anything is seen.
        Assert.InRange(ThresholdSearch.Of(threshold, false, p => p is >= 0.3 or < 0.1).Value, 0.3, 0.307);
        Assert.Equal(new(0.02, true), ThresholdSearch.Of(threshold, false, _ => true));
        Assert.True(double.IsNaN(ThresholdSearch.Of(threshold, false, _ => false).Value));
    }

    [Fact]
    public void From_the_threshold_on_what_is_seen_of_a_matrix_holds_all_of_it_together()
    {
        static Objective Of(double rows, int set, double p) => Catalogue.Find("matrix-completion").Create(settings: new Dictionary<string, double> { ["rows"] = rows, ["seed"] = set, ["p"] = p });
        var swept = Sweep.Run("rows", [6, 9], (d, set) => Of(d, set, 1), new() { Survey = new() { Restarts = 12 }, Samples = 0, DataSets = 2, Threshold = new("p", 0.02, 1, Of) });
        foreach (var row in swept.Rows)
        {
            Assert.InRange(row.Threshold, 0.05, 1);
            // By hand: where rows fall apart into two sets of which no entry is seen in common, the sign of one set is free, and so z is not the only minimum.
            var (d, drawn) = ((int)row.Setting, new GeneratedNumbers((ulong)row.DataSet, 2));
            var reached = new HashSet<int> { 0 };
            for (var k = 0; k < d; k++)
            {
                reached.UnionWith(Enumerable.Range(0, d).Where(i => reached.Any(j => drawn.Uniform(Math.Max(i, j), Math.Min(i, j)) < row.Threshold)).ToList());
            }

            Assert.Equal(d, reached.Count);
        }
    }

    [Fact]
    public void A_threshold_of_whole_numbers_is_the_least_of_them_and_nothing_between_is_looked_at()
    {
        for (var least = 2; least <= 40; least++)
        {
            var found = ThresholdSearch.Of(new("n", 1, 40, (_, _, _) => throw new InvalidOperationException()), true, n => n == Math.Round(n) ? n >= least : throw new InvalidOperationException($"{n}"));
            Assert.Equal(new(least, false), found);
        }
    }

    [Fact]
    public void Settings_of_which_only_whole_numbers_are_landscapes_are_known_by_what_lies_between()
    {
        Objective Named(string family, string setting, double value) => Catalogue.Find(family).Create(settings: new Dictionary<string, double> { [setting] = value });
        static Objective Bowl(double a) => Objective.Define("bowl", 1, x => a * Square(x[0])) with { Region = Region.Box(1, -1, 1) };
        // Refused between; refused by the dimension; truncated without a word; and real.
        Assert.True(new SweepThreshold("n", 5, 20, (_, _, n) => Named("glm", "n", n)).IsWholeAt(1, 1));
        Assert.True(new SweepThreshold("dimension", 1, 5, (_, _, d) => d == Math.Round(d) ? CatalogueMembers.Find($"rastrigin d={d}") : throw new ArgumentException("whole")).IsWholeAt(1, 1));
        Assert.True(new SweepThreshold("a", 1, 9, (_, _, a) => Bowl((int)a)).IsWholeAt(1, 1));
        Assert.False(new SweepThreshold("a", 1, 9, (_, _, a) => Bowl(a)).IsWholeAt(1, 1));
        Assert.False(new SweepThreshold("p", 0.05, 1, (_, _, p) => Named("matrix-completion", "p", p)).IsWholeAt(1, 1));
        Assert.Contains("give whole numbers", Assert.Throws<ArgumentException>(() => new SweepThreshold("n", 5.5, 20, (_, _, n) => Named("glm", "n", n)).IsWholeAt(1, 1)).Message, StringComparison.Ordinal);
        foreach (var (low, high) in new[] { (0.0, 1.0), (-1, 1), (2, 1), (1, double.PositiveInfinity), (double.NaN, 1) })
        {
            Assert.Throws<ArgumentException>(() => Sweep.Run("b", [1], b => Bowl(b), new() { Samples = 0, Threshold = new("a", low, high, (_, _, a) => Bowl(a)) }));
        }
    }

    [Fact]
    public void A_threshold_below_the_lowest_looked_at_is_told_as_such_and_one_that_is_not_there_too()
    {
        // Wells at ±√a, tilted by b: two minima of different height while the tilt is below 8a^(3/2)/(3√3), one beyond.
        Objective Wells(double a, double b) => Objective.Define("wells", 1, x => Square(Square(x[0]) - a) + (b * x[0])) with { Region = Region.Box(1, -4, 4) };
        var edge = 8 / (3 * Math.Sqrt(3));
        SweepThreshold Tilt(double low, double high) => new("b", low, high, (a, _, b) => Wells(a, b));
        Sweep Found(double low, double high) => Sweep.Run("a", [1], a => Wells(a, 1), new() { Survey = new() { Restarts = 100 }, Samples = 0, Threshold = Tilt(low, high) });
        Assert.InRange(Found(0.1, 4).Rows[0].Threshold, edge, edge * 1.025);
        var (below, above) = (Found(2, 4), Found(0.1, 1));
        Assert.True(below.Rows[0] is { Threshold: 2, IsThresholdAtMost: true });
        Assert.Contains("No spurious minimum was found down to b = 2", below.Sentence, StringComparison.Ordinal);
        Assert.Contains("≤ 2", EvidenceTables.Of(below).ToString(), StringComparison.Ordinal);
        Assert.True(double.IsNaN(above.Rows[0].Threshold));
        Assert.Contains("There is no such b up to 1 at a = 1", above.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_that_are_counted_are_those_of_descent_written_out_by_hand()
    {
        // Least squares from the catalogue, by its value and slope alone: x ← x − 0.5∇f until f − f* is below ε of the median start's.
        var objective = Catalogue.Find("least-squares").Create();
        SurveyOptions survey = new() { Restarts = 15, Descent = new() { Rule = new GradientDescent { Step = 0.5 }, IsDouble = true, Stop = new() { Iterations = 2_000, GradientTolerance = 1e-14 } } };
        var counted = Sweep.Run("nothing", [1], _ => objective, new() { Survey = survey, Samples = 0, WithCost = true }).Rows[0].Steps!;
        using var slopes = new PointDerivatives(objective);
        double[] Start(int k)
        {
            var point = new double[objective.Dimension];
            objective.DefaultStarts.Draw(survey.Seed, k, point);
            return point;
        }

        var gap = Enumerable.Range(0, 1_000).Select(k => slopes.Value(Start(k))).Order().ElementAt(500);
        // Looks are after 1, √2, 2, 2√2, … steps, rounded.
        var looks = Enumerable.Range(0, 30).Select(e => Math.Round(Math.Pow(2, e / 2.0))).ToList();
        for (var level = 0; level < 3; level++)
        {
            var arrivals = Enumerable.Range(0, 15).Select(k =>
            {
                var (x, gradient, steps) = (Start(k), new double[objective.Dimension], 0);
                while (slopes.Gradient(x, gradient) > Math.Pow(10, -2 * (level + 1)) * gap)
                {
                    x = [.. x.Zip(gradient, (c, g) => c - (0.5 * g))];
                    steps++;
                }

                return steps;
            }).Order().ToList();
            Assert.Equal(looks.First(l => l >= arrivals[7]), counted[level]);
        }
    }

    [Fact]
    public void Without_a_gap_there_are_no_shares_of_it_and_what_takes_no_step_is_no_power()
    {
        var flat = Objective.Define("flat", 1, x => 0 * x[0] + 1) with { Region = Region.Box(1, -1, 1) };
        var found = Sweep.Run("nothing", [1, 2, 3], _ => flat, new() { Survey = new() { Restarts = 8 }, Samples = 0, WithCost = true });
        Assert.All(found.Rows, r => Assert.True(double.IsNaN(r.Steps![0])));
        Assert.DoesNotContain("came within", found.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", found.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_identities_has_the_minima_of_linear_least_squares()
    {
        var network = Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["activation"] = 5, ["noise"] = 0.3, ["width"] = 2, ["n"] = 20 });
        // The targets are those of other identities, with noise: the outputs at a minimum leave a residual that is orthogonal to 1, x₀ and x₁, whatever the path.
        var found = Survey.Run(network, new() { Restarts = 40, Descent = new() { IsDouble = true } });
        var best = found.AllMinima.First();
        Assert.All(found.AllMinima, m => Assert.Equal(best.Value, m.Value, 1e-9 * best.Value));
        Assert.True(best.Value > 1e-4);
    }
}
