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

    public static TheoryData<string, bool, double> Cases() => Rows.Each(Formulas.Keys, (false, 1), (true, 1), (false, 1e-12));

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

    // Sums of wₖ·(aₖ·x)^pₖ are convex, and 0 at a point or along a floor: whatever is listed besides is none.
    private static readonly Dictionary<string, (int Dimension, bool IsBox, Func<Vector, Real> Formula)> Single = new()
    {
        ["five orders in three coordinates"] = (3, false, x => Pow((2.4 * x[0]) - (0.5 * (x[1] - 0.12)) + (1.2 * (x[2] + 0.04)), 10) + Square(0.4 * (x[1] - 0.12))
            + Pow((0.1 * x[0]) - (1.4 * (x[1] - 0.12)) - (0.5 * (x[2] + 0.04)), 8) + (10 * Pow(x[1] - 0.12, 4)) + Pow(0.1 * (x[1] - 0.12), 6)),
        ["a floor that is all rounding"] = (2, false, x => Pow((2.9 * (x[0] - 0.2)) + (0.7 * x[1]), 6)),
        ["a floor beside three orders"] = (4, true, x => Square(0.3 * x[3]) + Pow((0.5 * (x[1] - 0.24)) + (0.8 * x[3]), 10) + Pow((1.1 * (x[0] - 0.14)) - (0.6 * x[3]), 8) + (0 * x[2])),
        ["a product of powers beside a bowl"] = (3, true, x => (Pow(x[0] - 0.06, 6) * Pow(x[1] + 0.39, 6)) + Square(x[2] - 0.3)),
        ["two products of powers that cross"] = (2, true, x => (Pow(x[0] - 0.34 + (0.77 * (x[1] - 0.34)), 4) * Pow(x[0] - 0.34 - (0.77 * (x[1] - 0.34)), 4)) + Pow(x[1] - 0.34, 8) + 7),
    };

    public static TheoryData<string, bool> Alone() => Rows.Each(Single.Keys, false, true);

    [Theory]
    [MemberData(nameof(Alone))]
    public void No_tail_saddle_or_second_minimum_is_seen_beside_one_that_vanishes_in_several_orders(string name, bool isDouble)
    {
        var (d, isBox, formula) = Single[name];
        var objective = Objective.Define(name, d, x => formula(x));
        var found = Survey.Run(isBox ? objective with { Region = Region.Box(d, -2, 2) } : objective, new() { Restarts = 100, Descent = new() { IsDouble = isDouble } });
        Assert.Equal(100, Assert.Single(found.AllMinima).Count);
        Assert.Empty(found.Stationary);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e-6, 1e9)]
    [InlineData(1e4, 1e-12)]
    public void An_inflection_whose_curvature_polish_stops_beside_is_a_degenerate_saddle(double unit, double factor)
    {
        foreach (var formula in (Func<Real, Real>[])[t => Log(1 + Square(2 * t)) * Sin(2 * t), t => Square(t) * Tanh(t), t => (1 - Cos(t)) * Sin(3 * t), t => Pow(t, 3) * Exp(-t)])
        {
            var found = Survey.Run(Objective.Define("inflection", 1, x => factor * formula(x[0] / unit)) with { Region = Region.Box(1, -3 * unit, 3 * unit) }, new() { Restarts = 400 });

            Assert.DoesNotContain(found.AllMinima, m => Math.Abs(m.Point[0]) < 1e-3 * unit);
            Assert.All(found.Stationary, p => Assert.Equal(StationaryKind.DegenerateSaddle, p.Kind));
        }
    }
}
