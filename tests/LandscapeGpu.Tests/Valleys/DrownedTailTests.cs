using LandscapeGpu.Starts;

namespace LandscapeGpu.Tests.Valleys;

/// <summary>A loss of classes, log Σ exp z − z of the class, is rounding wherever every sample is far on its right side.</summary>
public sealed class DrownedTailTests
{
    // Points of a plane and their class, with room between the classes.
    private static readonly (double X, double Y, bool IsFirst)[] Separable = [(2, 1, true), (3, -1, true), (1.5, 0.2, true), (-2, 0.5, false), (-1, -1, false), (-3, 2, false)];

    [Fact]
    public void Where_separable_classes_are_told_apart_beyond_rounding_there_is_no_minimum()
    {
        var loss = Objective.Define("separable", 3, w =>
        {
            Real sum = 0;
            foreach (var (x, y, isFirst) in Separable)
            {
                var score = (w[0] * x) + (w[1] * y) + w[2];
                sum += LogSumExp(Vector(score, 0 * w[0])) - (isFirst ? score : 0);
            }

            return sum;
        }) with
        {
            Starts = new Gaussian(30),
        };

        var found = Survey.Run(loss, new() { Restarts = 60 });

        Assert.Empty(found.AllMinima);
        // The starts lie where the loss is rounding: without a look around they would be points of a floor.
        Assert.Equal(StationaryKind.Tail, Assert.Single(found.Stationary).Kind);
    }

    [Fact]
    public void A_floor_that_rounding_makes_level_is_a_minimum_where_it_ends_on_all_sides()
    {
        // Between two such slopes, 80 apart; e⁻⁴⁰ is nothing beside 40.
        var trough = Objective.Define("trough", 1, x => Slope(x[0] + 40) + Slope(40 - x[0])) with { Starts = new Gaussian(60) };

        var found = Survey.Run(trough, new() { Restarts = 60 });

        Assert.Equal(60, Assert.Single(found.AllMinima).Count);

        static Real Slope(Real score) => LogSumExp(Vector(score, 0 * score)) - score;
    }

    [Fact]
    public void A_value_that_is_constant_but_for_rounding_is_level()
    {
        var level = Objective.Define("level", 2, x => Square(Sin(x[0])) + Square(Cos(x[0])) + (0 * x[1])) with { Starts = new Gaussian(3) };

        var found = Survey.Run(level, new() { Restarts = 30 });

        Assert.DoesNotContain(found.Stationary, p => p.Kind == StationaryKind.Tail);
    }

    [Theory]
    [InlineData(12, 0, 1)]
    [InlineData(12, 2, 1)]
    [InlineData(18, 0, 1e-9)]
    [InlineData(24, 2, 1e6)]
    public void A_zero_of_high_order_at_a_bound_is_a_minimum_though_the_slope_underflows_beside_it(int order, double at, double unit)
    {
        var flat = Objective.Define("flat", 1, x => Pow((x[0] / unit) - at, order)) with { Region = Region.Box(1, 0, 2 * unit) };

        var found = Survey.Run(flat, new() { Restarts = 60 });

        Assert.Equal(60, Assert.Single(found.BoundaryMinima).Count);
        Assert.Empty(found.Stationary);
    }

    [Fact]
    public void A_Gaussians_tail_that_has_underflowed_is_no_minimum_in_a_box_either()
    {
        var peak = Objective.Define("peak", 1, x => Exp(-Square(40 * x[0]))) with { Region = Region.Box(1, -1, 2) };

        var found = Survey.Run(peak, new() { Restarts = 60 });

        Assert.DoesNotContain(found.Minima, m => m.Kind == StationaryKind.Minimum);
        Assert.Contains(found.Stationary, p => p.Kind == StationaryKind.Tail);
    }
}
