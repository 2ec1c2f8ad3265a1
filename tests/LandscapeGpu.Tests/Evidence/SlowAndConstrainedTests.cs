using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.Tests.Evidence;

/// <summary>Numbers of docs/evidence.md by plain loops: the chain of saddles, a penalty beside a projection, inputs of several distributions, early stopping.</summary>
public class SlowAndConstrainedTests
{
    /// <summary>−sin²x₁ + Σ sin²xᵢ₊₁(½ − 1½ sin²xᵢ): along sᵢ = sin²xᵢ it is linear in each.</summary>
    private static double SlopeOfShare(double[] s, int i) => i == 0
        ? -1 - (s.Length > 1 ? 1.5 * s[1] : 0)
        : 0.5 - (1.5 * s[i - 1]) - (i + 1 < s.Length ? 1.5 * s[i + 1] : 0);

    [Fact]
    public void Of_a_chain_of_saddles_all_minima_are_global_and_all_saddles_strict()
    {
        for (var d = 1; d <= 10; d++)
        {
            for (var mask = 0; mask < 1 << d; mask++)
            {
                double[] s = [.. Enumerable.Range(0, d).Select(i => (double)(mask >> i & 1))];
                // The Hessian is diagonal where each sᵢ is 0 or 1: ∂ᵢ · 2 cos 2xᵢ, so +2∂ᵢ at 0 and −2∂ᵢ at 1.
                var lowest = Enumerable.Range(0, d).Min(i => 2 * SlopeOfShare(s, i) * (s[i] == 0 ? 1 : -1));
                Assert.True(mask == (1 << d) - 1 ? lowest >= 2 : lowest <= -1, $"{d} {mask}");
            }
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.9)]
    public void Time_to_leave_a_saddle_without_noise_is_that_of_plain_loops_and_noise_is_no_end(double momentum)
    {
        // (x² − 1)² + y² from ±3e-9: a slope of 1e-8 is an end by the usual tolerance, and by a shorter one it is not.
        var wells = Objective.Define("wells", 2, x => Square(Square(x[0]) - 1) + Square(x[1])) with { Starts = new Gaussian(3e-9) };
        ContenderGrid By(double? tolerance) => new()
        {
            Rules = [momentum == 0 ? new GradientDescent { Step = 0.02 } : new Momentum { Step = 0.02, Mass = momentum }],
            Temperatures = [0, 1e-4],
            Common = new ContenderGrid().Common with { Stop = new() { Iterations = 1_000, GradientTolerance = tolerance } },
        };
        Comparison Ran(double? tolerance) => Comparison.Run(wells, new() { Contenders = By(tolerance).All(), Restarts = 40, PlateauStarts = 0 });
        Assert.Equal([0.0, 1.0], Ran(null).Results.Select(r => r.Reached.Share));
        var seen = Ran(1e-14).Results;
        Assert.Equal([1.0, 1.0], seen.Select(r => r.Reached.Share));
        // A noisy run goes to the limit whatever slope ends others.
        Assert.Equal((40, 0), (seen[1].Outcomes.IterationLimit, seen[1].Stuck));

        // The last of 1,000 steps that is not within a thousandth of what there is to gain: momentum rings about the minimum.
        var (x, v, steps) = (2e-9, 0.0, 0);
        for (var k = 1; k <= 1_000; k++)
        {
            v = (momentum * v) - (0.02 * 4 * x * ((x * x) - 1));
            x += v;
            steps = Math.Pow((x * x) - 1, 2) > 1e-3 ? k : steps;
        }

        // Steps are known to a factor of two, and starts of a tenth or ten times the length take ± log 10/log 1.08 = 30 of some 270 steps.
        Assert.InRange(seen[0].MedianSteps, steps / 1.5, 2.3 * steps);
    }

