using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>Linear regression in a p-norm as a product of layers: one minimum at every depth, another path to it.</summary>
public class DeepRegressionTests
{
    private static readonly Samples Data = new(
        new double[,] { { 0.3, -1.2 }, { 1.1, 0.4 }, { -0.7, 0.9 }, { 2.0, -0.1 }, { -1.5, -0.6 }, { 0.2, 1.7 }, { 0.9, 0.8 } }, [0.5, -1, 0.25, 2, -0.75, 1, 0.1]);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void Its_minimum_is_that_of_the_linear_model_at_every_depth_and_width(int depth, int width)
    {
        var objective = Catalogue.Find("deep-regression").Create(settings: new Dictionary<string, double> { ["depth"] = depth, ["width"] = width, ["scale"] = 1 }, data: Data);
        var lowest = Survey.Run(objective, new() { Restarts = 20, Descent = new() { IsDouble = true } }).AllMinima.First();
        // SciPy 1.x, minimize(method='BFGS', gtol=1e-14) of the convex loss in the two weights themselves.
        Assert.Equal(SciPy, lowest.Value, 1e-9);
    }

    private const double SciPy = 0.2568048257290883;

    [Fact]
    public void Descent_is_the_faster_for_a_second_layer_where_p_is_4_each_with_its_best_step()
    {
        // Plain loops, no engine: steps to within 1e-6 of the loss at w = 0, for the best of five steps.
        var (x, y) = (Data.Inputs, Enumerable.Range(0, 7).Select(s => (2 * Data.Inputs[s, 0]) - (2 * Data.Inputs[s, 1])).ToArray());
        int Steps(int depth, int power)
        {
            return new[] { 0.01, 0.03, 0.1, 0.3, 1 }.Min(step =>
            {
                var (u, v, a) = (0.2, -0.1, depth == 1 ? 1.0 : 0.3);
                for (var k = 0; k < 3_000; k++)
                {
                    var (f, gu, gv, ga) = (0.0, 0.0, 0.0, 0.0);
                    for (var s = 0; s < 7; s++)
                    {
                        var e = (a * ((u * x[s, 0]) + (v * x[s, 1]))) - y[s];
                        var slope = Math.Pow(e, power - 1) / 7;
                        f += Math.Pow(e, power) / power / 7;
                        gu += slope * a * x[s, 0];
                        gv += slope * a * x[s, 1];
                        ga += slope * ((u * x[s, 0]) + (v * x[s, 1]));
                    }

                    if (f <= 1e-6 * y.Average(t => Math.Pow(t, power)) / power)
                    {
                        return k;
                    }

                    (u, v, a) = (u - (step * gu), v - (step * gv), depth == 1 ? 1 : a - (step * ga));
                    if (!double.IsFinite(f))
                    {
                        break;
                    }
                }

                return 3_000;
            });
        }

        Assert.True(Steps(2, 4) < 0.8 * Steps(1, 4), $"{Steps(2, 4)} against {Steps(1, 4)}");
        // With p = 2 there is nothing to gain.
        Assert.True(Steps(2, 2) > 0.8 * Steps(1, 2));
    }

    [Fact]
    public void A_sweep_counts_the_steps_of_each_depth_with_its_best_step()
    {
        var steps = new SweepOptions { Survey = new() { Restarts = 8, Descent = new() { Rule = new GradientDescent(), IsDouble = true, Stop = new() { Iterations = 3_000 } } }, Samples = 0, WithCost = true, CostSteps = [0.01, 0.03, 0.1] };
        var sweep = Sweep.Run("depth", [1, 2], depth => Catalogue.Find("deep-regression").Create(settings: new Dictionary<string, double> { ["depth"] = depth }), steps);
        Assert.All(sweep.Rows, r => Assert.Contains(r.BestStep!.Value, steps.CostSteps!));
        Assert.True(sweep.Rows[1].Steps![^1] < sweep.Rows[0].Steps![^1]);
        Assert.Contains("descent is fastest at depth = 2", sweep.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_power_that_is_odd_is_refused() =>
        Assert.Contains("even", Assert.Throws<ArgumentException>(() => Catalogue.Find("deep-regression").Create(settings: new Dictionary<string, double> { ["power"] = 3 })).Message, StringComparison.Ordinal);
}
