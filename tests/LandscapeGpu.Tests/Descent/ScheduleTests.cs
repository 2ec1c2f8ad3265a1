using LandscapeGpu.Arithmetic;
using LandscapeGpu.Descent;
using LandscapeGpu.Objectives;

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
            // k + ¼ stands for k in warm restarts, so that rounding cannot move a restart by a step: a quarter of a step late.
            Assert.Equal(Expected(text.Split(':')[0], numbers, k), factor.Evaluate([k]), 1e-12);
            // Single precision: a few ulp of a logarithm times the number of steps in a cycle.
            Assert.Equal(factor.Evaluate([k]), factor.Evaluate(SingleArithmetic.Instance, [(float)k]), 2e-4);
        }
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

                return 0.5 * (1 + Math.Cos(Math.PI * (k + 0.25 - begin) / length));
        }
    }
}
