using LandscapeGpu.Expressions;
using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.Tests.Valleys;

/// <summary>A floor is level only if a walk along it, as it bends, finds no fall: in any units.</summary>
public class FloorWalkTests
{
    private static readonly (double S, double F)[] Units = [(1, 1), (1e-6, 1e12), (1e6, 1e-12), (3.7, 1e9)];

    /// <summary>Families by name and unit.</summary>
    public static TheoryData<string, int> Falling => Each(["parabola 1e-10", "1 + parabola 1e-10", "ring", "1 + ring", "hyperbola"]);

    public static TheoryData<string, int> Plateaus => Each(["step beyond", "plateau with an end", "Dixon and Price"]);

    public static TheoryData<string, int> Level => Each(["parabola", "ring", "1 + ring", "x⁴(1 + y²)"]);

    [Theory]
    [MemberData(nameof(Falling))]
    public void Every_restart_on_a_floor_of_slight_slope_comes_to_where_it_ends(string name, int units)
    {
        var (f, width, minimum, value) = name switch
        {
            "parabola 1e-10" => ((Func<Real, Real, Real>)((x, y) => Square(y - Square(x)) + (1e-10 * x)), 5.0, new[] { -5.0, 25 }, -5e-10),
            "1 + parabola 1e-10" => ((x, y) => 1 + Square(y - Square(x)) + (1e-10 * x), 5, [-5.0, 25], 1 - 5e-10),
            "ring" => ((x, y) => Square(Square(x) + Square(y) - 1) + (1e-9 * x), 2, [-1.0, 0], -1e-9),
            "1 + ring" => ((x, y) => 1 + Square(Square(x) + Square(y) - 1) + (1e-9 * x), 2, [-1.0, 0], 1 - 1e-9),
            _ => ((x, y) => Square((1e5 * (x + 2) * (y + 2)) - 1) + (1 / (3 + y)), 2.0, [-2 + (1e-5 / 4), 2.0], 0.2),
        };
        var height = name.Contains("parabola", StringComparison.Ordinal) ? 30 : width;
        var result = Run(2, units, p => f(p[0], p[1]), [-width, -height], [width, height], out var s, out var factor);

        var found = Assert.Single(result.AllMinima);
        Assert.Equal(result.Restarts, found.Count);
        Assert.True(found.FlatDirections == 0 && found.Kind is StationaryKind.Minimum or StationaryKind.BoundaryMinimum);
        // To where the slope along the floor is rounding of a value of 1.
        Assert.All(found.Point.Zip(minimum), c => Assert.Equal(c.Second, c.First / s, 1e-3));
        Assert.Equal(value, found.Value / factor, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Plateaus))]
    public void A_plateau_or_a_bent_floor_from_whose_end_the_value_falls_is_a_degenerate_saddle(string name, int units)
    {
        var result = name switch
        {
            "step beyond" => Run(1, units, p => Square(Tanh(p[0] - 40) - 0.5), null, null, out _, out _),
            "plateau with an end" => Run(2, units, p => Square(p[1] - (0.1 * Square(p[0]))) + Square(Max(p[0] - 1, 0)) - Square(Max(-1 - p[0], 0)), [-3, -3], [3, 3], out _, out _),
            // Of value 2/3 where all but the first are 0: beyond 1/2 the last, and all with it, lead down to 0.
            _ => Run(30, units, p => Square(p[0] - 1) + Enumerable.Range(1, 29).Select(i => (i + 1) * Square((2 * Square(p[i])) - p[i - 1])).Aggregate((a, b) => a + b), [.. Enumerable.Repeat(-10.0, 30)], [.. Enumerable.Repeat(10.0, 30)], out _, out _),
        };

        Assert.DoesNotContain(result.AllMinima, m => m.FlatDirections > 0);
        Assert.Equal(StationaryKind.DegenerateSaddle, Assert.Single(result.Stationary).Kind);
    }

    [Theory]
    [MemberData(nameof(Level))]
    public void A_level_floor_is_one_flat_family_with_every_restart(string name, int units)
    {
        double[]? low = name.StartsWith('x') ? null : [-2, -5], high = name.StartsWith('x') ? null : [2, 5];
        foreach (var isDouble in new[] { false, true })
        {
            var result = Run(2, units, p => name switch
            {
                "parabola" => Square(p[1] - Square(p[0])),
                "ring" => Square(Square(p[0]) + Square(p[1]) - 1),
                "1 + ring" => 1 + Square(Square(p[0]) + Square(p[1]) - 1),
                _ => Pow(p[0], 4) * (1 + Square(p[1])),
            }, low, high, out _, out _, isDouble, restarts: 200);

            var family = Assert.Single(result.AllMinima);
            Assert.Equal(StationaryKind.DegenerateMinimum, family.Kind);
            Assert.Equal(result.Restarts, family.Count);
        }
    }

    /// <summary>Values of level floors of piecewise squares, and whether f falls from where they end: in two coordinates by a flood of a grid; of networks in four the kinds only have to be the same in all units.</summary>
    private static readonly Dictionary<string, (int Dimension, Func<Real[], Real> Formula, double Half, (double Value, bool IsMinimum)[] Floors)> Pieces = new()
    {
        ["pools of three"] = (2, p => Square(Max(Max((0.5 * p[0]) + p[1], p[1] - p[0]), 0.2 * p[0]) - 0.5) + Square(Max(Max(-p[0], 0.3 * p[1]), 0.1) - 0.7), 2, [(0.36, false), (0.37, false), (0.39384615, false)]),
        ["a pool and an edge"] = (2, p => Square(Max(-0.8 * p[1], Max((-0.4 * p[0]) + (0.2 * p[1]) - 1, 0.6 * p[1])) - 0.7) + Square(Max((0.5 * p[0]) - (0.8 * p[1]) + 0.8, -0.5 * p[1]) + 0.2), 2, [(0.29224719, true), (0.08672131, false)]),
        ["two units"] = (4, p => Network(p, [-1.6, -0.9, 0.4, 0.8, 1.2], [0.6, 0, 1.3, 0, 1.8]), 3, [(1.6016667, true), (2.05, true), (1.87, true), (1.9616667, false), (1.9780991, false), (2.23, false), (4.93, false), (5.29, false)]),
        ["two units that are one"] = (4, p => Network(p, [-1.7, -1.5, -0.1, 0.3, 1, 1.2], [0.8, 0.4, 1, 1.8, 0.8, 1.2]), 3, [(0.78921348, true), (0.81492958, false), (5.04, false), (6.32, false), (7.12, false)]),
    };

    /// <summary>Shown at the corner, where two floors meet, each of which is seen from one side of a crease only.</summary>
    private static readonly Dictionary<string, (Func<Real, Real, Real> Formula, bool IsMinimum)> Corners = new()
    {
        ["a floor round a corner"] = ((x, y) => Square(Max(x, y) - 0.2) - (0.1 * Square(Max(-1 - x, 0))), false),
        ["a floor round a corner at 0"] = ((x, y) => Square(Max(x, y)) - (0.1 * Square(Max(-1 - x, 0))), false),
        ["a quadrant with an end"] = ((x, y) => Square(Max(x - 1, 0)) + Square(Max(y, 0)) - (0.01 * Square(Max(-1.5 - x, 0))), false),
        ["a level corner"] = ((x, y) => Square(Max(x, y) - 0.2), true),
        ["a level quadrant"] = ((x, y) => Square(Max(x - 1, 0)) + Square(Max(y, 0)), true),
    };

    public static TheoryData<string, double, double, double, double> CornersInUnits
    {
        get
        {
            var data = new TheoryData<string, double, double, double, double>();
            foreach (var name in Corners.Keys)
            {
                data.Add(name, 1, 1, 1, 0);
                data.Add(name, 1e-3, 1, 1, 0);
                data.Add(name, 1e8, 1, 1, 0);
                data.Add(name, 1, 1e-6, 1, 0);
                data.Add(name, 3.7, 3, 0.7, 0.3);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(CornersInUnits))]
    public void Floors_that_meet_at_a_corner_are_a_minimum_only_if_nothing_falls_from_the_end_of_either(string name, double factor, double first, double second, double shift)
    {
        var (formula, isMinimum) = Corners[name];
        double[] units = [first, second];
        var objective = Objective.Define(name, 2, x => factor * formula((x[0] / first) - shift, (x[1] / second) - shift)) with { Region = Region.Box([.. units.Select(s => s * (shift - 3))], [.. units.Select(s => s * (shift + 3))]) };
        var found = Survey.Run(objective, new() { Restarts = 100 });

        if (isMinimum)
        {
            Assert.Equal(100, Assert.Single(found.AllMinima).Count);
            Assert.Empty(found.Stationary);
        }
        else
        {
            // Beyond −1 and −1.5 f falls to the side at −3.
            Assert.All(found.AllMinima, m => Assert.Equal(-3, (m.Point[0] / first) - shift, 1e-9));
            Assert.Single(found.AllMinima);
            Assert.All(found.Stationary, p => Assert.Equal(StationaryKind.DegenerateSaddle, p.Kind));
        }
    }

    public static TheoryData<string, double, double, double, double> PiecesInUnits
    {
        get
        {
            var data = new TheoryData<string, double, double, double, double>();
            foreach (var (name, row) in Pieces.Keys.Select((name, row) => (name, row)))
            {
                foreach (var (factor, first, second, shift) in LongTests.Slice<(double, double, double, double)>([(1, 1, 1, 0), (1e8, 1, 1, 0), (1e-12, 1, 1, 0), (1, 1e-6, 1, 0), (1, 1, 1e6, 0), (3.7, 3, 0.7, 0.3)], row, 2))
                {
                    data.Add(name, factor, first, second, shift);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(PiecesInUnits))]
    public void A_level_floor_between_creases_is_a_minimum_only_if_nothing_falls_from_where_it_ends(string name, double factor, double first, double second, double shift)
    {
        var (d, formula, half, floors) = Pieces[name];
        double[] units = [first, second, .. Enumerable.Repeat(1.0, d - 2)];
        var objective = Objective.Define(name, d, x => factor * formula([.. Enumerable.Range(0, d).Select(i => (x[i] / units[i]) - shift)])) with { Region = Region.Box([.. units.Select(s => s * (shift - half))], [.. units.Select(s => s * (shift + half))]) };
        var found = Survey.Run(objective, new() { Restarts = 200 });

        var level = found.AllMinima.Concat(found.Stationary).Where(p => p.FlatDirections > 0).ToList();
        // To the digits that are written here.
        Assert.All(level, p => Assert.Equal(floors.Single(f => Math.Abs(f.Value - (p.Value / factor)) < 1e-6).IsMinimum ? StationaryKind.DegenerateMinimum : StationaryKind.DegenerateSaddle, p.Kind));
        Assert.Contains(level, p => Math.Abs((p.Value / factor) - floors[0].Value) < 1e-6);
    }

    private static Real Network(Real[] w, double[] at, double[] target) => at.Zip(target, (t, y) => Square(Max((w[0] * t) + w[1], 0) + Max((w[2] * t) + w[3], 0) - y)).Aggregate((a, b) => a + b);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Restarts_on_a_floor_that_falls_for_ever_run_to_infinity(int units)
    {
        var result = Run(2, units, p => Square(1 - (p[0] * p[1])) + Square(p[0]), null, null, out _, out _);
        Assert.Empty(result.AllMinima);
        Assert.Empty(result.Stationary);
        Assert.Equal(result.Restarts, result.Endless);
    }

    /// <summary>In a box far from the origin, whose digits tell less of a coordinate, nothing is measured by how far that is.</summary>
    [Fact]
    public void From_beside_a_saddle_nothing_runs_to_infinity_however_far_away_the_minima_are()
    {
        // Units are those of the starts: the minima at ±1 are a billion of them away, and the value falls ever faster on the way.
        var well = Objective.Define("two wells", 2, x => Square(Square(x[0]) - 1) + Square(x[1])) with { Starts = new Gaussian(3e-9) };
        var found = Survey.Run(well, new() { Restarts = 100, Descent = new() { Rule = new GradientDescent { Step = 0.02 } } });
        Assert.Equal(0, found.Endless);
    }

    [Fact]
    public void A_minimum_between_plateaus_far_from_the_origin_has_its_curvature()
    {
        var objective = Objective.Define("steps", 1, x => Sum(6, i => Square(0.3 - Tanh(((x[0] - 1e8) / 1e3) - (Real)i)))) with { Region = Region.Box(1, 99998000, 100012000) };
        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 40 }).AllMinima);
        Assert.Equal(StationaryKind.Minimum, minimum.Kind);
        Assert.Equal(2.20267706, minimum.Value, 1e-8);
    }

    private static SurveyResult Run(int d, int units, Func<Real[], Real> f, double[]? low, double[]? high, out double s, out double factor, bool isDouble = false, int restarts = 40)
    {
        var ((length, size), region) = (Units[units], (Region?)null);
        (s, factor) = (length, size);
        var objective = Objective.Define("floor", d, x => size * f([.. Enumerable.Range(0, d).Select(i => x[i] / length)]));
        region = low is null ? null : Region.Box([.. low.Select(e => e * length)], [.. high!.Select(e => e * length)]);
        return Survey.Run(region is null ? objective with { Scale = length } : objective with { Region = region }, new() { Restarts = restarts, Descent = new() { IsDouble = isDouble } });
    }

    private static TheoryData<string, int> Each(IEnumerable<string> names) => Rows.Each(names, Enumerable.Range(0, Units.Length));
}
