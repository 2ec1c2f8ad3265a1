namespace LandscapeGpu.Tests.Surveys;

/// <summary>Minima on the low side of a jump, reached from one side only.</summary>
public class JumpTests
{
    public static TheoryData<bool, string?, double, double> Units => new()
    {
        { false, null, 1, 1 },
        { true, null, 1e12, 1e3 },
        { false, "reference", 1e-12, 1e-6 },
    };

    private static SurveyResult Run(int d, Func<Real[], Real> formula, bool isDouble, string? device, double value, double length) => Survey.Run(
        Objective.Define("jump", d, x => value * (formula([.. Enumerable.Range(0, d).Select(i => (x[i] / length) - 2)]) + 3)) with { Region = Region.Box(d, length, 3 * length) },
        new() { Restarts = 100, Device = device, Descent = new() { IsDouble = isDouble } });

    [Theory]
    [MemberData(nameof(Units))]
    public void What_steps_of_a_descent_pass_over_is_said(bool isDouble, string? device, double value, double length)
    {
        // Down to 0.3, a step up, and down again to the side, which is lower.
        var found = Run(1, x => Select(x[0] > 0.3, 0.2, 0) - x[0], isDouble, device, value, length);

        Assert.Equal(2.2, found.AllMinima.Min(m => m.Value) / value, 1e-6);
        var isListed = found.KinkMinima.Any(m => Math.Abs((m.Point[0] / length) - 2.3) < 1e-6);
        Assert.True(isListed || found.Warnings.Any(w => w.Code == Warning.Jumps && w.Message.Contains("a minimum at a kink or a jump", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void Along_the_edge_of_a_jump_its_lowest_place_is_the_minimum(bool isDouble, string? device, double value, double length)
    {
        var found = Run(2, x => Square(x[1] - 0.2) + Select(x[0] + (0.5 * x[1]) > 0.3, 1, 0) - x[0], isDouble, device, value, length);

        // Where the derivative of −0.3 + y/2 + (y − 0.2)² is 0.
        var edge = Assert.Single(found.KinkMinima);
        Assert.Equal(-0.2625, (edge.Value / value) - 3, 1e-6);
        Assert.All(edge.Point.Zip([0.325, -0.05]), p => Assert.Equal(p.Second, (p.First / length) - 2, 1e-4));
        Assert.InRange(edge.Count, 20, 100);
        Assert.Equal(0, found.BoundaryMinima.Min(m => (m.Value / value) - 3), 1e-6);
    }

    public static TheoryData<string, double, bool, string?> Stairs => InEachUnit("price breaks", "tax bands", "far from 0", "oblique edge");

    public static TheoryData<string, double, bool, string?> Coincidences => InEachUnit("break at the best lot", "lower branch below 1", "far side of a bound");

    private static TheoryData<string, double, bool, string?> InEachUnit(params string[] names)
    {
        var rows = new TheoryData<string, double, bool, string?>();
        foreach (var name in names)
        {
            foreach (var unit in new[] { 1, 1e3, 1e9, 1e-6 })
            {
                rows.Add(name, unit, false, null);
                rows.Add(name, unit, true, null);
                rows.Add(name, unit, false, "reference");
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Stairs))]
    public void Restarts_that_a_jump_stops_are_its_own_in_every_unit_and_precision(string name, double unit, bool isDouble, string? device)
    {
        var (d, low, high, formula, minimum, share) = Stair(name);
        const int Restarts = 400;

        var found = Survey.Run(
            Objective.Define(name, d, x => formula([.. Enumerable.Range(0, d).Select(i => x[i] * unit)])) with { Region = Region.Box(d, low / unit, high / unit) },
            new() { Restarts = Restarts, Device = device, Descent = new() { IsDouble = isDouble } });

        // Within four deviations of the share of starts from which f falls to the jump.
        var held = Assert.Single(found.KinkMinima, m => Math.Abs(m.Value - minimum) < 1e-6);
        Assert.InRange(held.Count, Restarts * (share - (2 / Math.Sqrt(Restarts))), Restarts * (share + (2 / Math.Sqrt(Restarts))));
    }

    [Theory]
    [MemberData(nameof(Coincidences))]
    public void A_place_whose_other_side_is_lower_is_no_minimum_and_a_value_is_that_of_its_place(string name, double unit, bool isDouble, string? device)
    {
        var (low, high, formula, value, place) = Coincidence(name);
        var objective = Objective.Define(name, 1, x => formula(x[0] * unit)) with { Region = Region.Box(1, low / unit, high / unit) };

        var found = Survey.Run(objective, new() { Restarts = 200, Device = device, Descent = new() { IsDouble = isDouble } });

        Assert.All(found.AllMinima, m => Assert.Equal(m.Value, objective.Evaluate([.. m.Point]), 1e-12));
        var lowest = Assert.Single(found.AllMinima, m => m.Kind != StationaryKind.MinimumAtKink);
        Assert.Equal(value, lowest.Value, 1e-9);
        Assert.Equal(place, lowest.Point[0] * unit, 1e-6);
        Assert.Equal(200, found.AllMinima.Sum(m => m.Count));
    }

    private static (double Low, double High, Func<Real, Real> Formula, double Value, double Place) Coincidence(string name) => name switch
    {
        "break at the best lot" => (1, 40, x => Select(x < 10, 5 * x, Select(x < 20, 4.5 * x, 4 * x)) + (500 / x), Math.Sqrt(9000), Math.Sqrt(500 / 4.5)),
        "lower branch below 1" => (-0.3, 4.7, x => Select(x < 1, Sin((0.7 * x) - 2), ((0.5 * x) - 1) * x), -1, (2 - (Math.PI / 2)) / 0.7),
        _ => (-2, 3, x => Select(x < 3, -x, Sin(x)), -3, 3),
    };

    private static (int D, double Low, double High, Func<Real[], Real> Formula, double Minimum, double Share) Stair(string name) => name switch
    {
        "price breaks" => (1, 1, 40, x => Select(x[0] < 10, 5.2 * x[0], Select(x[0] < 20, 4.5 * x[0], 4 * x[0])) + (500 / x[0]), 105, 20.0 / 39),
        "tax bands" => (1, -1, 4, x => Select(x[0] < 1, x[0], Select(x[0] < 2, (0.5 * x[0]) + 0.8, (0.2 * x[0]) + 0.3)), 0.7, 2.0 / 5),
        "far from 0" => (1, -1, 4, x => Select(x[0] + 1000 < 1001.3, 2, 0) + x[0] + (0.1 * Square(x[0])), 1.469, 2.7 / 5),
        // Four deviations are a fifth; all that begin on the low side of the edge slide along it.
        _ => (2, -2, 2, x => Square(x[1] - 0.2) + Select(x[0] + (0.5 * x[1]) > 0.3, 1, 0) - x[0], -0.2625, 0.575),
    };

    [Theory]
    [InlineData(1, false)]
    [InlineData(1e3, true)]
    [InlineData(1e9, false)]
    public void Rules_are_compared_by_where_a_jump_stops_them(double unit, bool isDouble)
    {
        var stair = Objective.Define("stair", 1, x => Stair("price breaks").Formula([unit * x[0]])) with { Region = Region.Box(1, 1 / unit, 40 / unit) };

        var contender = Assert.Single(Comparison.Run(stair, new() { Contenders = [new() { Descent = new() { IsDouble = isDouble } }], Restarts = 200, PlateauStarts = 0 }).Results);

        // Who stands before a jump has arrived, and hangs nowhere.
        Assert.Equal(0, contender.Stuck);
    }

    [Fact]
    public void A_formula_whose_branches_meet_has_nothing_to_say_about_jumps()
    {
        // Huber's loss.
        var huber = Objective.Define("huber", 2, x => Sum(2, i => Select(Abs(x[i] - 0.3) < 0.5, Square(x[i] - 0.3), Abs(x[i] - 0.3) - 0.25))) with { Region = Region.Box(2, -3, 3) };

        var found = Survey.Run(huber, new() { Restarts = 60 });

        Assert.Equal(60, Assert.Single(found.AllMinima).Count);
        Assert.DoesNotContain(found.Warnings, w => w.Code == Warning.Jumps);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(30)]
    public void A_well_before_a_ridge_that_is_narrow_beside_the_way_to_a_lower_place_is_said(double half)
    {
        var ridge = Objective.Define("ridge", 1, x => Max(Log(1 + Exp(0.3 * (x[0] - 2.1))), 1.35 / (1 + Square(2 * x[0])))) with { Region = Region.Box(1, -half, half) };

        var found = Survey.Run(ridge, new() { Restarts = 200 });

        // Where the two meet: restarts come to it, or it is said that their steps pass over it.
        Assert.True(found.KinkMinima.Any(m => Math.Abs(m.Point[0] - 0.65253) < 1e-4) || found.Warnings.Any(w => w.Code == Warning.Jumps && w.ToString().Contains("0.6525", StringComparison.Ordinal)));
    }
}
