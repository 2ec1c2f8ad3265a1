namespace LandscapeGpu.Tests.Compilation;

/// <summary>Whether a number was cut off is asked of what is left of it.</summary>
public sealed class CutOffTests
{
    [Fact]
    public void Both_sides_of_a_symmetric_cut_are_one_comparison()
    {
        var text = new LaneDevice().Explain(Objective.Define("angles", 3, x => Sum(3, i => Acos(Max(-1, Min(1, x[i]))))), new() { Rule = new GradientDescent(), Stop = new() { OnlyIterations = true } });

        Assert.Equal(3, text.Split('\n').Count(line => line.Contains("= 1 <= ", StringComparison.Ordinal)));
        Assert.DoesNotContain(" or ", text);
    }

    [Theory]
    [InlineData(-0.5, 0.5)]
    [InlineData(-0.5, 2.0)]
    [InlineData(-1.0, 1.0)]
    public void A_derivative_is_zero_where_a_number_is_cut_off_and_at_the_cut(double least, double most)
    {
        var objective = Objective.Define("cut", 1, x => Square(3 + Max(least, Min(most, x[0]))));
        using var slopes = new PointDerivatives(objective);
        double[] points = [-7, least - 1e-9, least, least + 1e-9, 0, most - 1e-9, most, most + 1e-9, 7];

        foreach (var x in points)
        {
            var inside = x > least && x < most;
            Assert.Equal(inside ? 2 * (3 + x) : 0, slopes.At([x]).GradientNorm);
        }
    }

    [Fact]
    public void What_is_no_number_is_not_taken_for_cut_off()
    {
        var objective = Objective.Define("cut", 1, x => Square(3 + Max(-1, Min(1, Sqrt(x[0])))));
        using var slopes = new PointDerivatives(objective);

        Assert.True(double.IsNaN(slopes.At([-1]).Value));
        Assert.True(double.IsNaN(slopes.At([-1]).GradientNorm));
    }
}
