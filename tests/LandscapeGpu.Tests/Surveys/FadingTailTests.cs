using LandscapeGpu.Differentiation;
using LandscapeGpu.Valleys;

namespace LandscapeGpu.Tests.Surveys;

public class FadingTailTests
{
    private static bool Fades(Func<Real[], Real> formula, double[] point)
    {
        var objective = Objective.Define("fading", 2, x => formula([x[0], x[1]]));
        var derivatives = Derivatives.Of(objective);
        using var slopes = new PointDerivatives(objective, derivatives);
        using var kinds = new PointKinds(objective, derivatives);
        return new FadingFloor(slopes, kinds.UnsureBounds, 2).IsAt(point, [[0, 1]]);
    }

    // Labels of which three in ten are turned: the best score is log(7/3) for every sample, which tanh(0.1 w) comes to at infinity only.
    private static Real Flipped(Real[] x) => Loss(x[1] * Tanh(x[0])) + Loss(x[1] * Tanh(0.1 * x[0]));

    private static Real Loss(Real score) => (0.7 * Softplus(-score)) + (0.3 * Softplus(score));

    [Theory]
    [InlineData(200)]
    [InlineData(230)]
    [InlineData(-200)]
    public void A_weight_into_a_unit_that_has_become_a_step_fades_where_the_output_weight_has_curvature(double weight) =>
        Assert.True(Fades(Flipped, [weight, Math.Sign(weight) * Math.Log(7.0 / 3)]));

    [Fact]
    public void A_floor_that_powers_leave_is_no_tail_wherever_on_it_one_stands()
    {
        foreach (var at in new[] { -0.009, -0.003, 0, 0.006, 0.01 })
        {
            Assert.False(Fades(x => 1 + Pow(x[0], 8) + Square(x[1] - 1), [at, 1]));
            Assert.False(Fades(x => 1 + Pow(x[0], 6) + Square(x[1] - 1), [at, 1]));
        }
    }
}
