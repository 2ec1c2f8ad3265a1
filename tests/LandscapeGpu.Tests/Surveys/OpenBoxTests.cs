namespace LandscapeGpu.Tests.Surveys;

/// <summary>Boxes that a side is missing of, as for scales and rates that must not be negative: valleys run to infinity there as they do on the whole space.</summary>
public sealed class OpenBoxTests
{
    private static readonly double[] Inputs = [-1.3, -0.9, -0.4, 0.3, 0.8, 1.7];
    private static readonly double[] Second = [0.2, -1.1, 0.4, -0.3, 0.6, 0.1];

    public static TheoryData<string, string> Endless => Rows.Each(["exponential", "power", "hyperbola", "separable classes"], "orthant", "half", "none");

    [Theory]
    [MemberData(nameof(Endless))]
    public void What_falls_for_ever_has_no_minimum_where_a_side_is_missing(string name, string sides)
    {
        foreach (var unit in (double[])[1, 1e-6])
        {
            var (d, f) = Named(name);
            var objective = Objective.Define(name, d, x => unit * f(x)) with { Region = Sides(sides, d) };

            var found = Survey.Run(objective, new() { Restarts = 60 });

            // (0, y) is level where x₀ = 0 presses no more: a minimum at the side, of value 2.
            Assert.Empty(found.Minima);
            Assert.All(found.BoundaryMinima, m => Assert.Equal(2 * unit, m.Value, 1e-9 * unit));
            Assert.All(found.Stationary, p => Assert.True(p.Kind is StationaryKind.Tail or StationaryKind.FallingValley or StationaryKind.StrictSaddle, $"{p.Kind} at ({string.Join(", ", p.Point)})"));
            if (name != "hyperbola")
            {
                // x₀ = x₁ = 0 is the power's saddle, and the rest is on its way, but for one that is lost where it leaves the side.
                Assert.InRange(found.Endless + found.Stationary.Sum(p => p.Count), 59, 60);
                Assert.True(found.Endless > 0);
            }
        }
    }

    [Fact]
    public void Minima_are_told_from_tails_where_a_side_is_missing()
    {
        foreach (var (name, at, flat, f) in new (string, double[]?, int, Func<Vector, Real>)[]
        {
            ("far from the starts", [100, 0], 0, x => Square(Log(x[0] / 100)) + Square(x[1])),
            ("of a likelihood", [3, 3], 0, x => Log(x[0]) + (3 / x[0]) + Square(x[1] - x[0])),
            ("without curvature", [0, 1], 0, x => Pow(x[0], 4) + Square(x[1] - 1)),
            ("at a side", [0, 1], 0, x => x[0] + Square(x[1] - 1)),
            ("level along a hyperbola", null, 1, x => Square((x[0] * x[1]) - 1)),
            ("level along a coordinate", null, 1, x => -Exp(-Square(x[0] - 2)) + (0 * x[1])),
        })
        {
            var found = Survey.Run(Objective.Define(name, 2, f) with { Region = Region.Orthant(2) }, new() { Restarts = 60 });

            var only = Assert.Single(found.Minima.Concat(found.BoundaryMinima));
            Assert.True(only.Count == 60 && only.IsFlatFamily == (flat > 0), $"{name}: {only.Kind}, {only.Count} restarts");
            // A minimum like x⁴ is known to a quarter of the digits.
            Assert.All((at ?? []).Zip(only.Point), p => Assert.Equal(p.First, p.Second, 1e-3));
        }
    }

    [Fact]
    public void A_box_without_any_side_is_the_whole_space()
    {
        Assert.Same(Region.WholeSpace, Region.Box(3, double.NegativeInfinity, double.PositiveInfinity));
        Assert.Equal("[0, inf) x (-inf, inf)", Region.Box([0, double.NegativeInfinity], [double.PositiveInfinity, double.PositiveInfinity]).ToString());
    }

    private static Region Sides(string sides, int d) => sides switch
    {
        "orthant" => Region.Orthant(d),
        "half" => Region.Box([0, .. Enumerable.Repeat(double.NegativeInfinity, d - 1)], [.. Enumerable.Repeat(double.PositiveInfinity, d)]),
        _ => Region.Box(d, double.NegativeInfinity, double.PositiveInfinity),
    };

    private static (int Dimension, Func<Vector, Real> Formula) Named(string name) => name switch
    {
        "exponential" => (2, x => Exp(-x[0]) + Square(x[1] - 1)),
        "power" => (2, x => (1 / (1 + Square(x[0]))) + Square(x[1] - x[0])),
        "hyperbola" => (2, x => Square((x[0] * x[1]) - 1) + Exp(-x[0])),
        // Labels are the signs of the inputs, so that the likelihood has its supremum at infinity.
        _ => (2, x => Sum(Inputs.Length, k => Softplus(-(x[0] * Abs(new Data("u", Inputs)[k])) - (x[1] * Square(new Data("v", Second)[k]))))),
    };
}
