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

    public static TheoryData<string, double> Poles => Rows.Each(["a logarithm", "a logarithm at an end", "an inverse square", "an inverse square at an end", "a potential"], 1, 1e-9, 1e7);

    private static readonly Dictionary<string, (int D, Func<Vector, Real> Formula, double Low, double High)> Written = new()
    {
        ["a logarithm"] = (1, y => Log(Abs(y[0] - 0.7)), -3, 5),
        ["a logarithm at an end"] = (1, y => Log(y[0]) + Square(y[0] - 1), 0, 5),
        ["an inverse square"] = (1, y => -1 / Square(y[0] - 0.7), -3, 5),
        ["an inverse square at an end"] = (1, y => -1 / Square(y[0]), 0, 5),
        ["a potential"] = (3, y => Square(y[0]) - (1 / Sqrt(Square(y[0] - 0.3) + Square(y[1] - 1.7) + Square(y[2]))), -3, 3),
        ["a cusp"] = (1, y => Sqrt(Abs(y[0])), -3, 5),
        ["an entropy"] = (1, y => y[0] * Log(y[0]), 0, 5),
        ["a logarithm that ends"] = (1, y => Log(Abs(y[0]) + 1e-13), -3, 5),
        ["a well"] = (1, y => Log(Square(y[0] - 0.7) + 1e-9), -3, 5),
        ["a hill"] = (2, y => -Square(y[0]) - Square(y[1]), -3, 3),
    };

    public static TheoryData<string, double> Bounded => Rows.Each(["a cusp", "an entropy", "a logarithm that ends", "a well", "a hill"], 1, 1e-9, 1e7);

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
