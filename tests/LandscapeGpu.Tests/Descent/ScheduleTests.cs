namespace LandscapeGpu.Tests.Descent;

public class ScheduleTests
{
    [Theory]
    [InlineData("constant")]
    [InlineData("exponential:0.97")]
    [InlineData("cosine:20")]
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

    private static double Expected(string name, double[] n, int k)
    {
        switch (name)
        {
            case "constant":
                return 1;
            case "exponential":
                return Math.Pow(n[0], k);
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
