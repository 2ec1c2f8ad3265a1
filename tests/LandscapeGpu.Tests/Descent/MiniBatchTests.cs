using LandscapeGpu.Compilation;
using LandscapeGpu.Tests.Kernels;
using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Descent;

/// <summary>Descent by gradients of a few samples at a time.</summary>
public class MiniBatchTests
{
    private const double Step = 0.05;

    public static TheoryData<string> WithSamples() => FiniteSumTests.WithSamples();

    [Theory]
    [MemberData(nameof(WithSamples))]
    public void Each_step_is_the_gradient_of_the_samples_drawn_for_it(string name)
    {
        var objective = FiniteSumTests.Made(name) with { Region = Region.WholeSpace };
        foreach (var draw in new[] { new MiniBatch(3), new MiniBatch(2) { WithReplacement = true } })
        {
            var plan = new BatchPlan { Seed = 21, Size = draw.Size, Samples = objective.Samples!.Value, WithReplacement = draw.WithReplacement ? 1 : 0 };
            // Restart numbers beyond the lanes of one vector, and steps across the end of an epoch of the smallest ones.
            const int first = 1000, count = 19, steps = 4;
            var range = new RestartRange(objective.DefaultStarts, 21, first, count);
            var end = new LaneDevice(2).Compile(objective, Options(draw, steps)).Run(range);
            for (var r = 0; r < count; r += 9)
            {
                var samples = SampleDrawTests.Draws(plan, (ulong)(first + r), steps).Chunk(draw.Size).ToList();
                var x = new double[objective.Dimension];
                objective.DefaultStarts.Draw(21, first + r, x);
                foreach (var batch in samples)
                {
                    // The oracle: the objective of those samples as a formula of its own, interpreted.
                    var one = objective.Over(batch);
                    var gradient = one.Evaluate(DoubleArithmetic.Instance, x, one.Trace.Run(() => ReverseMode.Gradient(one.Value, one.Point)));
                    x = [.. x.Zip(gradient, (c, g) => c - (Step * g))];
                }

                for (var i = 0; i < x.Length; i++)
                {
                    // Sums in another order: some roundings of the largest coordinate.
                    Assert.Equal(x[i], end.Points[(r * x.Length) + i], 1e-10 * Math.Max(1, x.Max(Math.Abs)));
                }
            }
        }
    }

    [Theory]
    [InlineData("glm", false)]
    [InlineData("glm", true)]
    [InlineData("perceptron", false)]
    [InlineData("matrix-completion", false)]
    [InlineData("gathered", true)]
    public void The_mean_of_many_batch_gradients_is_the_gradient(string name, bool withReplacement)
    {
        const int count = 20_000;
        var objective = FiniteSumTests.Made(name) with { Region = Region.WholeSpace };
        var d = objective.Dimension;
        var x = new double[d];
        objective.DefaultStarts.Draw(2, 5, x);
        // Restarts from one point: each makes one step, with a batch of its own.
        var ends = new LaneDevice(2).Compile(objective, Options(new(3) { WithReplacement = withReplacement }, 1)).Run(new(new GivenPoints(x), 4, 0, count));
        var whole = new LaneDevice(1).Compile(objective, Options(null, 1)).Run(new(new GivenPoints(x), 4, 0, 1)).Points;
        for (var i = 0; i < d; i++)
        {
            var at = Enumerable.Range(0, count).Select(r => ends.Points[(r * d) + i]).ToArray();
            var mean = at.Average();
            var error = Math.Sqrt(at.Sum(v => (v - mean) * (v - mean)) / count / (count - 1.0));
            // 4.5 standard errors, passed once in 150,000 coordinates; 1e-12 where a coordinate is in no sample's term.
            Assert.InRange(mean - whole[i], (-4.5 * error) - 1e-12, (4.5 * error) + 1e-12);
        }
    }

    [Fact]
    public void A_batch_of_all_samples_is_plain_descent()
    {
        var objective = Catalogue.Find("glm").Create();
        var range = new RestartRange(objective.DefaultStarts, 4, 0, 40);
        var whole = new LaneDevice(1).Compile(objective, Options(null, 20)).Run(range);
        var batch = new LaneDevice(1).Compile(objective, Options(objective.Samples!.Value, 20)).Run(range);
        for (var k = 0; k < whole.Points.Length; k++)
        {
            // The same 200 terms in another order, twenty times.
            Assert.Equal(whole.Points[k], batch.Points[k], 1e-12);
        }
    }

