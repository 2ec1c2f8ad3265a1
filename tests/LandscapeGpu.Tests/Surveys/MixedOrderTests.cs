namespace LandscapeGpu.Tests.Surveys;

/// <summary>Minima where derivatives vanish in several orders along several directions: Newton's steps shrink by another share along each.</summary>
public sealed class MixedOrderTests
{
    private static readonly Dictionary<string, (int Dimension, Func<Vector, Real> Formula)> Formulas = new()
    {
        ["(x + y)⁴ + (x − y)² + z⁶"] = (3, x => Square(Square(x[0] + x[1])) + Square(x[0] - x[1]) + Pow(x[2], 6)),
        ["x⁴ + y⁶ + z⁸"] = (3, x => Pow(x[0], 4) + Pow(x[1], 6) + Pow(x[2], 8)),
        ["x⁶ + 100y⁴ + z²"] = (3, x => Pow(x[0], 6) + (100 * Pow(x[1], 4)) + Square(x[2])),
    };

    public static TheoryData<string, bool, double> Cases()
    {
        var cases = new TheoryData<string, bool, double>();
        foreach (var name in Formulas.Keys)
        {
            cases.Add(name, false, 1);
            cases.Add(name, true, 1);
            cases.Add(name, false, 1e-12);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_restart_is_lost_on_the_way_to_one(string name, bool isDouble, double factor)
    {
        var (d, formula) = Formulas[name];
        var objective = Objective.Define(name, d, x => factor * formula(x)) with { Region = Region.Box(d, -1, 1) };
        var found = Survey.Run(objective, new() { Restarts = 100, Descent = new() { IsDouble = isDouble } });
        Assert.Equal(100, Assert.Single(found.AllMinima).Count);
        Assert.All(found.AllMinima.First().Point, x => Assert.Equal(0, x, 1e-4));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    public void Endpoints_about_a_minimum_of_fourth_order_are_one_isolated_minimum(int d)
    {
        // Powell's singular function, as many times as there is room: where the value does not show the rise endpoints lie apart, joined by level ways, and are no floor for that.
        var objective = Objective.Define("singular", d, x => Sum(d / 4, i =>
            Square(x[4 * i] + (10 * x[(4 * i) + 1])) + (5 * Square(x[(4 * i) + 2] - x[(4 * i) + 3])) + Pow(x[(4 * i) + 1] - (2 * x[(4 * i) + 2]), 4) + (10 * Pow(x[4 * i] - x[(4 * i) + 3], 4)))) with
        {
            Region = Region.Box(d, -2, 2),
        };
        var found = Survey.Run(objective, new() { Restarts = 12 });

        Assert.True(Assert.Single(found.Minima).RisesAllRound);
        Assert.Equal((12, d / 2), (found.Minima[0].Count, found.Minima[0].FlatDirections));
    }
}
