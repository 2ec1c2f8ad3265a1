namespace LandscapeGpu.Tests.Evidence;

/// <summary>Test losses of matrix sensing, which is fitted by more matrices than the one that was measured.</summary>
public class SensingComparisonTests
{
    [Fact]
    public void Below_the_threshold_of_matrix_sensing_the_start_decides_the_test_loss_of_a_fit()
    {
        var sensing = LandscapeGpu.Tests.Objectives.CatalogueMembers.Find("matrix-sensing rank=6 truth=1 m=10");
        var seen = Comparison.Run(sensing, new()
        {
            Restarts = 10,
            PlateauStarts = 0,
            Contenders = [.. new[] { 0.01, 1.0 }.Select(s => new Contender { Descent = new() { Rule = new GradientDescent { Step = 0.02 }, IsDouble = true, Stop = new() { Iterations = 3_000 } }, Starts = new($"{s}", new Gaussian(s / Math.Sqrt(6))) })],
        });
        Assert.All(seen.Results, r => Assert.Equal(10, r.Reached.Count));
        Assert.True(seen.Results[0].MedianTestLoss < 0.01 * seen.Results[1].MedianTestLoss, $"{seen.Results[0].MedianTestLoss} and {seen.Results[1].MedianTestLoss}");
        Assert.Contains("the test loss is least for", seen.Sentence, StringComparison.Ordinal);

        // Independently: the same descent as a loop, with the gradient of the formula by interpretation.
        var x = new double[36];
        new Gaussian(0.01 / Math.Sqrt(6)).Draw(1, 0, x);
        for (var k = 0; k < 3_000; k++)
        {
            var gradient = LandscapeGpu.Differentiation.ObjectiveDerivatives.Gradient(sensing, x);
            x = [.. x.Zip(gradient, (a, g) => a - (0.02 * g))];
        }

        // It fits: what is left is below a thousandth of the loss at 0, which is how near the comparison asks for.
        Assert.True(sensing.Evaluate(x) < 1e-3 * sensing.Evaluate(new double[36]), $"{sensing.Evaluate(x)}");
        Assert.InRange(sensing.Scores!.TestLoss!.Evaluate(x), 0.1 * seen.Results[0].MedianTestLoss, 10 * seen.Results[0].MedianTestLoss);
    }

    [Theory]
    [InlineData("matrix-sensing rows=3 rank=2 m=5")]
    [InlineData("matrix-sensing rows=4 rank=3 truth=1 m=5")]
    public void The_expected_loss_of_matrix_sensing_is_the_mean_over_measurements_that_were_not_made(string name)
    {
        var sensing = LandscapeGpu.Tests.Objectives.CatalogueMembers.Find(name);
        var rank = name.Contains("rank=3", StringComparison.Ordinal) ? 3 : 2;
        var (random, rows) = (new Random(4), sensing.Dimension / rank);
        double[] u = [.. Enumerable.Range(0, sensing.Dimension).Select(_ => random.NextDouble() - 0.5)], z = [.. sensing.Known.Planted!];
        double Difference(int i, int j) => Enumerable.Range(0, rank).Sum(c => (u[(i * rank) + c] * u[(j * rank) + c]) - (z[(i * rank) + c] * z[(j * rank) + c]));
        const int Many = 40_000;
        var mean = Enumerable.Range(0, Many).Average(_ =>
        {
            double inner = 0;
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    inner += (i == j ? 1 : 2) * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()) * Difference(i, j);
                }
            }

            return 0.5 * inner * inner;
        });
        // A χ² with one degree of freedom: the mean's deviation is √2/200 of it; five of them.
        var expected = sensing.Scores!.TestLoss!.Evaluate(u);
        Assert.InRange(mean / expected, 1 - (5 * Math.Sqrt(2.0 / Many)), 1 + (5 * Math.Sqrt(2.0 / Many)));
        Assert.Equal(0, sensing.Scores.TestLoss.Evaluate(z), 1e-20);
    }
}