    [Theory]
    [InlineData("glm", 8)]
    [InlineData("perceptron", 5)]
    [InlineData("gathered", 2)]
    public void Endpoints_are_the_same_bit_for_bit_for_any_threads_and_widths(string name, int size)
    {
        var objective = FiniteSumTests.Made(name);
        foreach (var isDouble in new[] { false, true })
        {
            var runs = new[] { (1, 128), (2, 256), (3, 512), (3, 128) }.Where(r => r.Item2 <= LaneTarget.WidestBits).Select(r =>
                new LaneDevice(r.Item1, r.Item2).Compile(objective, Options(size, 60) with { Rule = new Adam(), IsDouble = isDouble }).Run(new(objective.DefaultStarts, 9, 77, 301))).ToList();
            Assert.All(runs, r => Assert.Equal(runs[0].Points, r.Points));
            Assert.NotEqual(runs[0].Points, new LaneDevice(1).Compile(objective, Options(size, 60) with { Rule = new Adam(), IsDouble = isDouble }).Run(new(objective.DefaultStarts, 10, 77, 301)).Points);
        }
    }

    [Fact]
    public void Restarts_end_at_the_iteration_limit_and_count_as_converged_where_polishing_ends_at_a_stationary_point()
    {
        var objective = Catalogue.Find("glm").Create();
        var reference = Survey.Run(objective, new() { Restarts = 20, Descent = new() { IsDouble = true } });
        var options = new SurveyOptions
        {
            Restarts = 200,
            Descent = new()
            {
                Rule = new GradientDescent { Step = 2 },
                Schedule = LandscapeGpu.Descent.Schedule.Exponential(0.995),
                Batch = 10,
                Stop = new() { Iterations = 1500 },
                IsDouble = true,
            },
        };
        var ends = new LaneDevice(2).Compile(objective, options.Descent).Run(new(objective.DefaultStarts, 1, 0, 200));
        Assert.Equal(200, ends.Totals.IterationLimit);
        // The step has shrunk by e^−7.5: what noise of the last steps leaves is far below the distance of starts, about 1.
        var minimum = Assert.Single(reference.Minima).Point;
        for (var k = 0; k < ends.Points.Length; k++)
        {
            Assert.Equal(minimum[k % 5], ends.Points[k], 0.02);
        }

        var survey = Survey.Run(objective, options);
        Assert.Equal(200, survey.Outcomes.Converged);
        Assert.Equal(reference.Minima[0].Value, Assert.Single(survey.Minima).Value, 1e-12);
        // Stopped on the way, a restart has not converged.
        var early = Survey.Run(objective, options with { Descent = options.Descent with { Stop = new() { Iterations = 1 } } });
        Assert.Equal(200, early.Outcomes.Total);
        Assert.True(early.Outcomes.Converged + early.Outcomes.IterationLimit == 200, $"{early.Outcomes}");
    }

    [Theory]
    [InlineData("lbfgs")]
    [InlineData("armijo")]
    [InlineData("adaptive")]
    [InlineData("perturbed")]
    [InlineData("newton")]
    [InlineData("cubic")]
    public void Rules_that_compare_steps_with_one_another_refuse_batches(string rule)
    {
        var error = Assert.Throws<ArgumentException>(() => new LaneDevice(1).Compile(Catalogue.Find("glm").Create(), new() { Rule = Rules.Named(rule), Batch = 4 }));
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        Assert.Contains("adam", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batches_that_cannot_be_are_refused_in_words()
    {
        var glm = Catalogue.Find("glm").Create();
        Contains("201", "1 to 200", () => Compile(glm, 201));
        Contains("A batch of 0", "1 to 200", () => Compile(glm, 0));
        Contains("rastrigin", "no sum over samples", () => Compile(Catalogue.Find("rastrigin").Create(), 2));
        Contains("tolerance", "stationary", () => new LaneDevice(1).Compile(glm, Options(2, 5) with { Stop = new() { GradientTolerance = 1e-3 } }));
        Contains("-3", "SIZE", () => MiniBatch.Parse("-3"));
        Contains("4:twice", "with-replacement", () => MiniBatch.Parse("4:twice"));
        var lengths = new IndexData("length", [1, 2, 3]);
        var ragged = Objective.Define("ragged", 3, x => Mean(3, k => Sum(lengths[k], j => Square(x[j] - 1))));
        Contains("longer for some samples", "Select", () => Compile(ragged with { Samples = 3 }, 2));

        static void Compile(Objective objective, int size) => new LaneDevice(1).Compile(objective, Options(size, 5));

        static void Contains(string given, string allowed, Action act)
        {
            var message = Assert.Throws<ArgumentException>(act).Message;
            Assert.Contains(given, message, StringComparison.Ordinal);
            Assert.Contains(allowed, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Batches_are_read_and_written_as_words()
    {
        Assert.Equal(new MiniBatch(32), MiniBatch.Parse("32"));
        Assert.Equal(new MiniBatch(8) { WithReplacement = true }, MiniBatch.Parse("8:with-replacement"));
        Assert.Equal("batches of 8 with replacement", MiniBatch.Parse("8:with-replacement").ToString());
    }

    private static DescentOptions Options(MiniBatch? batch, int steps) => new()
    {
        Rule = new GradientDescent { Step = Step },
        Batch = batch,
        IsDouble = true,
        Stop = new() { Iterations = steps, OnlyIterations = batch is null },
    };
}
