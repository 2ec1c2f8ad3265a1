using LandscapeGpu.Objectives.Datasets;
using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Evidence;

/// <summary>Data that a linear model separates: the infimum is at infinity, and the direction is that of the largest margin.</summary>
public sealed class SeparationTests
{
    private static readonly SurveyOptions Few = new() { Restarts = 20, Descent = new() { IsDouble = true } };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_direction_is_that_of_the_largest_margin_of_all_directions(int seed)
    {
        var objective = Catalogue.Find("logistic-regression").Create(2, new Dictionary<string, double> { ["separation"] = 8, ["seed"] = seed, ["n"] = 30 });
        var found = Separation.Of(Survey.Run(objective, Few))!;
        Assert.Equal(0, found.Infimum);

        // Independently: yₛxₛ are the gradients of the outputs, read off outputs at unit vectors; all directions in steps of 1e-4.
        var x = new[] { objective.Model!.Outputs([1, 0]), objective.Model!.Outputs([0, 1]) };
        var labels = x[0].Zip(x[1], (a, b) => Math.Sign((a * found.Direction[0]) + (b * found.Direction[1]))).ToArray();
        double Margin(double angle) => Enumerable.Range(0, labels.Length).Min(s => labels[s] * ((Math.Cos(angle) * x[0][s]) + (Math.Sin(angle) * x[1][s])));
        var grid = Enumerable.Range(0, 62_832).Max(k => Margin(k * 1e-4));
        // A hundredth of a degree changes a margin of 3 by less than a thousandth.
        Assert.Equal(grid, found.LargestMargin, 1e-3);
        // The loss falls on the way to the labels, which are the data's: f(tw) < f(0) = log 2.
        Assert.True(objective.Evaluate([.. found.Direction]) < Math.Log(2));
        // Gradient descent nears it, like 1/log of the steps, and grows for ever.
        Assert.True(grid - found.Path[^1].Margin <= 0.5 * (grid - found.Path[1].Margin) && found.Path[^1].Margin <= grid + 1e-3);
        Assert.True(found.Path[^1].Length > 1.5 * found.Path[1].Length);
    }

    [Fact]
    public void Two_points_of_each_label_have_the_margin_that_geometry_gives()
    {
        // The hull of y·x is the segment from (1, 2) to (2, 1): its nearest point is (1.5, 1.5), at √4.5.
        var samples = new Samples(new double[,] { { 1, 2 }, { 2, 1 }, { -1, -2 }, { -2, -1 } }, [1, 1, -1, -1]);
        var found = Separation.Of(Survey.Run(Catalogue.Find("logistic-regression").Create(2, null, samples), Few))!;
        Assert.Equal(Math.Sqrt(4.5), found.LargestMargin, 1e-6);
        Assert.All(found.Direction, c => Assert.Equal(Math.Sqrt(0.5), c, 1e-6));
    }

    [Theory]
    [InlineData("separation", 1)]
    [InlineData("flips", 0.3)]
    [InlineData("decay", 0.01)]
    public void Where_there_is_a_minimum_nothing_is_said_of_separation(string setting, double value)
    {
        var objective = Catalogue.Find("logistic-regression").Create(2, new Dictionary<string, double> { ["separation"] = 8, [setting] = value });
        var survey = Survey.Run(objective, Few);
        Assert.Null(Separation.Of(survey));
        Assert.Single(survey.Minima);
    }

    [Theory]
    [InlineData("perceptron loss=logistic n=16 width=6")]
    [InlineData("perceptron loss=softmax n=16 width=6")]
    [InlineData("perceptron loss=logistic n=10 width=3 layers=2 activation=relu")]
    public void A_network_that_tells_all_samples_apart_has_no_global_minimum_and_no_family_of_them(string network)
    {
        // Cross-entropy of hard labels is above 0 everywhere and falls to it: the infimum of e⁻ᵐ is attained nowhere.
        var objective = CatalogueMembers.Find(network);
        var found = Interpolation.Of(Survey.Run(objective, Few))!;
        Assert.True(found is { LeastLoss: 0, IsAttained: false });
        Assert.EndsWith("which no outputs attain: there is no global minimum, and more steps find none.", found.SentenceOf(objective.Dimension), StringComparison.Ordinal);
        var sweep = Sweep.Run("w", [1.0], _ => objective, new() { Survey = Few, Samples = 0 });
        Assert.False(sweep.Rows[0].IsOnFlatFamily);
        Assert.Contains("All data are fitted at w = 1, and the loss falls for ever", sweep.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("perceptron n=10 width=6")]
    [InlineData("deep-regression width=2")]
    [InlineData("least-squares")]
    public void Losses_of_powers_of_residuals_are_attained(string model) => Assert.True(Interpolation.Of(Survey.Run(CatalogueMembers.Find(model), Few))!.IsAttained);

    [Fact]
    public void Where_no_minimum_was_found_verify_says_how_restarts_ended_and_what_else_they_came_to()
    {
        // x² + y⁵ has no minimum; the origin is a degenerate saddle, and what overflows in single precision goes on in double, without an end.
        var quintic = Objective.Define("quintic", 2, x => Square(x[0]) + Pow(x[1], 5)) with { Starts = new Gaussian(3) };
        var said = Assert.Throws<NothingFoundException>(() => Verification.Of(quintic, new() { Survey = new() { Restarts = 50 } })).Message;
        Assert.Contains("1 stationary point that is none, such as one of value 0. ", said, StringComparison.Ordinal);
        Assert.EndsWith("the value may fall for ever; give a domain.", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_says_that_there_is_no_minimum_and_advises_no_more_steps()
    {
        var objective = Catalogue.Find("logistic-regression").Create(3, new Dictionary<string, double> { ["separation"] = 9 });
        var seen = Verification.Of(objective, new() { Survey = Few, SaddleStarts = 0, Samples = 70, Paths = 2, PathSteps = 50 });
        Assert.Contains("no point attains", seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("singular at a global minimum", seen.ToString(), StringComparison.Ordinal);
        Assert.Contains("has no minimum", LandscapeGpu.Reporting.SurveyText.Report(seen.Survey), StringComparison.Ordinal);
    }
}
