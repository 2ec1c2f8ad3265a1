using LandscapeGpu.Descent;
using LandscapeGpu.Reporting;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Where the value falls without bound a survey says so, and nowhere else.</summary>
public sealed class EndlessFallTests
{
    private static readonly double[] Seen = [-1.1, -0.4, 0.3, 1.9, 2.4];

    private static Objective Mixture(double factor, double unit, double least)
    {
        var y = new Data("y", [.. Seen.Select(v => v * unit)]);
        return Objective.Define("mixture", 4, x => -factor * Sum(Seen.Length, k => Log(Part(y[k], x[0], x[2]) + Part(y[k], x[1], x[3])))) with
        {
            Region = Region.Box([-3 * unit, -3 * unit, least * unit, least * unit], [3 * unit, 3 * unit, 3 * unit, 3 * unit]),
        };

        Real Part(Real seen, Real mean, Real deviation) => 0.5 * unit * Exp(-Square((seen - mean) / deviation) / 2) / deviation;
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e-6, 1)]
    [InlineData(1, 300)]
    [InlineData(1, 1e-3)]
    [InlineData(1e8, 1e-5)]
    public void A_component_that_closes_in_on_one_datum_is_an_endless_fall_in_any_unit(double factor, double unit)
    {
        var found = Survey.Run(Mixture(factor, unit, 0), new() { Restarts = 2000 });

        // One start in a hundred or so comes near enough to a datum.
        var told = Assert.Single(found.Warnings, w => w.Code == Warning.Unbounded);
        // ln 16, with each sixteenth of the variance's root.
        Assert.Contains((2.769 * factor).ToString("G4", System.Globalization.CultureInfo.InvariantCulture), told.Message, StringComparison.Ordinal);
        // The others by SciPy.
        Assert.All(found.Minima, m => Assert.Equal(1.51469956, m.Value / factor, 1e-7));
    }

    [Fact]
    public void A_least_variance_ends_it_on_the_face()
    {
        var found = Survey.Run(Mixture(1, 1, 1e-6), new() { Restarts = 300 });

        Assert.DoesNotContain(found.Warnings, w => w.Code == Warning.Unbounded);
        Assert.Contains(found.BoundaryMinima, m => Math.Abs(m.Value + 7.92459870) < 1e-7 && m.Point.Any(x => x == 1e-6));
    }

    public static TheoryData<string, double> Poles => Rows.Each(["a logarithm", "a logarithm at an end", "an inverse square", "an inverse square at an end", "an inverse root at an end", "a sixth power at an end", "an eighth power", "a twelfth power at an end", "a sixth power of a radius", "a potential"], 1, 1e-9, 1e7);

    private static readonly Dictionary<string, (int D, Func<Vector, Real> Formula, double Low, double High)> Written = new()
    {
        ["a logarithm"] = (1, y => Log(Abs(y[0] - 0.7)), -3, 5),
        ["a logarithm at an end"] = (1, y => Log(y[0]) + Square(y[0] - 1), 0, 5),
        ["an inverse square"] = (1, y => -1 / Square(y[0] - 0.7), -3, 5),
        ["an inverse square at an end"] = (1, y => -1 / Square(y[0]), 0, 5),
        ["an inverse root at an end"] = (1, y => y[0] - (1 / Sqrt(y[0])), 0, 5),
        ["a sixth power at an end"] = (1, y => y[0] - (50 / Pow(y[0], 6)), 0, 5),
        ["an eighth power"] = (1, y => Square(y[0]) - (0.01 / Pow(y[0] - 0.7, 8)), -3, 5),
        ["a twelfth power at an end"] = (1, y => y[0] - (1e-3 / Pow(y[0], 12)), 0, 5),
        ["a sixth power of a radius"] = (2, y => Square(y[0]) - (1 / Pow(Square(y[0] - 0.3) + Square(y[1] + 0.2), 3)), -3, 3),
        ["a potential"] = (3, y => Square(y[0]) - (1 / Sqrt(Square(y[0] - 0.3) + Square(y[1] - 1.7) + Square(y[2]))), -3, 3),
        ["a cusp"] = (1, y => Sqrt(Abs(y[0])), -3, 5),
        ["an entropy"] = (1, y => y[0] * Log(y[0]), 0, 5),
        ["a logarithm that ends"] = (1, y => Log(Abs(y[0]) + 1e-13), -3, 5),
        ["a well"] = (1, y => Log(Square(y[0] - 0.7) + 1e-9), -3, 5),
        ["a difference divided by nothing"] = (1, y => -(1 - Cos(y[0])) / Square(y[0]), -1, 1),
        ["a hill"] = (2, y => -Square(y[0]) - Square(y[1]), -3, 3),
    };

    private static readonly Dictionary<string, (int D, Func<Vector, Real> Formula, double Low, double High)> OfBothSigns = new()
    {
        ["an odd pole at 0"] = (1, y => 1 / y[0], -3, 3),
        ["an odd pole elsewhere"] = (1, y => 1 / (y[0] - 0.3), -3, 3),
        ["an odd pole and a slope"] = (1, y => y[0] + (1 / y[0]), -3, 3),
        ["an odd pole of order 3"] = (1, y => 1 / Pow(y[0], 3), -3, 3),
        ["an odd pole of order 3 elsewhere"] = (1, y => 1 / Pow(y[0] - 1, 3), -3, 3),
        ["a pole of a function"] = (1, y => 1 / Sin(y[0]), -3, 3),
        ["a tangent"] = (1, y => Tan(y[0]), -3, 3),
        ["two lines of poles"] = (2, y => (1 / (y[0] * y[1])) + y[0] + y[1], -3, 3),
        ["a line of poles askew"] = (2, y => (1 / (y[0] - y[1])) + Square(y[0]) + Square(y[1]), -3, 3),
        ["a pole on a side"] = (1, y => (1 / y[0]) + y[0], -3, 0),
    };

    public static TheoryData<string, double, double> OddPoles => Rows.Each(OfBothSigns.Keys, (1.0, 1.0), (1e8, 1e-6), (1e-8, 1e6));

    [Theory]
    [MemberData(nameof(OddPoles))]
    public void Beside_an_odd_pole_the_fall_is_told_in_any_unit_and_no_restart_is_led_across(string name, double factor, double unit)
    {
        var (d, formula, low, high) = OfBothSigns[name];
        var found = Survey.Run(
            Objective.Define(name, d, x => factor * formula(Vector(d, i => x[i] / unit))) with { Region = Region.Box(d, low * unit, high * unit) }, new() { Restarts = 200 });

        Assert.Single(found.Warnings, w => w.Code == Warning.Unbounded);
        // They have no kinks.
        Assert.DoesNotContain(found.Warnings, w => w.Code == Warning.Kinks);
        // A third to two thirds of the starts lie on the side that falls, or in its basin; to rounding of a coordinate the value there is any, and that of a minimum on the far side.
        Assert.InRange(found.AllMinima.Sum(m => m.Count), 30, 180);
    }

    [Fact]
    public void Who_is_still_on_the_way_to_a_pole_when_steps_end_is_led_across_it_neither()
    {
        var found = Survey.Run(Objective.Define("odd", 1, x => x[0] + (1 / x[0])) with { Region = Region.Box(1, -3, 3) }, new() { Restarts = 500, Descent = new() { Rule = new CubicNewton() } });

        // Of 88 that begin between −1 and 0; the rule's own steps pass over the pole from more than half of them, and these have converged.
        Assert.InRange(500 - found.AllMinima.Sum(m => m.Count), 20, 88);
        Assert.Single(found.Warnings, w => w.Code == Warning.Unbounded);
    }

    [Fact]
    public void What_a_device_polishes_by_itself_is_led_across_no_pole_either()
    {
        var found = Survey.Run(Objective.Define("odd", 1, x => 1 / x[0]) with { Region = Region.Box(1, -3, 3) }, new() { Restarts = 200, Device = "reference" });

        Assert.Single(found.Warnings, w => w.Code == Warning.Unbounded);
        Assert.InRange(found.AllMinima.Sum(m => m.Count), 50, 150);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-6)]
    public void Deep_beside_a_pole_where_no_number_is_as_large_as_the_curvature_the_fall_is_told(double unit)
    {
        // Two attracting bodies: restarts come within 1e-78 of them.
        var found = Survey.Run(
            Objective.Define("bodies", 2, x => Square(x[0] / unit) - (1 / Sqrt(Square((x[0] / unit) + 0.0123) + Square(x[1] / unit))) - (0.9877 / Sqrt(Square((x[0] / unit) - 0.9877) + Square(x[1] / unit)))) with { Region = Region.Box(2, -2 * unit, 2 * unit) },
            new() { Restarts = 100 });

        Assert.Single(found.Warnings, w => w.Code == Warning.Unbounded);
        Assert.Empty(found.AllMinima);
        Assert.Contains(SurveyText.Notes(found), note => note.Contains("falls without bound beside places", StringComparison.Ordinal));
    }

    public static TheoryData<string, double> Bounded => Rows.Each(["a cusp", "an entropy", "a logarithm that ends", "a well", "a difference divided by nothing", "a hill"], 1, 1e-9, 1e7);

    [Theory]
    [MemberData(nameof(Poles))]
    public void Poles_are_told(string name, double factor)
    {
        var found = Explored(name, factor);

        Assert.Single(found.Warnings, w => w.Code == Warning.Unbounded);
        Assert.Empty(found.AllMinima);
    }

    [Theory]
    [MemberData(nameof(Bounded))]
    public void What_ends_is_no_pole(string name, double factor) => Assert.DoesNotContain(Explored(name, factor).Warnings, w => w.Code == Warning.Unbounded);

    private static SurveyResult Explored(string name, double factor)
    {
        var (d, formula, low, high) = Written[name];
        return Survey.Run(Objective.Define(name, d, x => factor * formula(Vector(d, i => x[i]))) with { Region = Region.Box(d, low, high) }, new() { Restarts = 100 });
    }
}
