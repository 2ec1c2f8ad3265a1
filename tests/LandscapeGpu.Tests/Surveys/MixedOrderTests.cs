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
}
