namespace LandscapeGpu.Tests.Objectives;

/// <summary>An objective as a sum over samples.</summary>
public class FiniteSumTests
{
    private static readonly Data A = new("A", [1.0, -2, 0.5, 3, 0.25, -1]);

    [Theory]
    [InlineData("glm", 200)]
    [InlineData("perceptron", 40)]
    // Its data are read by the coordinate's inner sum, not by the outer one.
    [InlineData("single-neuron", null)]
    [InlineData("matrix-completion", 16)]
    [InlineData("rastrigin", null)]
    [InlineData("lennard-jones", null)]
    [InlineData("rosenbrock", null)]
    public void Samples_are_found_in_the_formula(string name, int? samples)
    {
        var objective = Catalogue.Find(name).Create();
        Assert.Equal(samples, objective.Samples);
    }

    public static TheoryData<string> WithSamples() => ["glm", "perceptron", "deep", "logistic", "matrix-completion", "phase-retrieval", "matrix-sensing", "layer by layer", "gathered"];

    [Theory]
    [MemberData(nameof(WithSamples))]
    public void All_samples_once_are_the_objective_and_some_of_them_the_mean_of_their_terms(string name)
    {
        var objective = Made(name);
        var n = objective.Samples!.Value;
        var x = new double[objective.Dimension];
        objective.DefaultStarts.Draw(3, 1, x);
        var whole = objective.Evaluate(x);
        // Sums of up to 200 terms of the size of the value, in two orders: a few hundred roundings at most.
        Assert.Equal(whole, objective.Over([.. Enumerable.Range(0, n)]).Evaluate(x), 1e-13 * Math.Max(1, Math.Abs(whole)) * n);
        int[] some = [n - 1, 0, 2, n - 1];
        var mean = some.Average(k => objective.Over([k]).Evaluate(x));
        Assert.Equal(mean, objective.Over(some).Evaluate(x), 1e-12 * Math.Max(1, Math.Abs(mean)));
        Assert.NotEqual(whole, mean);
    }

    [Fact]
    public void A_term_that_no_sample_is_part_of_is_there_in_full_whatever_the_batch()
    {
        // 3·mean of (x − a)² minus sum of a·x/2, plus x⁴.
        var f = Objective.Define("f", 1, x => (3 * Mean(6, k => Square(x[0] - A[k]))) - (Sum(6, k => A[k] * x[0]) / 2) + Pow(x[0], 4));
        double Term(double a, double x) => (3 * (x - a) * (x - a)) - (6 * a * x / 2);
        // The batch {1, 1, 3} of a = −2, −2, 3; three roundings.
        var expected = ((2 * Term(-2, 0.7)) + Term(3, 0.7)) / 3 + Math.Pow(0.7, 4);
        Assert.Equal(expected, f.Over([1, 1, 3]).Evaluate([0.7]), 1e-14);
    }

    [Fact]
    public void Where_sums_of_two_lengths_read_data_the_user_says_which_are_the_samples()
    {
        var weights = new Data("w", [1.0, 2]);
        var f = Objective.Define("two sums", 2, x => Mean(6, k => Square(x[0] - (A[k] * x[1]))) + Sum(2, i => weights[i] * Square(x[i])));
        Assert.Null(f.Samples);
        var error = Assert.Throws<ArgumentException>(() => f.Over([0]));
        Assert.Contains("6 and 2", error.Message, StringComparison.Ordinal);
        var chosen = f with { Samples = 6 };
        Assert.Equal(6, chosen.Samples);
        // The other sum is whole: (1 − 2)² + 1 + 2 at x = (1, −1), a = 1, so 4 + 3.
        Assert.Equal(7, chosen.Over([0]).Evaluate([1, -1]), 1e-14);
        Assert.Throws<ArgumentException>(() => f with { Samples = 5 });
    }

    [Fact]
    public void What_is_no_sum_over_samples_says_so()
    {
        var root = Objective.Define("root", 1, x => Sqrt(1 + Mean(6, k => Square(x[0] - A[k]))));
        Assert.Null(root.Samples);
        Assert.Contains("linear", Assert.Throws<ArgumentException>(() => root.Over([0])).Message, StringComparison.Ordinal);
        var bowl = Objective.Define("bowl", 1, x => Mean(6, k => Square(x[0] - A[k])));
        Assert.Contains("0 to 5", Assert.Throws<ArgumentException>(() => bowl.Over([6])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => bowl.Over([]));
    }

    internal static Objective Made(string name) => name switch
    {
        "deep" => Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["layers"] = 2, ["normalise"] = 1, ["skip"] = 1, ["decay"] = 0.1, ["n"] = 20 }),
        "logistic" => Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["loss"] = 1, ["n"] = 20 }),
        // Layers made for all samples at once, and read at sample·width + unit.
        "layer by layer" => Objective.Define("layers", 6, w =>
        {
            var hidden = Vector(6 * 2, t => Tanh((w[t % 2] * A[t / 2]) + w[(t % 2) + 2]));
            return Mean(6, k => Square(Sum(2, u => w[u + 4] * hidden[(k * 2) + u]) - A[5 - k]));
        }),
        // Coordinates gathered by the sample, and its number used as a number and in a condition.
        "gathered" => Objective.Define("gathered", 5, x =>
        {
            var (row, column) = (new IndexData("row", [0, 1, 2, 3, 4, 0]), new IndexData("column", [1, 2, 3, 4, 0, 2]));
            return Mean(6, k => Square(A[k] - (x[row[k]] * x[column[k]])) + (0.1 * (Real)k * x[0]) + Select(k < 3, Square(x[1]), Square(x[2] - 1)));
        }),
        _ => Catalogue.Find(name).Create(),
    };
}
