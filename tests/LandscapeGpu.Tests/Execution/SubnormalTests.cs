namespace LandscapeGpu.Tests.Execution;

public class SubnormalTests
{
    [Fact]
    public void What_is_subnormal_becomes_zero_of_its_sign_and_nothing_else_changes()
    {
        var single = Enumerable.Range(0, 2048).Select(k => BitConverter.Int32BitsToSingle(unchecked((int)((uint)k * 0x9E3779B9u) >> (k % 24)))).ToArray();
        float[] special = [0f, -0f, float.Epsilon, -float.Epsilon, 1.1754942e-38f, -1.1754942e-38f, 1.17549435e-38f, -1.17549435e-38f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.MaxValue];
        foreach (var length in new[] { 1, 3, 16, special.Length + single.Length })
        {
            var numbers = special.Concat(single).Take(length).ToArray();
            var expected = numbers.Select(v => float.IsSubnormal(v) ? MathF.CopySign(0, v) : v).Select(BitConverter.SingleToInt32Bits).ToArray();
            Subnormals.Clear(numbers);
            Assert.Equal(expected, numbers.Select(BitConverter.SingleToInt32Bits));
        }

        double[] doubles = [0, -0.0, double.Epsilon, -double.Epsilon, 2.2250738585072009e-308, -2.2250738585072009e-308, 2.2250738585072014e-308, 1, -1e300, double.NaN, double.NegativeInfinity];
        var zeroed = doubles.Select(v => double.IsSubnormal(v) ? Math.CopySign(0, v) : v).Select(BitConverter.DoubleToInt64Bits).ToArray();
        Subnormals.Clear(doubles);
        Assert.Equal(zeroed, doubles.Select(BitConverter.DoubleToInt64Bits));
    }

    /// <summary>Each step leaves 0.6 of x, or of v: below 2.5 units of the least subnormal number that rounds back to where it was, and would stay there for good.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(256)]
    public void Descents_of_many_steps_without_a_test_do_not_stay_at_subnormal_numbers(int bits)
    {
        var bowl = Objective.Define("bowl", 3, x => 0.5 * Sum(3, i => Square(x[i])));
        foreach (var rule in new UpdateRule[] { new GradientDescent { Step = 0.4 }, new Momentum { Step = 0.4, Mass = 0.1 } })
        {
            double[] AfterSteps(int steps, int threads) =>
                new LaneDevice(threads, bits: bits).Compile(bowl, new() { Rule = rule, Stop = new() { Iterations = steps, OnlyIterations = true } })
                    .Run(new RestartRange(new GivenPoints([.. Enumerable.Range(1, 3 * 40).Select(k => k / 7.0)], 3), 1, 0, 40)).Points;

            Assert.All(AfterSteps(50, 1), x => Assert.NotEqual(0, x));
            Assert.All(AfterSteps(400, 1), x => Assert.Equal(0, x));
            Assert.Equal(AfterSteps(233, 1), AfterSteps(233, 2));
        }
    }
}
