using LandscapeGpu.Tests.Arithmetic;

namespace LandscapeGpu.Tests.Descent;

public class ScheduleTests
{
    [Theory]
    [InlineData("constant")]
    [InlineData("exponential:0.97")]
    [InlineData("cosine:20")]
    [InlineData("warm-up:9")]
    [InlineData("warm-restarts:10")]
    [InlineData("warm-restarts:7:2")]
    [InlineData("warm-restarts:4:1.5")]
    public void Factors_are_those_of_the_closed_form(string text)
    {
        var schedule = Schedule.Parse(text);
        var numbers = text.Split(':').Skip(1).Select(double.Parse).ToArray();
        var factor = Objective.Define("factor", 1, x => schedule.Factor(x[0], name => schedule.Tunable.Single(n => n.Name == name).Value));
        for (var k = 0; k < 200; k++)
        {
            Assert.Equal(Expected(text.Split(':')[0], numbers, k), factor.Evaluate([k]), 1e-12);
            // Single precision: a few ulp of a logarithm times the number of steps in a cycle.
            Assert.Equal(factor.Evaluate([k]), factor.Evaluate(SingleArithmetic.Instance, [(float)k]), 2e-4);
        }
    }

    [Fact]
    public void Warm_restarts_begin_each_period_with_the_whole_step()
    {
        // Loshchilov and Hutter (2017), equation (5): ½(1 + cos πk/4) for k = 0 … 3 is 1, 0.854, 0.5, 0.146, and 2.5 together.
        var schedule = Schedule.WarmRestarts(4);
        var factor = Objective.Define("factor", 1, x => schedule.Factor(x[0], name => schedule.Tunable.Single(n => n.Name == name).Value));
        var factors = Enumerable.Range(0, 12).Select(k => factor.Evaluate([k])).ToList();
        Assert.All(new[] { 0, 4, 8 }, k => Assert.Equal(1, factors[k], 1e-14));
        Assert.Equal(2.5, factors.Skip(4).Take(4).Sum(), 1e-13);
    }

    [Fact]
    public void On_a_plateau_the_step_is_reduced_after_the_patience_and_again_after_it()
    {
        // |x| with step 1 from 0.3: it goes to and fro between 0.3 and −0.7 and falls no more. Three steps wait; the fourth is ten times shorter.
        var kink = Objective.Define("kink", 1, x => Abs(x[0]));
        var (x, expected, first, best, waited, factor) = (0.3, new List<double>(), 0.3, 0.3, 0, 1.0);
        for (var k = 0; k < 30; k++)
        {
            var f = Math.Abs(x);
            var isProgress = k == 0 || f < best - (1e-4 * (first - best));
            waited = isProgress ? 0 : waited + 1;
            best = isProgress ? f : best;
            (factor, waited) = waited > 3 ? (0.1 * factor, 0) : (factor, waited);
            x -= factor * Math.Sign(x);
            expected.Add(x);
        }

        foreach (var shift in new[] { 0.0, 5 })
        {
            // f + b takes the same steps.
            var moved = shift == 0 ? kink : Objective.Define("kink", 1, y => Abs(y[0]) + shift);
            var options = new DescentOptions { Rule = new GradientDescent { Step = 1 }, Schedule = Schedule.Parse("reduce-on-plateau:0.1:3"), IsDouble = true };
            var found = Enumerable.Range(1, 30).Select(n => RuleStepTests.Run(moved, options with { Stop = new() { Iterations = n, OnlyIterations = true } }, [0.3], 256).Points[0]).ToList();
            // A few roundings of 5 in whether it is progress, none in the steps but their own.
            Assert.All(expected.Zip(found), p => Assert.Equal(p.First, p.Second, 1e-12));
        }

        Assert.True(factor < 1e-3);
    }

    [Fact]
    public void A_schedule_that_waits_for_the_value_refuses_batches()
    {
        var error = Assert.Throws<ArgumentException>(() => new LaneDevice(1).Compile(Catalogue.Find("glm").Create(), new() { Rule = new GradientDescent(), Schedule = Schedule.ReduceOnPlateau(), Batch = 4 }));
        Assert.Contains("a batch's value does not tell", error.Message, StringComparison.Ordinal);
    }

    private static double Expected(string name, double[] n, int k)
    {
        switch (name)
        {
            case "constant":
                return 1;
            case "exponential":
                return Math.Pow(n[0], k);
            case "warm-up":
                return Math.Min(1, (k + 1) / n[0]);
            case "cosine":
                return 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, k / n[0])));
            default:
                var (begin, length) = (0.0, n[0]);
                while (k + 0.25 >= begin + length)
                {
                    begin += length;
                    length *= n.Length > 1 ? n[1] : 1;
                }

                return 0.5 * (1 + Math.Cos(Math.PI * Math.Max(0, k - begin) / length));
        }
    }
}