    [Fact]
    public void Descent_along_a_chain_of_saddles_takes_the_steps_that_the_page_shows()
    {
        // What docs/evidence.md prints for d = 3 … 7: steps to 1e-2 of the median start's f − f*, known to a factor of √2.
        int[] printed = [64, 91, 181, 256, 362];
        for (var d = 3; d <= 7; d++)
        {
            var random = new Random(d);
            var steps = Enumerable.Range(0, 101).Select(_ => Steps([.. Enumerable.Range(0, d).Select(_ => (0.8 * random.NextDouble()) - 0.4)])).Order().ElementAt(50);
            // Two samples of starts differ by a tenth in the middle.
            Assert.InRange(steps, printed[d - 3] / Math.Sqrt(2) / 1.15, printed[d - 3] * 1.15);
        }
    }

    /// <summary>Steps of gradient descent with step 0.1 until f − f* is a hundredth of that at 0, which f is near to at all these starts.</summary>
    private static int Steps(double[] x)
    {
        var (d, steps) = (x.Length, 0);
        for (; steps < 100_000; steps++)
        {
            double[] s = [.. x.Select(a => Math.Pow(Math.Sin(a), 2))];
            var f = -s[0] + Enumerable.Range(1, d - 1).Sum(i => s[i] * (0.5 - (1.5 * s[i - 1])));
            if (f + d <= 0.01 * d)
            {
                break;
            }

            x = [.. x.Select((a, i) => a - (0.1 * SlopeOfShare(s, i) * Math.Sin(2 * a)))];
        }

        return steps;
    }

    [Fact]
    public void A_penalty_falls_short_of_the_projection_by_the_square_of_the_multiplier_over_four_times_its_weight()
    {
        // Himmelblau's function on the circle of radius 2, where the minimum over the disc is, by angle.
        static double F(double a) => Math.Pow((4 * Math.Pow(Math.Cos(a), 2)) + (2 * Math.Sin(a)) - 11, 2) + Math.Pow((2 * Math.Cos(a)) + (4 * Math.Pow(Math.Sin(a), 2)) - 7, 2);
        var angle = Enumerable.Range(0, 200_000).Select(k => k * Math.PI * 1e-5).MinBy(F);
        var (x, y) = (2 * Math.Cos(angle), 2 * Math.Sin(angle));
        var (u, v) = ((x * x) + y - 11, x + (y * y) - 7);
        // ∇f = −λ∇(‖x‖² − 4): along the radius.
        var multiplier = -(((4 * x * u) + (2 * v)) * x + (((2 * u) + (4 * y * v)) * y)) / 8;
        Assert.Equal(67.1397281, F(angle), 1e-6);
        foreach (var (weight, printed) in new[] { (1_000.0, 67.07328), (10_000, 67.13308) })
        {
            var short_ = multiplier * multiplier / (4 * weight);
            // The next order is a like share again; the page has seven digits.
            Assert.Equal(F(angle) - short_, printed, (5 * short_ * short_) + 1e-5);
        }
    }

    [Theory]
    [InlineData("signs", 1, 1)]
    [InlineData("axes", 1, 1)]
    [InlineData("mixture", 2, 0.5)]
    [InlineData("uniform", 3, 1)]
    public void Inputs_are_bounded_by_B_and_vary_by_lambda_as_theory_says(string name, double squareByDimension, double least)
    {
        const int d = 3;
        var inputs = new BoundedInputs(Enum.Parse<BoundedInputs.Kind>(name, ignoreCase: true), d);
        Assert.Equal(Math.Sqrt(squareByDimension * d), inputs.LargestInput, 1e-12);
        Assert.Equal(least, inputs.LeastVariance);
        var numbers = new GeneratedNumbers(5, 1);
        var drawn = Enumerable.Range(0, 20_000).Select(s => Enumerable.Range(0, d).Select(j => inputs.Draw(numbers, s, j)).ToArray()).ToList();
        Assert.True(drawn.Max(x => Math.Sqrt(x.Sum(c => c * c))) <= inputs.LargestInput * (1 + 1e-12));
        List<double[]>? all = inputs.Count is { } count ? [.. Enumerable.Range(0, (int)count).Select(s => Enumerable.Range(0, d).Select(j => inputs.Half(s, j)).ToArray())] : null;
        for (var i = 0; i < d; i++)
        {
            // Four standard errors of 20,000 draws with fourth moments of at most 9.
            Assert.InRange(drawn.Average(x => x[i]), -0.05, 0.05);
            for (var j = 0; j < d; j++)
            {
                var exact = (i == j ? 1.0 : 0) * (name == "mixture" ? 0.5 : 1) + (name == "mixture" ? 0.5 : 0);
                Assert.Equal(exact, drawn.Average(x => x[i] * x[j]), 0.09);
                Assert.Equal(exact, all?.Average(x => x[i] * x[j]) ?? exact, 1e-12);
            }
        }
    }

