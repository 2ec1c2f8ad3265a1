namespace LandscapeGpu.Tests.Surveys;

/// <summary>Fits without a domain, in any units of their data: what a formula does with its coordinates tells how large they are.</summary>
public sealed class NaturalSizesTests
{
    private static readonly double[] Dose = [1, 3, 10, 20, 30, 50, 100, 200, 300, 500, 1000];
    private static readonly double[] Time = [0, 1, 2, 3, 5, 8, 12, 20, 30, 45, 60];

    // Residuals of a fiftieth or so, so that no fit is perfect.
    private static double[] Noisy(IEnumerable<double> values) => [.. values.Select((v, k) => v * (1 + (0.02 * Math.Sin(1 + (7 * k)))))];

    private static readonly Dictionary<string, (double[] X, double[] Y, int D, Func<Vector, Real, Real> Model)> Fits = new()
    {
        ["saturation"] = (Dose, Noisy(Dose.Select(s => 0.1 * s / (50 + s))), 2, (p, s) => p[0] * s / (p[1] + s)),
        ["decay"] = (Time, Noisy(Time.Select(t => (2 * Math.Exp(-0.1 * t)) + 0.5)), 3, (p, t) => (p[0] * Exp(-(p[1] * t))) + p[2]),
    };

    private static SurveyResult Explored(string name, double unit, double factor, bool isDouble, int restarts = 60)
    {
        var (x, y, d, model) = Fits[name];
        var (measured, seen) = (new Data("x", [.. x.Select(v => v * unit)]), new Data("y", [.. y.Select(v => v * factor)]));
        return Survey.Run(Objective.Define(name, d, p => Sum(x.Length, k => Square(seen[k] - model(p, measured[k])))), new() { Restarts = restarts, Descent = new() { IsDouble = isDouble } });
    }

    public static TheoryData<string, double, double, bool> Units => Rows.Each(Fits.Keys, (Math.ScaleB(1, -20), Math.ScaleB(1, -24), false), (Math.ScaleB(1, -30), Math.ScaleB(1, 40), false), (Math.ScaleB(1, 20), Math.ScaleB(1, -40), true));

    [Theory]
    [MemberData(nameof(Units))]
    public void A_fit_has_the_same_minima_in_any_units(string name, double unit, double factor, bool isDouble)
    {
        var (usual, other) = (Explored(name, 1, 1, isDouble), Explored(name, unit, factor, isDouble));

        // Rounding moves a restart or two; what a twelfth of them come to is in both lists.
        Assert.All(usual.AllMinima.Where(m => m.Count >= 5), m => Assert.Contains(other.AllMinima, o => Math.Abs((o.Value / (factor * factor)) - m.Value) < 1e-6 * m.Value));
        Assert.All(other.AllMinima.Where(m => m.Count >= 5), o => Assert.Contains(usual.AllMinima, m => Math.Abs((o.Value / (factor * factor)) - m.Value) < 1e-6 * m.Value));
        Assert.All(usual.AllMinima.Concat(other.AllMinima), m => Assert.Equal(StationaryKind.Minimum, m.Kind));
        Assert.InRange(other.AllMinima.MinBy(m => m.Value)!.Count - usual.AllMinima.MinBy(m => m.Value)!.Count, -6, 6);
    }

    [Theory]
    [InlineData(1e-6, 1e-6)]
    [InlineData(1e-9, 1e3)]
    [InlineData(1e6, 1e-12)]
    public void A_saturation_curve_is_found_in_molar_as_in_micromolar(double unit, double factor)
    {
        var found = Explored("saturation", unit, factor, isDouble: false);

        var (best, usual) = (found.AllMinima.MinBy(m => m.Value)!, Explored("saturation", 1, 1, isDouble: true).AllMinima.MinBy(m => m.Value)!);
        Assert.Equal(50, usual.Point[1], 5.0);
        Assert.Equal(usual.Point[1], best.Point[1] / unit, 1e-6);
        Assert.Equal(usual.Point[0], best.Point[0] / factor, 1e-9);
        Assert.InRange(best.Count, 15, 60);
        // A sum of squares is bounded below.
        Assert.DoesNotContain(found.Warnings, w => w.Code is Warning.Unbounded or Warning.Scale);
    }

    [Theory]
    [InlineData("saturation")]
    [InlineData("decay")]
    public void A_restart_is_counted_once(string name)
    {
        var found = Explored(name, 1e-6, 1e-10, isDouble: false, restarts: 100);

        Assert.Equal(100, found.Outcomes.Total);
        Assert.True(found.AllMinima.Concat(found.Stationary).Sum(m => m.Count) + found.Endless <= 100);
        Assert.True(found.Endless <= found.Outcomes.Stalled);
    }

    [Fact]
    public void Only_what_bounds_of_its_operations_leave_room_for_falls_without_bound()
    {
        Assert.False(EndlessFall.Has(Objective.Define("squares", 2, x => Square(1 - (x[0] / (x[1] + 2))) + Square(x[0] / x[1]))));
        Assert.False(EndlessFall.Has(Objective.Define("exponential", 1, x => Exp(1 / x[0]) + Softplus(x[0]))));
        Assert.True(EndlessFall.Has(Objective.Define("pole", 1, x => Square(x[0]) + (1 / x[0]))));
        Assert.True(EndlessFall.Has(Objective.Define("logarithm", 2, x => Square(x[0]) + Log(Abs(x[1])))));
    }

    [Fact]
    public void Ordinary_sizes_and_terms_that_contradict_each_other_say_nothing()
    {
        Assert.Null(NaturalSizes.Of(Objective.Define("Rosenbrock", 2, x => (100 * Square(x[1] - Square(x[0]))) + Square(1 - x[0]))));
        Assert.Null(NaturalSizes.Of(Objective.Define("torn", 1, x => Square(x[0] - 1e9) + Square(x[0] - 1e-9))));
        Assert.Null(NaturalSizes.Of(Objective.Define("loop", 3, x => Sum(3, i => Square(Exp(1e9 * x[i]) - 1)))));
    }

    [Fact]
    public void The_distance_of_two_atoms_in_metres_is_told_by_powers_that_balance()
    {
        var found = Survey.Run(Objective.Define("argon", 1, x => 4 * 1.65e-21 * (Pow(3.4e-10 / x[0], 12) - Pow(3.4e-10 / x[0], 6))), new() { Restarts = 40 });

        // Two atoms on a line, one on either side.
        Assert.Equal(2, found.Minima.Count);
        Assert.All(found.Minima, m => Assert.Equal(3.8164e-10, Math.Abs(m.Point[0]), 1e-14));
    }
}
