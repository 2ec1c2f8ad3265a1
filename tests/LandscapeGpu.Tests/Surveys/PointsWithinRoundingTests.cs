namespace LandscapeGpu.Tests.Surveys;

/// <summary>Where rounding tells nothing apart there is one point, however far apart walks end; where a barrier can be seen there are two.</summary>
public sealed class PointsWithinRoundingTests
{
    private static readonly Dictionary<string, (int Dimension, double Half, Func<Vector, Real> Formula)> Formulas = new()
    {
        ["a quotient that loses its slope, beside a stiff square"] = (2, 2e-6, x => (x[0] / Tanh(x[0])) + Square(1e6 * x[1])),
        ["large squares that cancel"] = (1, 2, x => Square(1e12 + x[0]) - (2e12 * x[0]) - 1e24),
        ["the same in two coordinates, one of them stiff"] = (2, 2, x => Square(1e12 + x[0]) - (2e12 * x[0]) - 1e24 + Square(100 * x[1])),
    };

    public static TheoryData<string, string, bool> Cases()
    {
        var cases = new TheoryData<string, string, bool>();
        foreach (var name in Formulas.Keys)
        {
            foreach (var device in new[] { "lanes", "reference" })
            {
                cases.Add(name, device, false);
                cases.Add(name, device, true);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_minimum_whose_place_rounding_hides_is_one_row(string name, string device, bool isDouble)
    {
        var (d, half, formula) = Formulas[name];
        var objective = Objective.Define(name, d, formula) with { Region = Region.Box(d, -half, half) };
        var found = Survey.Run(objective, new() { Restarts = 150, Descent = new() { IsDouble = isDouble }, Device = device });
        Assert.Equal(StationaryKind.Minimum, Assert.Single(found.AllMinima).Kind);
        Assert.Empty(found.Stationary);
    }

    [Fact]
    public void Two_that_have_a_barrier_between_them_are_two_though_their_places_are_vague()
    {
        // Wells of one value at ±1, with a slope that is known to 2e-4.
        var objective = Objective.Define("wells", 1, x => Square(1e12 + x[0]) - (2e12 * x[0]) - 1e24 + (5 * Square(Square(x[0]) - 1))) with { Region = Region.Box(1, -2, 2) };
        var found = Survey.Run(objective, new() { Restarts = 100 });
        Assert.Equal(2, found.Minima.Count);
        Assert.Equal(100, found.Minima.Sum(m => m.Count));
    }

    [Fact]
    public void A_curvature_that_is_another_where_the_point_may_be_as_well_makes_no_saddle()
    {
        // f = 1 + (xy)²/6 + …: beside the axes it curves down along one direction, and they are as near as rounding lets anybody know.
        var objective = Objective.Define("xy/sin xy", 2, x => x[0] * x[1] / Sin(x[0] * x[1])) with { Region = Region.Box(2, -1, 1) };
        foreach (var isDouble in new[] { false, true })
        {
            var found = Survey.Run(objective, new() { Restarts = 500, Seed = 5, Descent = new() { IsDouble = isDouble } });
            Assert.Single(found.AllMinima);
            Assert.Empty(found.Stationary);
        }
    }
}