    [Theory]
    [InlineData("signs")]
    [InlineData("axes")]
    [InlineData("mixture")]
    public void The_population_risk_of_every_distribution_is_weakly_quasi_convex_with_twice_the_least_slope(string name)
    {
        var inputs = new BoundedInputs(Enum.Parse<BoundedInputs.Kind>(name, ignoreCase: true), 2);
        var glm = Catalogue.Find("glm");
        var objective = glm.Create(2, new Dictionary<string, double> { ["risk"] = 1, ["inputs"] = glm.Settings.Single(s => s.Name == "inputs").Parse(name) });
        double[] star = [.. objective.Known.Points[0]];
        static double Sigma(double t) => 1 / (1 + Math.Exp(-t));
        var support = Enumerable.Range(0, (int)inputs.Count!).Select(s => (X: inputs.Half(s, 0), Y: inputs.Half(s, 1))).SelectMany(p => new[] { p, (X: -p.X, Y: -p.Y) }).ToList();
        var (tau, gamma) = (double.PositiveInfinity, Sigma(inputs.LargestInput) * (1 - Sigma(inputs.LargestInput)));
        // A dense polar grid of the disc ‖w‖ ≤ R = 1.
        for (var k = 0; k < 60_000; k++)
        {
            var (r, a) = (Math.Sqrt(((k / 300) + 1) / 200.0), k % 300 * Math.PI / 150);
            double[] w = [r * Math.Cos(a), r * Math.Sin(a)];
            var (rise, slope) = (0.0, 0.0);
            foreach (var (x, y) in support)
            {
                var (t, u) = ((w[0] * x) + (w[1] * y), (star[0] * x) + (star[1] * y));
                rise += Math.Pow(Sigma(t) - Sigma(u), 2) / 2 / support.Count;
                slope += (Sigma(t) - Sigma(u)) * Sigma(t) * (1 - Sigma(t)) * (t - u) / support.Count;
            }

            if (k % 997 == 0)
            {
                Assert.Equal(rise + 0.005, objective.Evaluate(w), 1e-14);
            }

            tau = rise > 1e-9 ? Math.Min(tau, slope / rise) : tau;
        }

        Assert.True(tau >= 2 * gamma);
        // verify goes down to the infimum, from above.
        var seen = Verification.Of(objective, new() { Survey = new() { Restarts = 20 }, SaddleStarts = 0, Samples = 70 }).Conditions!;
        Assert.InRange(seen.WeakQuasiConvexity.Value, tau * (1 - 2e-3), tau * (1 + 2e-3));
    }

