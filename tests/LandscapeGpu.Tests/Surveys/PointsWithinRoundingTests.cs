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

    public static TheoryData<string, string, bool> Cases() => Rows.Each(Formulas.Keys, ("lanes", false), ("lanes", true), ("reference", false), ("reference", true));

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

    [Theory]
    [InlineData("lanes")]
    [InlineData("reference")]
    public void Ends_along_a_valley_that_bends_come_to_the_minimum_in_it(string device)
    {
        // Powell's badly scaled function: curvatures of 2e10 and 2e-8, and bounds of the slope's rounding that are larger than the slope along the valley.
        var objective = Objective.Define("Powell", 2, x => Square((1e4 * x[0] * x[1]) - 1) + Square(Exp(-x[0]) + Exp(-x[1]) - 1.0001)) with { Region = Region.Box(2, 0, 10) };
        var found = Survey.Run(objective, new() { Restarts = 600, Descent = new() { IsDouble = true }, Device = device });
        Assert.Equal(2, found.Minima.Count);
        Assert.All(found.Minima, m => Assert.Equal(9.106146739866, m.Point.Max(), 1e-9));
        Assert.All(found.Minima, m => Assert.Equal(1.09815932970e-5, m.Point.Min(), 1e-15));
    }

    [Fact]
    public void Corners_where_a_curvature_is_infinite_are_of_one_kind_whatever_rounding_leaves_of_their_zeros()
    {
        var entropy = Objective.Define("entropy", 3, x => -Sum(3, i => x[i] * Log(x[i]))) with { Region = Region.Simplex(3) };
        foreach (var isDouble in new[] { false, true })
        {
            var found = Survey.Run(entropy, new() { Restarts = 60, Descent = new() { IsDouble = isDouble } });
            Assert.Equal(3, found.Minima.Count);
            Assert.All(found.Minima, m => Assert.Equal(StationaryKind.SingularMinimum, m.Kind));
        }
    }

    [Fact]
    public void A_value_that_is_extrapolated_is_shown_as_zero_where_that_is_all_that_is_known()
    {
        var found = Survey.Run(Objective.Define("x² log x²", 1, x => -Square(x[0]) * Log(Square(x[0]))) with { Region = Region.Box(1, -0.3, 0.3) }, new() { Restarts = 50 });
        Assert.Equal(0, Assert.Single(found.AllMinima).ShownValue);
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
