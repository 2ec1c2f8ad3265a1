namespace LandscapeGpu.Tests.Surveys;

/// <summary>Tails on the whole space that are as curved as they are steep: no floor of theirs is flat, and a Gaussian's are short.</summary>
public sealed class EndlessTailsTests
{
    private static readonly Dictionary<string, (int D, int Minima, Func<Vector, Real> Formula)> Tails = new()
    {
        ["an exponential"] = (1, 0, x => Exp(-x[0])),
        ["one that levels at another value"] = (1, 0, x => 1e3 + Exp(-x[0])),
        ["a hill"] = (2, 0, x => Exp(-Square(x[0]) - Square(x[1]))),
        ["a hill beside a well"] = (2, 1, x => x[0] * Exp(-Square(x[0]) - Square(x[1]))),
        ["an exponential beside a well"] = (1, 1, x => x[0] * Exp(-Abs(x[0]))),
        ["an exponential's valley"] = (2, 0, x => Exp(-x[0]) + Square(x[1])),
    };

    public static TheoryData<string, double, double, bool> InAllUnits => Rows.Each(Tails.Keys, (1, 1, false), (1, 1, true), (1e-9, 1e12, false), (1e6, 1e-12, true));

    [Theory]
    [MemberData(nameof(InAllUnits))]
    public void Restarts_on_a_tail_run_to_infinity_and_the_others_find_the_well(string name, double unit, double factor, bool isDouble)
    {
        var (d, minima, formula) = Tails[name];
        var result = Survey.Run(InUnits.Define(name, d, formula, unit, factor), new() { Restarts = 200, Descent = new() { IsDouble = isDouble } });
        Assert.Equal(minima, result.Minima.Count);
        var tails = result.Stationary.Where(p => p.Kind is StationaryKind.Tail or StationaryKind.FallingValley).Sum(p => p.Count);
        // One that comes down a ridge between the well and the tail may stop there.
        Assert.InRange(result.Endless + tails + result.Minima.Sum(m => m.Count), 196, 200);
    }

    [Fact]
    public void A_bowl_that_is_far_from_where_descent_stopped_is_no_tail()
    {
        // Slow descent along a shallow floor ends with a short gradient a hundred times farther from the minimum than the walls are apart.
        var bowl = Objective.Define("a shallow floor", 2, x => Square(x[0]) + (1e-7 * Square(x[1] - 1000)));
        var result = Survey.Run(bowl, new() { Restarts = 100 });
        Assert.Single(result.Minima);
        Assert.Equal(0, result.Endless);
    }
}
