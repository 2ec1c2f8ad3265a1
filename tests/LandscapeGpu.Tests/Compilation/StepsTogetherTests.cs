using LandscapeGpu.Compilation;
using LandscapeGpu.Descent;
using LandscapeGpu.Execution;

namespace LandscapeGpu.Tests.Compilation;

/// <summary>Steps that run again within their method, until a lane is flagged.</summary>
public sealed class StepsTogetherTests
{
    [Theory]
    [InlineData("rastrigin", 128)]
    [InlineData("rastrigin", 256)]
    [InlineData("two-layer-relu", 256)]
    [InlineData("lennard-jones", 0)]
    public void Many_steps_in_a_call_are_bit_for_bit_so_many_calls(string family, int bits)
    {
        const int Steps = 7;
        var objective = Catalogue.Find(family).Create();
        var step = StepProgram.Write(objective, new() { Rule = new GradientDescent { Step = 1e-3 }, Stop = new StopRule { OnlyIterations = true, Iterations = Steps } });
        var compiled = new LaneDevice(bits: bits).Compile(step.Program);
        using var data = compiled.NewData([.. objective.Parameters, .. new DescentOptions { Rule = new GradientDescent { Step = 1e-3 }, Stop = new StopRule { OnlyIterations = true, Iterations = Steps } }.Numbers]);
        using Lanes once = new(compiled), each = new(compiled);
        foreach (var lanes in (Lanes[])[once, each])
        {
            for (var lane = 0; lane < lanes.Count; lane++)
            {
                for (var k = 0; k < objective.Dimension; k++)
                {
                    lanes.Write(step.X, k, lane, Math.Sin((7 * k) + lane));
                }

                foreach (var (slot, initial) in step.Slots)
                {
                    lanes.Fill(slot, lane, 1, initial);
                }
            }
        }

        var ended = once.Run(data, 1000);
        for (var k = 1; k < Steps; k++)
        {
            Assert.Equal(0UL, each.Run(data));
        }

        Assert.Equal(ended, each.Run(data));
        Assert.NotEqual(0UL, ended);
        for (var lane = 0; lane < once.Count; lane++)
        {
            Assert.Equal(Steps, once.Read(step.Steps, 0, lane));
            for (var k = 0; k < objective.Dimension; k++)
            {
                Assert.Equal(BitConverter.DoubleToInt64Bits(each.Read(step.X, k, lane)), BitConverter.DoubleToInt64Bits(once.Read(step.X, k, lane)));
            }
        }
    }

    [Fact]
    public void A_cut_off_passes_no_number_on_and_keeps_the_side_it_is_on()
    {
        // x ≤ c ? c : x is a maximum, both not is not either, and what is zero elsewhere is masked.
        var objective = Objective.Define("cut", 1, x =>
            Select(x[0] <= 0.5, 0.5, x[0]) + (10 * Select(!(x[0] < -1) & !(x[0] > 2), x[0] * x[0], 0)) + (100 * Select(x[0] < 1, 0, x[0])));
        using var slopes = new LandscapeGpu.Differentiation.PointDerivatives(objective);
        foreach (var x in (double[])[-3, -1, -0.25, 0, 0.5, 0.75, 1, 2, 3])
        {
            var expected = (x <= 0.5 ? 0.5 : x) + (10 * (!(x < -1) && !(x > 2) ? x * x : 0)) + (100 * (x < 1 ? 0 : x));
            Assert.Equal(expected, slopes.At([x]).Value);
        }

        Assert.True(double.IsNaN(slopes.At([double.NaN]).Value));
    }
}
