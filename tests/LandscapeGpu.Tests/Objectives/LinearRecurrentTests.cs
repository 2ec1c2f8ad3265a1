namespace LandscapeGpu.Tests.Objectives;

/// <summary>Linear recurrent networks on white inputs (Hardt, Ma and Recht 2018).</summary>
public class LinearRecurrentTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 9)]
    [InlineData(3, 12)]
    public void The_risk_is_that_of_networks_run_from_rest_on_white_inputs(int states, int length)
    {
        var objective = Catalogue.Find("linear-recurrent").Create(settings: new Dictionary<string, double> { ["states"] = states, ["length"] = length });
        var random = new Random(5);
        double[] x = [.. Enumerable.Range(0, 2 * states).Select(_ => (2 * random.NextDouble()) - 1)];
        // Inputs are independent with variance 1: the mean square of Σ cₛuₛ is Σ cₛ², with cₛ the answer to an impulse at time s alone. Plain states, no impulse response.
        var risk = Enumerable.Range(0, length).Sum(s => Run(x, s).Zip(Run([.. objective.Known.Points[0]], s), (y, z) => 0.5 * (y - z) * (y - z)).Sum()) / length;
        Assert.Equal(risk, objective.Evaluate(x), 1e-12 * (1 + risk));
        Assert.Equal(0, objective.Evaluate([.. objective.Known.Points[0]]), 1e-28);

        // h holds the last states' w, with w ← a·w + u and y = b·w: the canonical form of Hardt, Ma and Recht.
        double[] Run(double[] w, int impulse)
        {
            var (h, outputs) = (new double[states], new double[length]);
            for (var t = 0; t < length; t++)
            {
                var next = (t == impulse ? 1 : 0) + Enumerable.Range(0, states).Sum(j => w[j] * h[j]);
                h = [next, .. h[..^1]];
                outputs[t] = Enumerable.Range(0, states).Sum(j => w[states + j] * h[j]);
            }

            return outputs;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Where_it_is_stable_the_one_minimum_found_is_the_network_that_the_data_are_of(int states)
    {
        var objective = Catalogue.Find("linear-recurrent").Create(settings: new Dictionary<string, double> { ["states"] = states });
        var survey = Survey.Run(objective, new() { Restarts = 60, Descent = new() { IsDouble = true } });
        var minimum = Assert.Single(survey.Minima);
        Assert.All(minimum.Point.Zip(objective.Known.Points[0]), p => Assert.Equal(p.Second, p.First, 1e-7));
    }

    [Fact]
    public void With_one_state_it_is_weakly_quasi_convex_and_its_constant_that_of_a_dense_grid()
    {
        var objective = Catalogue.Find("linear-recurrent").Create() with { Region = Region.Box([-0.9, -2], [0.9, 2]) };
        var seen = Verification.Of(objective, new() { Survey = new() { Restarts = 20, Descent = new() { IsDouble = true } }, SaddleStarts = 60, Samples = 140, Paths = 2 });
        Assert.Single(seen.Saddles!.Points);
        // r = b·aᵏ: value and gradient by plain sums, on a grid of 181 × 201 points.
        double[] weight = [.. Enumerable.Range(0, 20).Select(k => 1 - (k / 20.0))];
        var least = double.PositiveInfinity;
        for (var i = 0; i <= 180; i++)
        {
            for (var j = 0; j <= 200; j++)
            {
                var (a, b, f, ga, gb) = (-0.9 + (0.01 * i), -2 + (0.02 * j), 0.0, 0.0, 0.0);
                for (var k = 0; k < 20; k++)
                {
                    var e = (b * Math.Pow(a, k)) - (1.3 * Math.Pow(0.7, k));
                    f += 0.5 * weight[k] * e * e;
                    ga += k == 0 ? 0 : weight[k] * e * b * k * Math.Pow(a, k - 1);
                    gb += weight[k] * e * Math.Pow(a, k);
                }

                least = f > 1e-9 ? Math.Min(least, ((ga * (a - 0.7)) + (gb * (b - 1.3))) / f) : least;
            }
        }

        // Descents on the ratio come below the grid, by what the grid is coarse.
        Assert.InRange(seen.Conditions!.WeakQuasiConvexity.Value, least - 0.01, least + 1e-6);
        Assert.True(least > 0);
    }
}
