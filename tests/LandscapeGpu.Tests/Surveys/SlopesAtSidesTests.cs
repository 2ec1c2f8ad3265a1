using LandscapeGpu.Objectives;
using LandscapeGpu.Spectra;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Minima that a side of a box holds by a slope that is infinite, no number, or the other side's on the side itself.</summary>
public sealed class SlopesAtSidesTests
{
    private static readonly Dictionary<string, (int D, Func<Vector, Real> Formula, double[] Place, int Held)> Held = new()
    {
        ["the root of an absolute value"] = (1, x => Sqrt(Abs(x[0])), [0], 1),
        ["a power of an absolute value"] = (1, x => Pow(Abs(x[0]), 0.5), [0], 1),
        ["the root of a square"] = (1, x => Sqrt(Square(x[0])), [0], 1),
        ["the root of a square on the other side"] = (1, x => Sqrt(Square(x[0] - 5)), [5], 1),
        ["the root of an absolute value on the other side"] = (1, x => Sqrt(Abs(x[0] - 5)), [5], 1),
        ["an absolute value on the other side"] = (1, x => Abs(x[0] - 5), [5], 1),
        ["a face of an absolute value"] = (2, x => Abs(x[0] - 5) + Square(x[1] - 1), [5, 1], 1),
        ["a corner"] = (2, x => Sqrt(Abs(x[0])) + Sqrt(Abs(x[1])), [0, 0], 2),
        ["a corner of three sides"] = (3, x => Sqrt(Abs(x[0] - 5)) + Sqrt(Square(x[1])) + Pow(Abs(x[2]), 0.5), [5, 0, 0], 3),
        ["a corner on a cone"] = (2, x => Sqrt(Square(x[0]) + (1e-3 * Square(x[1]))) + x[0], [0, 0], 2),
        ["a face with a bowl"] = (2, x => Sqrt(Abs(x[0])) + Square(x[1] - 1), [0, 1], 1),
        ["a face with another bowl"] = (2, x => Sqrt(Square(x[0])) + Square(x[1] - 1), [0, 1], 1),
    };

    public static TheoryData<string, double, double> InUnits => Rows.Each(Held.Keys, (1, 1), (1, 1e8), (1e-6, 1));

    [Theory]
    [MemberData(nameof(InUnits))]
    public void A_minimum_that_a_slope_beside_the_side_holds_is_one_at_that_bound_for_all_restarts(string name, double unit, double factor)
    {
        var (d, formula, place, held) = Held[name];
        var objective = Objective.Define(name, d, x => factor * formula(Vector(d, i => x[i] / unit))) with { Region = Region.Box(d, 0, 5 * unit) };

        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 60 }).AllMinima);

        Assert.Equal((StationaryKind.BoundaryMinimum, held, 60, 0), (minimum.Kind, minimum.AtBound.Count, minimum.Count, minimum.ShownValue / factor));
        Assert.Equal(place, minimum.Point.Select(x => Math.Round(x / unit, 6)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 1e8)]
    [InlineData(1e-6, 1)]
    public void A_side_that_holds_one_coordinate_leaves_the_others_kink_what_it_is(double unit, double factor)
    {
        var cone = Objective.Define("cone", 2, x => factor * (Sqrt(Square(x[0] / unit) + (1e-3 * Square(x[1] / unit))) + (x[0] / unit))) with { Region = Region.Box([0, -3 * unit], [5 * unit, 5 * unit]) };

        Assert.Equal(StationaryKind.MinimumAtKink, Assert.Single(Survey.Run(cone, new() { Restarts = 60 }).AllMinima).Kind);
    }

    [Fact]
    public void Where_f_falls_along_a_line_that_leaves_the_side_in_a_bend_an_infinite_slope_holds_nothing()
    {
        var bend = Objective.Define("bend", 2, x => Pow(Abs(x[0]), 0.9) - (3 * Pow(Abs(x[0]), 0.45) * x[1]) + Square(x[1])) with { Region = Region.Box([0, -1], [5, 1]) };

        Assert.Equal(-1.25, Assert.Single(Survey.Run(bend, new() { Restarts = 60 }).AllMinima).Value, 1e-9);
    }

    public static TheoryData<string, double, double> Corners => Rows.Each(AtCorner.Keys, (1.0, 1.0), (1e8, 1e-6), (1e-8, 1e6));

    private static readonly Dictionary<string, Func<Vector, Real>> AtCorner = new()
    {
        ["a root of a square"] = y => Sqrt(Square(y[0] * y[1])) + y[0] + y[1],
        ["a root of a product"] = y => Sqrt(y[0] * y[1]) + y[0] + y[1],
        ["a tie"] = y => Max(y[0], y[1]),
        ["an absolute value"] = y => Abs(y[0] - y[1]) + y[0] + y[1],
        ["a norm"] = y => Sqrt(Square(y[0]) + Square(y[1])),
    };

    [Theory]
    [MemberData(nameof(Corners))]
    public void At_a_corner_where_a_derivative_is_no_number_slopes_around_tell_a_minimum(string name, double factor, double unit)
    {
        var found = Survey.Run(
            Objective.Define(name, 2, x => factor * AtCorner[name](Vector(2, i => x[i] / unit))) with { Region = Region.Box(2, 0, 5 * unit) }, new() { Restarts = 200 });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal(200, minimum.Count);
        Assert.All(minimum.Point, x => Assert.Equal(0, x / unit, 1e-9));
        Assert.Equal(StationaryKind.BoundaryMinimum, minimum.Kind);
    }
}
