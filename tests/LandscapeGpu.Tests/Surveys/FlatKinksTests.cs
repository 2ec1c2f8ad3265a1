using LandscapeGpu.Pathways;
using LandscapeGpu.Reporting;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Sets of minima along kinks, and between them.</summary>
public class FlatKinksTests
{
    public static TheoryData<string, double, double> Floors => Rows.Each(Floor.Keys, (1.0, 1.0), (1e8, 1e-6), (1e-8, 1e3));

    private static Dictionary<string, Func<Real, Real>> Floor { get; } = new()
    {
        ["even median"] = x => Abs(x - 3) + Abs(x - 3.5),
        ["narrow"] = x => Abs(x - 1) + Abs(x - 1.01),
        ["weights that tie"] = x => (2 * Abs(x - 1)) + Abs(x - 2) + Abs(x - 4),
        ["hinges"] = x => Max(0, x - 3.5) + Max(0, 3 - x),
        ["squared hinges"] = x => Square(Max(0, x - 3.5)) + Square(Max(0, 3 - x)),
    };

    [Theory]
    [MemberData(nameof(Floors))]
    public void Between_two_kinks_a_level_piece_is_a_flat_family_wherever_starts_come_from(string floor, double factor, double unit)
    {
        var free = Objective.Define(floor, 1, x => factor * Floor[floor](x[0] / unit)) with { Region = Region.WholeSpace, Starts = new Gaussian(3 * unit) };
        foreach (var objective in (Objective[])[free, free with { Region = Region.Box([-5 * unit], [5 * unit]), Starts = null }, free with { Region = Region.Box([-50 * unit], [60 * unit]), Starts = null }])
        {
            var found = Assert.Single(Survey.Run(objective, new() { Restarts = 100 }).AllMinima);
            Assert.Equal((true, 1, 100), (found.IsFlatFamily, found.FlatDirections, found.Count));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(20)]
    public void A_zero_of_a_high_order_is_no_level_piece(int order)
    {
        var power = Objective.Define("power", 1, x => Pow(x[0] - 1, order) + 7) with { Region = Region.Box(1, -5, 5) };
        Assert.Equal((false, true), Assert.Single(Survey.Run(power, new() { Restarts = 100 }).AllMinima) is var m ? (m.IsFlatFamily, m.RisesAllRound) : default);
    }

    public static TheoryData<string, double, double> Valleys => Rows.Each(Valley.Keys, (1.0, 1.0), (1e8, 1e-6));

    private static Dictionary<string, (int Dimension, int Families, Func<Real[], Real> Value)> Valley { get; } = new()
    {
        ["of degree one"] = (2, 1, x => Max(Abs(x[0]), Abs(x[1])) - (0.5 * Abs(x[0] - x[1]))),
        ["line"] = (2, 1, x => Abs(x[0] + x[1])),
        ["tie"] = (2, 1, x => Max(x[0] - x[1], x[1] - x[0])),
        ["rank one"] = (2, 2, x => Abs((x[0] * x[1]) - 1)),
        ["rank one with two data"] = (3, 2, x => Abs((x[0] * x[1]) - 1) + Abs((x[0] * x[2]) - 0.5)),
        ["circle"] = (2, 1, x => Abs(Square(x[0]) + Square(x[1]) - 1)),
        ["axes"] = (2, 1, x => Abs(x[0]) * Abs(x[1])),
        ["median in one of two"] = (2, 1, x => Abs(x[0] - 0.5) + Abs(x[0] - 1) + Abs(x[1] - 1)),
        ["bent within a crease"] = (3, 1, x => Abs(x[0] + x[1]) + Square(x[2] - (x[0] * x[1]))),
        ["bent along a crease"] = (3, 1, x => Abs(x[0] + x[1]) + Square(x[2] - Square(x[0]))),
        ["total variation"] = (3, 1, x => Abs(x[0] - x[1]) + Abs(x[1] - x[2]) + Abs(x[0] - 0.5) + Abs(x[2] - 1)),
    };

    [Theory]
    [MemberData(nameof(Valleys))]
    public void Level_ground_along_a_kink_is_a_flat_family_and_no_place_of_it_is_said_to_be_missing(string valley, double factor, double unit)
    {
        var (d, families, value) = Valley[valley];
        var objective = Objective.Define(valley, d, x => factor * value([.. Enumerable.Range(0, d).Select(i => x[i] / unit)])) with { Region = Region.Box(d, -2 * unit, 2 * unit) };
        var found = Survey.Run(objective, new() { Restarts = 150 });
        Assert.Equal(families, found.AllMinima.Count());
        Assert.All(found.AllMinima, m => Assert.True(m.IsFlatFamily));
        Assert.DoesNotContain(found.Warnings, w => w.Code == Warning.Jumps);
        Assert.Contains($"0 isolated, and {families} flat famil", SurveyText.Report(found), StringComparison.Ordinal);
    }

    /// <summary>Medians of seven points on a diagonal by two centres: one at 2 leaves the other level between 14 and 16, and better off beyond both.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e8, 1e-6)]
    [InlineData(1e-8, 1e3)]
    public void Level_ground_along_a_kink_that_leads_on_downhill_is_no_minimum(double factor, double unit)
    {
        double[] data = [0, 1, 2, 7, 8, 9, 20];
        var medians = Objective.Define("medians", 2, x => factor * data.Select(v => Min(Abs((x[0] / unit) - v), Abs((x[1] / unit) - v))).Aggregate((a, b) => a + b)) with { Region = Region.Box(2, -5 * unit, 25 * unit) };

        var found = Survey.Run(medians, new() { Restarts = 2000 }).AllMinima;

        Assert.Equal([16, 16, 21, 21], found.Select(m => Math.Round(m.Value / factor, 6)));
        Assert.All(found, m => Assert.Equal(1, m.FlatDirections));
    }

    [Fact]
    public void As_many_places_along_a_crease_that_bends_as_a_default_run_has_are_one_family()
    {
        var circle = Objective.Define("circle", 2, x => Abs(Square(x[0]) + Square(x[1]) - 1)) with { Region = Region.Box(2, -2, 2) };
        Assert.Equal(10_000, Assert.Single(Survey.Run(circle, new() { Restarts = 10_000 }).AllMinima).Count);
    }

    [Fact]
    public void A_minimum_at_a_kink_that_sides_hold_as_well_is_isolated_where_f_rises_all_round()
    {
        var corner = Objective.Define("corner", 2, x => Abs(x[0] - 2) + Abs(x[1] + 2) + (0.5 * Abs(x[0] + x[1]))) with { Region = Region.Box(2, -2, 2) };
        Assert.False(Assert.Single(Survey.Run(corner, new() { Restarts = 100 }).AllMinima).IsFlatFamily);
        var quartic = Objective.Define("quartic", 2, x => Abs(x[0]) + Pow(x[1] + 2, 4) + 5) with { Region = Region.Box(2, -2, 2) };
        Assert.InRange(Assert.Single(Survey.Run(quartic, new() { Restarts = 100 }).AllMinima).Value, 5, 5 + 1e-9);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e8, 1e-6)]
    public void Beside_a_cusp_the_point_is_the_number_where_f_is_lowest(double factor, double unit)
    {
        var cusps = Objective.Define("cusps", 2, x => factor * (Pow(Abs((x[0] / unit) - 5), 0.3) + Pow(Abs(x[1] / unit), 0.3))) with { Region = Region.Box([0, -unit], [5 * unit, unit]) };
        var root = Objective.Define("root", 2, x => factor * (Sqrt(x[0] / unit) + Abs((x[1] / unit) - 1))) with { Region = Region.Box(2, 0, 10 * unit) };
        // 0.3 of these units is no number a double has: the value is known no better than what the last digit does to it.
        var between = Objective.Define("between", 2, x => factor * (Pow(Abs((x[0] / unit) - 0.3), 0.3) + Sqrt(Abs((x[1] / unit) - 0.7)))) with { Region = Region.Box(2, -unit, unit) };
        Assert.All((Objective[])[cusps, root, between], o => Assert.Equal(0, Assert.Single(Survey.Run(o, new() { Restarts = 200 }).AllMinima).ShownValue));
    }

