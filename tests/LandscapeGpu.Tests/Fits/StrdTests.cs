namespace LandscapeGpu.Tests.Fits;

/// <summary>Surveys of NIST's nonlinear regressions find what NIST certified, from boxes ten times as wide as its starts span.</summary>
/// <remarks>Some need more restarts than a quick test has; <c>LANDSCAPE_LONG_TESTS</c> runs all of them.</remarks>
public class StrdTests
{
    private static readonly string[] Quick =
    [
        "BoxBOD", "Chwirut2", "DanWood", "ENSO", "Lanczos2", "MGH10", "Misra1a", "Misra1b", "Misra1c", "Misra1d", "Nelson", "Rat42", "Roszman1",
    ];

    [Theory]
    [MemberData(nameof(Reached))]
    public void The_lowest_minimum_is_the_certified_fit(string name)
    {
        var problem = StrdProblem.Read(name);
        var best = Best(problem, Explore(problem));

        // Eight digits of the sum of squares, and six of the parameters, are what is asked of programs; eleven are certified.
        Assert.InRange(best.Value, problem.ResidualSumOfSquares - Slack(problem), problem.ResidualSumOfSquares + Slack(problem));
        Assert.All(best.Point.Zip(problem.Certified), pair => Assert.Equal(pair.Second, pair.First, 1e-6 * Math.Abs(pair.Second)));
    }

    [Fact]
    public void Beside_a_wall_where_no_coordinate_resolves_the_value_restarts_go_on_to_the_minima_below_it()
    {
        // An exponential of up to e⁶³ with a factor that is 0 to more digits than its side of the box has.
        var problem = StrdProblem.Read("Nelson");
        var result = Explore(problem);
        Assert.All(result.Stationary, p => Assert.Equal(StationaryKind.Undecided, p.Kind));
        Assert.Equal(problem.ResidualSumOfSquares, Assert.Single(result.Minima).Value, Slack(problem));
        // The best of each exponent, by bounded linear least squares on a grid of 1e-4, has one more minimum, at the factor's lower side.
        Assert.Equal(54.4097, Assert.Single(result.BoundaryMinima).Value, 1e-4);
        Assert.All(result.AllMinima, m => Assert.True(m.Rounding <= Slack(problem), $"{m.Value} ± {m.Rounding}"));
    }

    [Fact]
    public void What_a_valley_was_followed_to_is_a_minimum_with_curvature_and_no_place_on_the_way_is_one()
    {
        // b₁exp(b₂/(x + b₃)) has a curvature wherever it has a value; its valley bends over six decades of b₁.
        var problem = StrdProblem.Read("MGH10");
        var result = Explore(problem);
        Assert.DoesNotContain(result.AllMinima, m => m.Kind == StationaryKind.SingularMinimum);
        Assert.Equal(StationaryKind.Minimum, Best(problem, result).Kind);
    }

    [Theory]
    [InlineData(1e3, 1e-6, 1e-5, true)]
    [InlineData(1e3, 1e-6, 1e-5, false)]
    [InlineData(1e-3, 1e6, 1e5, true)]
    [InlineData(1e-3, 1e6, 1e5, false)]
    [InlineData(1, 1e-4, 1e2, true)]
    [InlineData(1, 1e-4, 1e2, false)]
    public void In_whatever_units_no_place_on_the_side_of_a_valley_is_a_minimum(double s0, double s1, double s2, bool isDouble)
    {
        var problem = StrdProblem.Read("MGH10");
        double[] Scaled(double[] b) => [b[0] * s0, b[1] * s1, b[2] * s2];
        var scaled = problem with { Start1 = Scaled(problem.Start1), Start2 = Scaled(problem.Start2), Certified = Scaled(problem.Certified) };
        var result = Survey.Run(scaled.Objective((b, x) => b[0] / s0 * Exp(b[1] / s1 / (x[0] + (b[2] / s2)))), new() { Restarts = 200, Descent = new() { IsDouble = isDouble } });

        // The certified fit, the corner that the valley of wrong ones ends at, and where the model is 0 to the last digit.
        var all = problem.Y.Sum(y => y * y);
        Assert.All(result.AllMinima.Where(m => m.Value < 0.99 * all), m => Assert.True(m.Kind is StationaryKind.Minimum or StationaryKind.BoundaryMinimum, $"{m.Kind} {m.Value}"));
        Assert.Equal(problem.ResidualSumOfSquares, result.Minima[0].Value, Slack(problem));
        Assert.Equal(1.42296695e9, Assert.Single(result.BoundaryMinima).Value, 1e2);
    }

