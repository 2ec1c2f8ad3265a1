namespace LandscapeGpu.Tests.Surveys;

/// <summary>A plateau is a minimum where f rises wherever it ends, and none where it falls at an end, however far away.</summary>
public sealed class PlateauTests
{
    // With the number of minima, and whether a plateau is one of them.
    private static readonly Dictionary<string, (int Dimension, Func<Vector, Real> Formula, double Half, int Minima, bool HasFlat)> Landscapes = new()
    {
        ["a clipped distance"] = (1, x => Min(Abs(x[0] - 3), 1), 5, 1, false),
        ["a clipped square"] = (1, x => Min(Square(x[0] - 1), 2), 8, 1, false),
        ["two clipped squares"] = (1, x => Min(Square(x[0] - 3), 1) + Min(Square(x[0] + 3), 0.5), 10, 2, false),
        ["a clipped bowl"] = (2, x => Min(Square(x[0] - 1) + Square(x[1]), 1), 4, 1, false),
        ["a floor between walls"] = (1, x => Square(Max(0, Abs(x[0]) - 1)), 3, 1, true),
        ["a floor in two coordinates"] = (2, x => Square(Max(0, Square(x[0]) + Square(x[1]) - 1)), 3, 1, true),
    };

    public static TheoryData<string, double, double, double> InAllUnits
    {
        get
        {
            var data = new TheoryData<string, double, double, double>();
            foreach (var name in Landscapes.Keys)
            {
                data.Add(name, 1, 1, 0);
                data.Add(name, 1e-6, 1e9, 0);
                data.Add(name, 1, 1e-12, 0.37);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(InAllUnits))]
    public void What_is_left_downhill_is_no_minimum(string name, double unit, double factor, double shift)
    {
        var (d, formula, half, minima, hasFlat) = Landscapes[name];
        var objective = Objective.Define(name, d, x => factor * formula(Vector(d, i => (x[i] / unit) - shift))) with { Region = Region.Box(d, -half * unit, half * unit) };

        var found = Survey.Run(objective, new() { Restarts = 200 });

        Assert.Equal(minima, found.AllMinima.Count());
        Assert.Equal(hasFlat, found.AllMinima.Any(m => m.FlatDirections > 0));
        Assert.All(found.Stationary, p => Assert.Contains(p.Kind, new[] { StationaryKind.DegenerateSaddle, StationaryKind.Tail }));
    }

    [Fact]
    public void A_plateau_whose_slope_rounding_has_swallowed_is_no_minimum_either()
    {
        // 1.29 tanh² is 1.29 to rounding from −1 on, and the root is lower left of 0.69.
        var step = Objective.Define("step", 1, x => Min(Sqrt(Square(x[0] + 0.6) + 1e-4), 1.29 * Square(Tanh(5 * (x[0] + 2.5))))) with { Region = Region.Box(1, -5, 5) };

        var found = Survey.Run(step, new() { Restarts = 400 });

        Assert.Equal([-0.6, -2.5], found.AllMinima.Select(m => Math.Round(m.Point[0], 6)).OrderDescending());
        Assert.DoesNotContain(found.AllMinima, m => m.FlatDirections > 0);
    }

    public static TheoryData<double, double> Units => new() { { 1, 1 }, { 1e-8, 1e-6 }, { 1e-8, 1 }, { 1e-8, 1e6 }, { 1, 1e-6 }, { 1, 1e6 }, { 1e8, 1e-6 }, { 1e8, 1 }, { 1e8, 1e6 } };

    [Theory]
    [MemberData(nameof(Units))]
    public void Beside_a_model_that_has_underflowed_there_is_no_stationary_point(double factor, double unit)
    {
        // A peak fitted to samples of one of width 1: where it is narrow or far off the sum of squares shows nothing of it, and curvatures of 1e-20 to 1e-300 have any sign.
        var objective = Objective.Define("peak", 3, x => factor * Sum(9, k => Square(Exp(-0.5 * Square((Real)k - 4)) - (x[0] / unit * Exp(-0.5 * Square((((Real)k) - (x[2] / unit)) / (x[1] / unit))))))) with
        {
            Region = Region.Box([0, 0.4 * unit, -40 * unit], [5 * unit, 3 * unit, 40 * unit]),
        };

        var found = Survey.Run(objective, new() { Restarts = 300 });

        Assert.Equal([1, 1, 4], Assert.Single(found.Minima, m => m.FlatDirections == 0).Point.Select(p => Math.Round(p / unit, 6)));
        Assert.DoesNotContain(found.Stationary, p => p.Kind is StationaryKind.StrictSaddle or StationaryKind.Maximum);
        Assert.Contains(found.Stationary, p => p.Kind == StationaryKind.Tail);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void A_bowl_that_the_value_does_not_show_is_no_tail(double factor, double unit)
    {
        // 10⁻²⁰ of a bowl beside 1: slopes show it.
        var objective = Objective.Define("hidden bowl", 2, x => factor * (1 + (1e-20 * (Square((x[0] / unit) - 1) + Square(x[1] / unit))))) with { Region = Region.Box(2, -5 * unit, 5 * unit) };

        Assert.DoesNotContain(Survey.Run(objective, new() { Restarts = 50 }).Stationary, p => p.Kind == StationaryKind.Tail);
    }
}
