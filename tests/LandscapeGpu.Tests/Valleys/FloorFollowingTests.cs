using LandscapeGpu.Expressions;
using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.Tests.Valleys;

/// <summary>Valleys of walls so steep that a coordinate's unit, of which it counts as known to a rounding, hides the slope along the floor.</summary>
public class FloorFollowingTests
{
    private static readonly (double S, double T, double F)[] Units = [(1, 1, 1), (1e-6, 1e6, 1e12), (1e6, 1e-3, 1e-12), (1e-6, 1e-6, 1e12)];

    /// <summary>Powell's badly scaled function (Moré, Garbow and Hillstrom 1981, problem 3): where x₁ is more than 40 its second residual is −10⁻⁴ − x₀ to the last digit, and the floor x₀x₁ = 10⁻⁴ falls on to the side.</summary>
    public static TheoryData<double, int> Boxes() => Rows.Each([50.0, 100, 700], Enumerable.Range(0, Units.Length));

    [Theory]
    [MemberData(nameof(Boxes))]
    public void No_place_on_a_floor_that_falls_on_to_a_side_is_a_flat_family(double width, int units)
    {
        var (s, t, factor) = Units[units];
        var objective = Objective.Define("Powell's badly scaled", 2, x => factor * (Square((1e4 * (x[0] / s) * (x[1] / t)) - 1) + Square(Exp(-x[0] / s) + Exp(-x[1] / t) - 1.0001))) with { Region = Region.Box([0, 0], [width * s, width * t]) };
        var result = Survey.Run(objective, new() { Restarts = 40 });

        // On a side the first residual is none, and the second −10⁻⁴ − x + x²/2 with x = 10⁻⁴/width and e^(−width).
        var x = 1e-4 / width;
        var side = Math.Pow(1e-4 + x - (x * x / 2) - Math.Exp(-width), 2);
        Assert.All(result.BoundaryMinima, m => Assert.Equal(side, m.Value / factor, 1e-6 * side));
        Assert.Equal(2, result.BoundaryMinima.Count);
        // The minima inside are 0: what f is a hundredth of a millionth of a side's above is told from neither by half its digits.
        Assert.All(result.Minima, m => Assert.InRange(m.Value / factor, 0, 1e-8 * side));
        // Each restart comes to one of them, but for a few on the longest of these floors, and at the saddle between an inner minimum and the floor's fall.
        Assert.InRange(result.AllMinima.Sum(m => m.Count), 36, 40);
    }

    [Fact]
    public void A_floor_is_followed_along_any_bend_to_the_side_it_ends_at()
    {
        var objective = Objective.Define("hyperbola", 2, x => Square((1e5 * x[0] * x[1]) - 1) + (1 / (1 + x[1]))) with { Region = Region.Box([0, 0], [100, 100]) };
        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 40 }).AllMinima);
        Assert.Equal(StationaryKind.BoundaryMinimum, minimum.Kind);
        Assert.Equal(1.0 / 101, minimum.Value, 1e-12);
        Assert.Equal(40, minimum.Count);
    }

    [Fact]
    public void Beside_the_side_that_a_long_valley_ends_at_there_are_no_saddles()
    {
        var objective = Objective.Define("Beale", 2, x => Square(1.5 - x[0] + (x[0] * x[1])) + Square(2.25 - x[0] + (x[0] * Square(x[1]))) + Square(2.625 - x[0] + (x[0] * x[1] * Square(x[1])))) with { Region = Region.Box(2, -274.5, 625.5) };
        var result = Survey.Run(objective, new() { Restarts = 64 });
        Assert.Empty(result.Stationary);
        Assert.Equal(0, Assert.Single(result.Minima).Value, 1e-20);
        Assert.All(result.BoundaryMinima, m => Assert.True(Math.Abs(m.Value - 0.457561) < 1e-5 || Math.Abs(m.Value - 7.35545) < 1e-4));
    }
}
