using LandscapeGpu.Tests.Fits;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>A plateau is a minimum where f rises wherever it ends, and none where it falls at an end, however far away.</summary>
public sealed class PlateauTests
{
    // With the number of minima, and whether a plateau is one of them.
    private static readonly Dictionary<string, (int Dimension, Func<Vector, Real> Formula, double Half, int Minima, bool HasFlat)> Landscapes = new()
    {
        ["a clipped distance"] = (1, x => Min(Abs(x[0] - 3), 1), 5, 1, false),
        ["a clipped square"] = (1, x => Min(Square(x[0] - 1), 2), 8, 1, false),
        ["two clipped squares"] = (1, x => Min(Square(x[0] - 3), 1) + Min(Square(x[0] + 3), 0.5), 10, 2, false),
        ["a clipped bowl"] = (2, x => Min(Square(x[0] - 1) + Square(x[1]), 1), 4, 1, false),
        ["a floor between walls"] = (1, x => Square(Max(0, Abs(x[0]) - 1)), 3, 1, true),
        ["a floor in two coordinates"] = (2, x => Square(Max(0, Square(x[0]) + Square(x[1]) - 1)), 3, 1, true),
    };

    public static TheoryData<string, double, double, double> InAllUnits => Rows.Each(Landscapes.Keys, (1.0, 1.0, 0.0), (1e-6, 1e9, 0.0), (1.0, 1e-12, 0.37));

    [Theory]
    [MemberData(nameof(InAllUnits))]
    public void What_is_left_downhill_is_no_minimum(string name, double unit, double factor, double shift)
    {
        var (d, formula, half, minima, hasFlat) = Landscapes[name];
        var objective = Objective.Define(name, d, x => factor * formula(Vector(d, i => (x[i] / unit) - shift))) with { Region = Region.Box(d, -half * unit, half * unit) };

        var found = Survey.Run(objective, new() { Restarts = 200 });

        Assert.Equal(minima, found.AllMinima.Count());
        Assert.Equal(hasFlat, found.AllMinima.Any(m => m.FlatDirections > 0));
        Assert.All(found.Stationary, p => Assert.Contains(p.Kind, new[] { StationaryKind.DegenerateSaddle, StationaryKind.Tail }));
    }

    [Fact]
    public void A_plateau_whose_slope_rounding_has_swallowed_is_no_minimum_either()
    {
        // 1.29 tanh² is 1.29 to rounding from −1 on, and the root is lower left of 0.69.
        var step = Objective.Define("step", 1, x => Min(Sqrt(Square(x[0] + 0.6) + 1e-4), 1.29 * Square(Tanh(5 * (x[0] + 2.5))))) with { Region = Region.Box(1, -5, 5) };

        var found = Survey.Run(step, new() { Restarts = 400 });

        Assert.Equal([-0.6, -2.5], found.AllMinima.Select(m => Math.Round(m.Point[0], 6)).OrderDescending());
        Assert.DoesNotContain(found.AllMinima, m => m.FlatDirections > 0);
    }

    public static TheoryData<double, double> Units => new() { { 1, 1 }, { 1e-8, 1e-6 }, { 1e-8, 1 }, { 1e-8, 1e6 }, { 1, 1e-6 }, { 1, 1e6 }, { 1e8, 1e-6 }, { 1e8, 1 }, { 1e8, 1e6 } };

    [Theory]
    [MemberData(nameof(Units))]
    public void Beside_a_model_that_has_underflowed_there_is_no_stationary_point(double factor, double unit)
    {
        var problem = StrdProblem.Read("Eckerle4");

        var found = Survey.Run(Peak(problem, factor, unit, [0, 0.1, 100], [20, 50, 1000]), new() { Restarts = 1_000 });

        var fit = Assert.Single(found.AllMinima, m => m.FlatDirections == 0);
        Assert.All(fit.Point.Zip(problem.Certified), pair => Assert.Equal(pair.Second, pair.First / unit, 1e-6 * pair.Second));
        Assert.DoesNotContain(found.Stationary, p => p.Kind is StationaryKind.StrictSaddle or StationaryKind.Maximum);
        // One restart in ten begins where the peak is too narrow, or too far off, for the value to show any of it.
        Assert.True(Assert.Single(found.Stationary, p => p.Kind == StationaryKind.Tail).Count > 80);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void A_plateau_that_slopes_by_less_than_the_value_shows_is_no_family_of_minima(double factor, double unit)
    {
        // Peaks may have either sign here, and seven of eight lie where they fit no sample: the Hessian of −x·exp(ky) there is that of a saddle, of 1e-280.
        var problem = StrdProblem.Read("Eckerle4");

        var found = Survey.Run(Peak(problem, factor, unit, [-20, 0.01, 0], [20, 5, 1000]), new() { Restarts = 300 });

        Assert.Equal(problem.ResidualSumOfSquares, Assert.Single(found.AllMinima, m => m.FlatDirections == 0).Value / factor, 1e-8);
        Assert.DoesNotContain(found.Stationary, p => p.Kind is StationaryKind.StrictSaddle or StationaryKind.Maximum);
        Assert.DoesNotContain(found.AllMinima, m => m.Kind == StationaryKind.SingularMinimum);
        // What narrow peaks fit one sample with is level to rounding in two directions, and some of it is not followed to where it falls; it is a few in a hundred restarts.
        Assert.True(found.AllMinima.Where(m => m.FlatDirections > 0).Sum(m => m.Count) <= 15);
    }

    /// <summary>NIST's Eckerle4: where the peak is narrow or far off, the sum of squares shows nothing of it, and curvatures of 1e-20 to 1e-300 have any sign.</summary>
    private static Objective Peak(StrdProblem problem, double factor, double unit, double[] lower, double[] upper)
    {
        var (y, t) = (new Data("y", problem.Y), new Data("t", problem.X[0]));
        return Objective.Define("Eckerle4", 3, x => factor * Sum(problem.Y.Length, k => Square(y[k] - (x[0] / x[1] * Exp(-0.5 * Square((t[k] - (x[2] / unit)) / (x[1] / unit))))))) with
        {
            Region = Region.Box([.. lower.Select(l => l * unit)], [.. upper.Select(u => u * unit)]),
        };
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void A_bowl_that_the_value_does_not_show_is_no_tail(double factor, double unit)
    {
        // 10⁻²⁰ of a bowl beside 1: slopes show it.
        var objective = Objective.Define("hidden bowl", 2, x => factor * (1 + (1e-20 * (Square((x[0] / unit) - 1) + Square(x[1] / unit))))) with { Region = Region.Box(2, -5 * unit, 5 * unit) };

        Assert.DoesNotContain(Survey.Run(objective, new() { Restarts = 50 }).Stationary, p => p.Kind == StationaryKind.Tail);
    }
}
