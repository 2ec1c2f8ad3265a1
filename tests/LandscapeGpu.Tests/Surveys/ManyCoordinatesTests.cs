using LandscapeGpu.Starts;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Above 256 coordinates, where Hessians are known by their products, points are told as below.</summary>
public sealed class ManyCoordinatesTests
{
    private const int D = 260;

    private static SurveyResult Found(Func<Point, Real> formula, Region region, double deviation = double.NaN, int restarts = 12) =>
        Survey.Run(Objective.Define("many", D, formula) with { Region = region, Starts = double.IsNaN(deviation) ? null : new Gaussian(deviation) }, new() { Restarts = restarts });

    [Fact]
    public void So_many_coordinates_that_no_Hessian_has_room_are_surveyed()
    {
        // Eight lanes' Hessians have 2³¹ numbers from 16,384 coordinates on.
        const int Many = 16_385;
        var objective = Objective.Define("many", Many, x => Sum(Many, i => Square(x[i] - 1)));
        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 2 }).Minima);
        Assert.Equal(0, minimum.ShownValue);
    }

    [Fact]
    public void Steps_are_solved_until_every_entry_of_the_gradient_is_rounding()
    {
        // Rosenbrock's chain: the last coordinate's slope has one term, and a tenth of the others' rounding.
        const int Chain = 400;
        var objective = Objective.Define("chain", Chain, x => Sum(Chain - 1, i => (100 * Square(x[i + 1] - Square(x[i]))) + Square(1 - x[i]))) with { Region = Region.Box(Chain, -2, 2) };
        var found = Survey.Run(objective, new() { Restarts = 20 });

        // Of more than three coordinates it has two minima: all 1, and beside x₀ = −1.
        Assert.Equal([0.0, 3.98662385], found.Minima.Select(m => Math.Round(m.ShownValue, 8)));
        Assert.Equal(20, found.Minima.Sum(m => m.Count));
    }

    [Fact]
    public void A_curvature_of_a_hundred_millionth_of_the_largest_is_one()
    {
        static Real Stiff(Point x) => 1e-6 * Sum(D, i => Pow(10, 8 * (Real)i / (D - 1)) * Square(x[i] - (0.3 * Sin((Real)i + 1))));

        var minimum = Assert.Single(Found(Stiff, Region.Box(D, -1, 1), restarts: 3).Minima);
        Assert.Equal((StationaryKind.Minimum, 0), (minimum.Kind, minimum.FlatDirections));
        Assert.InRange(minimum.ConditionNumber, 0.999e8, 1.001e8);

        // A side that holds another coordinate takes nothing from it.
        var held = Assert.Single(Found(x => Stiff(x) + (1e3 * x[D - 1]), Region.Box(D, -1, 1), restarts: 3).BoundaryMinima);
        Assert.Equal((StationaryKind.BoundaryMinimum, 0), (held.Kind, held.FlatDirections));
    }

    [Fact]
    public void A_side_on_which_nothing_else_changes_is_one_flat_set()
    {
        var found = Found(x => -x[0] + (0 * x[1]), Region.Box(D, -1, 1));

        var side = Assert.Single(found.BoundaryMinima);
        Assert.Equal((12, D - 1, 1), (side.Count, side.FlatDirections, side.AtBound.Count));
        Assert.Empty(found.Stationary);
    }

    [Fact]
    public void A_floor_that_meets_the_sides_of_a_box_is_one_family()
    {
        var found = Found(x => Square(Sum(D, i => x[i]) - 1), Region.Box(D, -1, 1));

        Assert.Equal((12, D - 1), (Assert.Single(found.Minima).Count, found.Minima[0].FlatDirections));
    }

    [Fact]
    public void Places_on_a_curved_floor_are_one_family()
    {
        var found = Found(x => Square(Square(x[0]) + Square(x[1]) - 1) + Sum(D - 2, i => Square(x[i + 2] - 0.5)), Region.Box(D, -2, 2));

        Assert.Equal((12, 1), (Assert.Single(found.Minima).Count, found.Minima[0].FlatDirections));
    }

    [Fact]
    public void The_values_around_decide_where_derivatives_vanish()
    {
        var saddle = Found(x => Square(x[0]) + Pow(x[1], 3) + Sum(D - 2, i => Square(x[i + 2])), Region.Box(D, -1, 1));
        Assert.Equal(StationaryKind.DegenerateSaddle, Assert.Single(saddle.Stationary).Kind);
        Assert.Empty(saddle.Minima);

        var minimum = Found(x => Pow(x[0] - 0.2, 4) + Sum(D - 1, i => Square(x[i + 1] - 0.1)), Region.Box(D, -1, 1));
        Assert.True(Assert.Single(minimum.Minima).RisesAllRound);
        Assert.Equal(12, minimum.Minima[0].Count);
    }

    [Fact]
    public void A_corner_where_the_value_rises_inwards_is_a_minimum_though_the_hessian_is_not_positive()
    {
        var found = Found(x => Square(x[0]) + Square(x[1]) + (4 * x[0] * x[1]) + Sum(D - 2, i => Square(x[i + 2] - 0.5)), Region.Box(D, 0, 1));

        Assert.Equal((0, 12), (Assert.Single(found.BoundaryMinima).Index, found.BoundaryMinima[0].Count));
        Assert.Empty(found.Stationary);
    }

    [Fact]
    public void Where_the_slope_fades_there_is_no_point()
    {
        // 260 standard normal coordinates are 16 from the well.
        var gaussian = Found(x => 1 - Exp(-Sum(D, i => Square(x[i]))), Region.WholeSpace, deviation: 1);
        Assert.Empty(gaussian.Minima);
        Assert.Empty(gaussian.Stationary);

        var steps = Found(x => Square(Tanh(x[0]) - 2) + Sum(D - 1, i => Square(x[i + 1])), Region.WholeSpace, deviation: 30);
        Assert.Empty(steps.Minima);
        Assert.All(steps.Stationary, p => Assert.Equal(StationaryKind.Tail, p.Kind));
    }
}
