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
        using var rounding = new HessianRounding(objective, derivatives);
        return new FadingFloor(slopes, rounding.UnsureBounds, 2).IsAt(point, [[0, 1]]);
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

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(1e-6, true)]
    public void Ends_of_tails_beside_curvature_are_one_row_and_no_minima(double unit, bool isDouble)
    {
        // Descents end where the slope has drowned in its rounding, where it is known and the value does not show it, and in between.
        var flipped = Objective.Define("flipped", 2, x => Flipped([x[0] / unit, x[1]])) with { Starts = new Gaussian([300 * unit, 300]) };

        var found = Survey.Run(flipped, new() { Restarts = 60, Descent = new() { IsDouble = isDouble } });

        Assert.Empty(found.AllMinima);
        Assert.Equal(StationaryKind.Tail, Assert.Single(found.Stationary).Kind);
    }

    [Fact]
    public void A_curved_floor_of_minima_is_a_family_however_its_straight_tangents_fade()
    {
        // Along x₁ tanh(x₀/5) = log(7/3) all is the same; along a tangent f rises like the tail of tanh.
        var family = Objective.Define("family", 2, x => Loss(x[1] * Tanh(0.2 * x[0]))) with { Starts = new Gaussian(58) };

        var found = Survey.Run(family, new() { Restarts = 60, Descent = new() { IsDouble = true } });

        Assert.InRange(found.AllMinima.Count(), 1, 2);
        Assert.All(found.AllMinima, m => Assert.True(m.IsFlatFamily));
        Assert.Empty(found.Stationary);
    }

    [Fact]
    public void A_plateau_around_a_well_is_a_tail_however_its_floor_bends_and_however_far_away_the_well_is()
    {
        // A Gaussian well of a fiftieth of the way, on a floor that comes to its height like 1/x².
        var well = Objective.Define("well", 2, x => 1980 - (1.17 * Exp(-Square(0.06 * (x[0] + 0.22)))) + Square(x[1] - (0.5 * x[0] / Sqrt(1 + Square(x[0]))))) with { Starts = new Gaussian([800, 4]) };

        var found = Survey.Run(well, new() { Restarts = 60 });

        Assert.InRange(Assert.Single(found.AllMinima).Value, 1978.829, 1978.831);
        Assert.All(found.Stationary, p => Assert.Equal(StationaryKind.Tail, p.Kind));
    }
}
