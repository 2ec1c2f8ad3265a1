namespace LandscapeGpu.Tests.Descent;

/// <summary>A step that nobody gave follows the units of the value and of the coordinates.</summary>
public sealed class DefaultStepTests
{
    public static TheoryData<string, double, double> Kinds => Rows.Each(
        ["gradient-descent", "momentum", "nesterov", "perturbed"], (1e6, 1.0), (3e3, 1.0), (1e-8, 1.0), (1e20, 1.0), (1.0, 1e-6), (1e-12, 1e3));

    private static SurveyResult Found(string rule, double factor, double unit, double? second = null) => Survey.Run(
        Objective.Define("himmelblau", 2, x => factor * (Square(Square(x[0] / unit) + (x[1] / (second ?? unit)) - 11) + Square((x[0] / unit) + Square(x[1] / (second ?? unit)) - 7))) with
        {
            Region = Region.Box([-5 * unit, -5 * (second ?? unit)], [5 * unit, 5 * (second ?? unit)]),
        },
        new() { Restarts = 64, Descent = new() { Rule = Rules.Named(rule) } });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_restart_is_lost_in_any_units(string rule, double factor, double unit)
    {
        var found = Found(rule, factor, unit);
        Assert.Equal(64, found.Outcomes.Converged);
        Assert.Equal(4, found.Minima.Count);
    }

    [Theory]
    [InlineData("gradient-descent")]
    [InlineData("nesterov")]
    [InlineData("perturbed")]
    [InlineData("adam")]
    public void Nor_where_coordinates_have_different_units(string rule)
    {
        var found = Found(rule, 1e8, 1, 1e-6);
        Assert.Equal(64, found.Outcomes.Converged);
        Assert.Equal(4, found.Minima.Count);
    }

    [Theory]
    [InlineData(1e6, 1)]
    [InlineData(1e-8, 1)]
    [InlineData(1, 1e-6)]
    [InlineData(1e-3, 1e-3)]
    [InlineData(1e-12, 1e3)]
    public void A_step_that_is_a_length_follows_that_of_the_box(double factor, double unit)
    {
        var found = Found("adam", factor, unit);
        Assert.Equal(64, found.Outcomes.Converged);
        Assert.Equal(4, found.Minima.Count);
    }

    // Atoms that nearly coincide lie on walls a million times as steep as what is looked for; along a curved valley steps that are short beside what is stable lead nowhere.
    [Theory]
    [InlineData("gradient-descent", "lennard-jones")]
    [InlineData("momentum", "lennard-jones")]
    [InlineData("nesterov", "lennard-jones")]
    [InlineData("momentum", "rosenbrock")]
    [InlineData("nesterov", "rosenbrock")]
    public void Nor_on_walls_or_in_a_long_valley(string rule, string family)
    {
        var found = Survey.Run(Catalogue.Find(family).Create(), new() { Restarts = 64, Descent = new() { Rule = Rules.Named(rule) } });
        Assert.Equal(64, found.Outcomes.Converged);
        Assert.Contains("gradients clipped to", SurveyText.Report(found), StringComparison.Ordinal);
    }

    [Fact]
    public void The_step_that_is_shown_is_the_one_that_was_made()
    {
        var chosen = Found("gradient-descent", 3e3, 1);
        var step = ((CoordinateRule)chosen.Options.Descent.Rule).Step!.Value;
        Assert.Equal(FormattableString.Invariant($"gradient-descent (step {step})"), chosen.Rule);
        var given = Survey.Run(chosen.Objective, new() { Restarts = 64, Descent = new() { Rule = new GradientDescent { Step = step } } });
        Assert.Equal(chosen.Minima.Select(m => m.Count), given.Minima.Select(m => m.Count));
    }
}