    [Fact]
    public void Hops_that_end_at_kinks_are_no_reason_to_hop_more()
    {
        var kinks = Objective.Define("kinks", 2, x => Abs(x[0] - 1) + Abs(x[1]) + Sin(3 * x[0])) with { Region = Region.Box(2, -5, 5) };
        var message = Assert.Throws<NothingFoundException>(() => BasinHopping.Run(kinks, new() { Chains = 4, Hops = 3 })).Message;
        Assert.Contains("at kinks", message, StringComparison.Ordinal);
        Assert.DoesNotContain("more chains or hops", message, StringComparison.Ordinal);
        var beside = Objective.Define("beside", 1, x => Min(Square(x[0] - 1), 0.5 + Square(x[0] + 2)) + (0.5 * Abs(x[0] - 0.9))) with { Region = Region.Box(1, -5, 5) };
        Assert.Contains("may be lower minima", HoppingText.Report(BasinHopping.Run(beside, new() { Chains = 4, Hops = 20 })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "one of the 2 minima of the lowest value")]
    [InlineData(0.1, "came to the lowest minimum")]
    public void Chains_come_to_the_lowest_minimum_only_where_there_is_one(double tilt, string said)
    {
        var wells = Objective.Define("wells", 1, x => Square(Square(x[0]) - 1) + (tilt * x[0])) with { Region = Region.Box(1, -2, 2) };
        Assert.Contains(said, HoppingText.Report(BasinHopping.Run(wells, new() { Chains = 4, Hops = 20 })), StringComparison.Ordinal);
    }
}
