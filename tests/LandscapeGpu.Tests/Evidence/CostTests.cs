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
        Assert.InRange(ThresholdSearch.Of(threshold, p => p >= 0.3), 0.3, 0.307);
        // Benign again where hardly anything is seen.
        Assert.InRange(ThresholdSearch.Of(threshold, p => p is >= 0.3 or < 0.1), 0.3, 0.307);
        Assert.Equal(0.02, ThresholdSearch.Of(threshold, _ => true));
        Assert.True(double.IsNaN(ThresholdSearch.Of(threshold, _ => false)));
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