    [Theory]
    [InlineData(0.1, 1e3, 1e5, 100, 1e3)]
    [InlineData(2, 1e3, 1e5, 100, 1e3)]
    [InlineData(2, 1e3, 5e4, 1, 2e3)]
    [InlineData(1, 0, 5e4, 1, 500)]
    public void A_minimum_is_never_one_with_places_whose_values_rounding_hides(double b0, double from1, double to1, double from2, double to2)
    {
        // The exponential reaches e³⁰⁰: what changes of the value are small against says nothing about the fit.
        var problem = StrdProblem.Read("MGH10");
        var wide = problem.Objective(StrdModels.All["MGH10"]) with { Region = Region.Box([0, from1, from2], [b0, to1, to2]) };
        var found = Assert.Single(Survey.Run(wide, new() { Restarts = 200 }).AllMinima);
        Assert.Equal(StationaryKind.Minimum, found.Kind);
        Assert.Equal(problem.ResidualSumOfSquares, found.Value, Slack(problem));
    }

    [Theory]
    [InlineData(2e4, 100)]
    [InlineData(4e4, 200)]
    public void No_value_is_shown_as_zero_that_rounding_merely_hides(double to1, double to2)
    {
        // The factor is 0 to more digits than its side has, and the sum of squares that of the data; the lowest point of the box is at a side of it.
        var problem = StrdProblem.Read("MGH10");
        var narrow = problem.Objective(StrdModels.All["MGH10"]) with { Region = Region.Box([0, 0, 0], [1000, to1, to2]) };
        var found = Survey.Run(narrow, new() { Restarts = 100 });
        Assert.Equal(StationaryKind.BoundaryMinimum, Assert.Single(found.AllMinima).Kind);
        Assert.All(found.Stationary, p => Assert.Equal(problem.Y.Sum(y => y * y), p.ShownValue, 1e-6 * p.Value));
    }

    public static TheoryData<double, double> Units => new() { { 1, 1 }, { 1e8, 1 }, { 1e-8, 1 }, { 1, 1e-6 }, { 1e8, 1e6 } };

    [Theory]
    [MemberData(nameof(Units))]
    public void A_place_whose_value_rounding_hides_makes_no_plateau_and_the_fit_one(double factor, double unit)
    {
        // From the plateau, where the exponential is 0 and the mean is what is left, to where it is e³⁰⁰: most restarts end on the former, some at the fit, and one or two where f may be anything.
        var problem = StrdProblem.Read("Nelson");
        var (y, t1, t2) = (new Data("y", [.. problem.Y.Select(v => Math.Log(v))]), new Data("t1", problem.X[0]), new Data("t2", problem.X[1]));
        var wide = Objective.Define("Nelson", 3, b => factor * Sum(problem.Y.Length, k => Square(y[k] - ((b[0] / unit) - (b[1] / unit * t1[k] * Exp(-b[2] / unit * t2[k])))))) with { Region = Region.Box([0, 0, -unit], [30 * unit, unit, unit]) };

        var found = Survey.Run(wide, new() { Restarts = 100 });

        Assert.Equal(problem.ResidualSumOfSquares, Assert.Single(found.Minima).Value / factor, Slack(problem));
        var mean = problem.Y.Average(Math.Log);
        Assert.All(found.BoundaryMinima, m => Assert.Equal(problem.Y.Sum(v => Math.Pow(Math.Log(v) - mean, 2)), m.Value / factor, 1e-9));
    }

    public static TheoryData<string> Reached() => IsLong ? [.. StrdModels.All.Keys] : [.. Quick];

    private static bool IsLong => LongTests.AreAsked;

    private static SurveyResult Explore(StrdProblem problem) =>
        Survey.Run(problem.Objective(StrdModels.All[problem.Name]), new() { Restarts = IsLong ? 1_000 : 200, Descent = new() { IsDouble = true } });

    /// <summary>Of the minima as low as the lowest, the one nearest to the certified parameters: exponentials, peaks and signs can change places.</summary>
    private static StationaryPoint Best(StrdProblem problem, SurveyResult result) => result.Minima
        .Where(m => m.Value <= result.Minima[0].Value + Slack(problem))
        .MinBy(m => m.Point.Zip(problem.Certified, (x, c) => Math.Abs((x / c) - 1)).Max())!;

    /// <summary>Eight digits, or what double precision leaves of squares of residuals: those of Lanczos1 are 1e-13 of its data.</summary>
    private static double Slack(StrdProblem problem)
    {
        // A residual is wrong by some u|y|, u = 1.1e-16 and sixteen roundings; its square by twice the residual times that.
        var largest = problem.Y.Max(Math.Abs);
        return (1e-8 * problem.ResidualSumOfSquares) + (2 * Math.Sqrt(problem.ResidualSumOfSquares * problem.Y.Length) * 16 * 1.1e-16 * largest);
    }
}
