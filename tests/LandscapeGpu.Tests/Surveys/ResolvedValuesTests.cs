namespace LandscapeGpu.Tests.Surveys;

/// <summary>What is known to few digits because it is 0 is no point whose value cannot be told; for one that is, see the fits.</summary>
public class ResolvedValuesTests
{
    [Fact]
    public void A_perfect_fit_a_constant_and_a_quartic_are_what_they_were()
    {
        var line = Objective.Define("line", 2, b => Sum(20, k => Square((b[0] * (Real)k) + b[1] - (3 * (Real)k) - 1e5))) with { Region = Region.Box([-10, 0], [10, 2e5]) };
        Assert.Equal(StationaryKind.Minimum, Assert.Single(Survey.Run(line, new() { Restarts = 50 }).AllMinima).Kind);
        Assert.All(Survey.Run(Objective.Define("level", 1, x => 0 * x[0]) with { Region = Region.Box(1, -1, 1) }, new() { Restarts = 20 }).AllMinima, m => Assert.Equal(StationaryKind.DegenerateMinimum, m.Kind));
        Assert.Equal(StationaryKind.DegenerateMinimum, Assert.Single(Survey.Run(Objective.Define("quartic", 1, x => Square(Square(x[0] - 1e6))) with { Region = Region.Box(1, 0, 2e6) }, new() { Restarts = 50 }).AllMinima).Kind);
    }

    [Fact]
    public void How_far_values_fall_is_told_by_the_surveys_own_starts()
    {
        var bowl = Objective.Define("bowl", 1, x => Square(x[0]));
        var found = Assert.Single(Survey.Run(bowl, new() { Restarts = 10 }).Minima);
        // As if the value were known to 10⁻⁹, where a needle curves it so much that coordinates know it no better.
        StationaryPoint[] vague = [found with { Rounding = 1e-9 }];
        var needle = Objective.Define("needle", 1, x => Square(x[0]) - (1e-10 * Exp(-Square(1e20 * x[0]))));
        StationaryKind KindFrom(double deviation) => Assert.Single(ResolvedValues.Of(needle, vague, new(new Gaussian(deviation), 1, 0, 0), null)).Kind;
        // Half the digits of 10⁶, of 9 and of 10⁻⁶.
        Assert.Equal(StationaryKind.Minimum, KindFrom(1e3));
        Assert.Equal(StationaryKind.Minimum, KindFrom(3));
        Assert.Equal(StationaryKind.Undecided, KindFrom(1e-3));
    }

    [Theory]
    [InlineData(7.9, 8, 7.9)]
    [InlineData(7.9e-9, 8e-9, 0)]
    public void A_value_below_a_bound_of_its_rounding_is_shown_as_0_only_where_the_bound_is_nothing_to_what_f_falls_by(double value, double rounding, double shown)
    {
        var bowl = Objective.Define("bowl", 1, x => Square(x[0]) + value);
        // As beside a pole, where the curvature is not finite and the bound is far too wide.
        var found = Assert.Single(Survey.Run(bowl, new() { Restarts = 10 }).Minima) with { Kind = StationaryKind.Singular, Rounding = rounding };

        var resolved = Assert.Single(ResolvedValues.Of(bowl, [found], new(new Gaussian(1e3), 1, 0, 0), null));

        Assert.Equal(shown, resolved.ShownValue, 1e-12);
    }
}