    [Fact]
    public void A_continuum_of_inputs_has_no_population_risk_by_a_sum() =>
        Assert.Contains("continuum", Assert.Throws<ArgumentException>(() => Catalogue.Find("glm").Create(2, new Dictionary<string, double> { ["risk"] = 1, ["inputs"] = 3 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Early_stopping_stops_where_the_loss_on_held_out_samples_is_least()
    {
        var network = Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["test"] = 0.5, ["noise"] = 0.5, ["n"] = 20, ["width"] = 3 });
        var path = Trajectory.Record(network, new() { Every = 5, Descent = new() { Rule = new GradientDescent { Step = 0.2 }, IsDouble = true, Stop = new() { Iterations = 400 } } });
        Assert.All(path[0].Points, p => Assert.Equal(network.Scores!.TestLoss!.Evaluate([.. p.Point]), p.Score.TestLoss!.Value, 1e-14));
        Assert.Equal(path[0].Points.Min(p => p.Score.TestLoss), path[0].LeastTestLoss!.Score.TestLoss);
        Assert.Contains(path[0].LeastTestLoss!.Step == path[0].Steps ? "stopping early gains nothing" : "Stopped early", TrajectoryTables.EarlyStopping(path), StringComparison.Ordinal);
        Assert.StartsWith("restart,step,value,gradient norm,moved,train loss,train accuracy,test loss,test accuracy,", Trajectory.Csv(path), StringComparison.Ordinal);
        Assert.Null(TrajectoryTables.EarlyStopping(Trajectory.Record(Catalogue.Find("himmelblau").Create(), new() { Every = 100 })));
    }

    [Fact]
    public void A_rate_is_measured_with_steps_that_the_steepest_place_on_the_way_allows()
    {
        // Curvature 2·10⁶ beyond the wall at 1, of which starts within see nothing, and so PL holds with μ = 1.
        var wall = Objective.Define("wall", 1, x => (0.5 * Square(x[0] + 3)) + (1e6 * Square(Max(0, -x[0] - 1)))) with { Starts = new UniformBox([-0.5], [0.5]) };
        var rate = Verification.Of(wall, new() { Survey = new() { Restarts = 20, Descent = new() { IsDouble = true } }, SaddleStarts = 0, Samples = 35 }).Rate!;
        Assert.True(rate.IsAsPromised);
        Assert.True(rate.IsLemmaKept);
        Assert.True(rate.Beta > 1e5);
    }

    [Fact]
    public void A_restart_that_is_led_to_a_minimum_counts_once_among_those_near_it()
    {
        var wall = Objective.Define("wall", 2, x => Square(Square(x[0]) + x[1] - 11) + Square(x[0] + Square(x[1]) - 7) + (1000 * Square(Max(0, Square(x[0]) + Square(x[1]) - 4))));
        SurveyOptions survey = new() { Restarts = 40, Starts = new UniformBall(2), Descent = new() { Rule = new Armijo(), IsDouble = true, Stop = new() { Iterations = 20_000 } } };
        var near = Sweep.Run("nothing", [1], _ => wall, new() { Survey = survey, Samples = 0 }).Rows[0].Nearness!;
        // What single descents end at; polish goes no higher, and each counts once.
        var ends = Comparison.Run(wall, new() { Contenders = [new() { Descent = survey.Descent }], Restarts = 40, Starts = new UniformBall(2), PlateauStarts = 0 }).Results[0].FinalValues;
        for (var level = 0; level < 3; level++)
        {
            Assert.InRange(near.Shares[level].Count, ends.Count(v => v - 67.0732786 <= Nearness.Levels[level] * near.Gap), 40);
        }
    }

    [Fact]
    public void Of_a_circle_of_minima_no_ratio_is_told_of_the_point_that_happens_to_be_listed()
    {
        var circle = Objective.Define("circle", 2, x => 0.25 * Square(Square(x[0]) + Square(x[1]) - 1)) with { Region = Region.Box(2, -2, 2) };
        var words = string.Join(' ', Verification.Of(circle, new() { Survey = new() { Restarts = 50 }, SaddleStarts = 20, Samples = 70 }).Conditions!.Sentences);
        Assert.Contains("(2.2) fails: at a point looked at the gradient is zero and f is above f*, whichever point", words, StringComparison.Ordinal);
    }
}
