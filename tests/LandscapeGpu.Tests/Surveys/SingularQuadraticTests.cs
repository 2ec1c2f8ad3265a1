namespace LandscapeGpu.Tests.Surveys;

/// <summary>Least squares through powers of a column that lies far from 0: what is bounded below and straight in its coordinates has a minimum, and where rounding hides it that is said.</summary>
public sealed class SingularQuadraticTests
{
    private static readonly double[] Noise = [.. Enumerable.Range(0, 41).Select(k => Math.Sin(1 + (7 * k)))];

    private static Objective Parabola(double first, double step, double factor)
    {
        var (t, y) = (new Data("t", [.. Noise.Select((_, k) => first + (step * k))]), new Data("y", [.. Noise.Select((e, k) => factor * (3 + (0.2 * (k - 20)) + (0.01 * (k - 20) * (k - 20)) + (0.5 * e)))]));
        return Objective.Define("parabola", 3, p => Sum(41, k => Square(y[k] - (p[0] + (p[1] * t[k]) + (p[2] * t[k] * t[k])))));
    }

    [Theory]
    [InlineData(1980, 1, 1, false)]
    [InlineData(1980, 1, 1e9, false)]
    [InlineData(1980, 1, 1e-9, true)]
    [InlineData(1.98e9, 1e6, 1, false)]
    [InlineData(1.98e-6, 1e-9, 1e3, true)]
    public void A_parabola_through_years_has_its_one_minimum_with_all_restarts(double first, double step, double factor, bool isDouble)
    {
        var found = Survey.Run(Parabola(first, step, factor), new() { Restarts = 40, Descent = new() { IsDouble = isDouble } });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal((StationaryKind.Minimum, 40), (minimum.Kind, minimum.Count));
        // About the middle year it is the same fit.
        var centred = Assert.Single(Survey.Run(Parabola(-20, 1, 1), new() { Restarts = 10 }).AllMinima);
        Assert.Equal(centred.Value, minimum.Value / (factor * factor), 1e-6 * centred.Value);
        Assert.Equal(centred.Point[2], minimum.Point[2] * step * step / factor, 1e-5);
        Assert.Empty(found.Stationary);
    }

    [Theory]
    [InlineData(2460000, 1, 1)]
    [InlineData(2460000, 1, 1e8)]
    [InlineData(1.7e9, 60, 1)]
    [InlineData(40000, 1, 1e-6)]
    public void A_minimum_that_rounding_hides_is_said_to_be_hidden_and_nothing_runs_to_infinity(double first, double step, double factor)
    {
        var found = Survey.Run(Parabola(first, step, factor), new() { Restarts = 20 });

        Assert.Empty(found.AllMinima);
        Assert.All(found.Stationary, p => Assert.Equal(StationaryKind.Undecided, p.Kind));
        Assert.Equal((0, 0), (found.Endless, found.Outcomes.LeftDomain));
        Assert.Single(found.Warnings, w => w.Code == Warning.Singular && w.Message.Contains("less its mean", StringComparison.Ordinal));
    }

    [Fact]
    public void What_falls_for_ever_still_does_and_what_is_flat_still_is()
    {
        var falling = Survey.Run(Objective.Define("tilted", 2, x => Square(x[0]) + (1e-3 * x[1])), new() { Restarts = 20 });
        var flat = Survey.Run(Objective.Define("trough", 2, x => Square(x[0] + x[1] - 1)), new() { Restarts = 20 });

        Assert.Empty(falling.AllMinima);
        Assert.DoesNotContain(falling.Warnings, w => w.Code == Warning.Singular);
        Assert.Equal(StationaryKind.DegenerateMinimum, Assert.Single(flat.AllMinima).Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-12)]
    [InlineData(1e8)]
    public void A_likelihood_that_tends_to_a_limit_at_infinity_has_no_minimum(double factor)
    {
        // Counts that spread less than Poisson's, by a negative binomial with mean eᵃ and size eᵇ: b runs to infinity.
        double[] above = [15, 15, 15, 15, 11, 4];
        var counts = Objective.Define("counts", 2, x => factor * Likelihood(Exp(x[0]), Exp(x[1])));
        var found = Survey.Run(counts, new() { Restarts = 100 });

        Assert.Empty(found.AllMinima);
        // The limit is Poisson's, 75(1 − ln 5).
        Assert.All(found.Stationary, p => Assert.Equal(StationaryKind.Tail, p.Kind));
        Assert.All(found.Stationary, p => Assert.Equal(75 * (1 - Math.Log(5)), p.Value / factor, 1e-3));

        Real Likelihood(Real mean, Real size) => -(above[0] * (Log(size) + Log(size + 1) + Log(size + 2) + Log(size + 3))) - (above[4] * Log(size + 4)) - (above[5] * Log(size + 5))
            - (15 * size * Log(size)) - (75 * Log(mean)) + (((15 * size) + 75) * Log(size + mean));
    }
}
