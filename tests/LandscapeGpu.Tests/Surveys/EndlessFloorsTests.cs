namespace LandscapeGpu.Tests.Surveys;

/// <summary>Floors on the whole space, along which walls grow steeper or less steep without an end.</summary>
public sealed class EndlessFloorsTests
{
    private static readonly Dictionary<string, (int D, int Families, Func<Vector, Real> Formula)> Floors = new()
    {
        ["a plane between walls that grow"] = (2, 1, x => Square(x[0]) * (1 + Square(x[1]))),
        ["the same above 0"] = (2, 1, x => (Square(x[0]) * (1 + Square(x[1]))) + 1),
        ["walls that come and go"] = (2, 1, x => Square(x[0] - 0.3) * (2 + Sin(x[1]))),
        ["two planes of two dimensions"] = (3, 2, x => Square(Square(x[0]) - 0.3) * (1 + Square(x[1] - 0.2) + Square(x[2]))),
        ["a line that leans, beside a bowl"] = (4, 1, x => (Square(x[0] - x[1]) * (1 + Square(x[2]))) + Square(x[3] - 1)),
        ["two planes that meet"] = (2, 1, x => Square(x[0] + x[1] - 1) * Square(x[0] - x[1])),
        ["a ring between walls that grow"] = (2, 1, x => Square(1 - Square(x[0]) - Square(x[1])) * (1 + Square(x[0]))),
        ["a floor beside which three derivatives vanish"] = (2, 1, x => Pow(x[0], 4) * (1 + Square(x[1]))),
        ["the same of one dimension in three"] = (3, 1, x => Square(Square(x[0]) + Square(x[1])) * (1 + Square(x[2]))),
    };

    public static TheoryData<string, double, double, bool> InAllUnits => Rows.Each(Floors.Keys, (1, 1, false), (1, 1, true), (1e-9, 1e12, false));

    [Theory]
    [MemberData(nameof(InAllUnits))]
    public void No_restart_is_lost_beside_a_floor_without_an_end(string name, double unit, double factor, bool isDouble)
    {
        var (d, families, formula) = Floors[name];
        var result = Survey.Run(InUnits.Define(name, d, formula, unit, factor), new() { Restarts = 200, Descent = new() { IsDouble = isDouble } });
        Assert.Equal(families, result.Minima.Count);
        Assert.All(result.Minima, m => Assert.True(m.IsFlatFamily));
        Assert.Equal(200, result.Minima.Sum(m => m.Count));
    }
}
