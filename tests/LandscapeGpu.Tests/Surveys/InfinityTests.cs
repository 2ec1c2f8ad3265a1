using System.Globalization;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>How far out infinity is follows the landscape's own lengths, and where restarts begin.</summary>
public class InfinityTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(1e8)]
    public void A_descent_from_far_out_comes_to_the_minimum_of_a_bowl(double unit)
    {
        var bowl = Objective.Define("bowl", 2, x => Square((x[0] / unit) - 1) + Square(x[1] / unit));
        UpdateRule[] rules = [new GradientDescent { Step = 0.1 * unit * unit }, new Lbfgs(), new Armijo(), new AdaptiveStep()];
        foreach (var rule in rules)
        {
            var descent = Trajectory.Record(bowl, new() { Starts = new GivenPoints([3 * unit, 2 * unit]), Descent = new() { IsDouble = true, Rule = rule, Stop = new() { Iterations = 200 } } })[0];
            Assert.NotEqual(Outcome.LeftDomain, descent.Outcome);
            Assert.True(descent.Points[^1].Value < 1e-4, $"{rule}: {descent.Points[^1].Value}");
        }
    }

    [Theory]
    [InlineData(1e8, 0)]
    [InlineData(1e8, 1e12)]
    [InlineData(1, 1e6)]
    public void Rules_that_are_compared_come_to_the_minima_wherever_their_starts_are(double unit, double middle)
    {
        ContenderResult[] In(double s, double t) => [.. Comparison.Run(
            Objective.Define("wells", 1, x => Square(Square((x[0] - t) / s) - 1) + (0.1 * ((x[0] - t) / s))),
            new()
            {
                Restarts = 40,
                PlateauStarts = 0,
                Contenders = new ContenderGrid { Rules = [new GradientDescent { Step = 0.01 * s * s }, new Lbfgs()], Starts = [new("given", new Gaussian(t, s))] }.All(),
            }).Results];
        foreach (var (plain, other) in In(1, 0).Zip(In(unit, middle)))
        {
            Assert.Equal((40, 0), ((int)other.Outcomes.Converged, (int)other.Diverged));
            // A last digit decides for a start beside the ridge; where L-BFGS leaps over it hangs on its first step, which is a power of two of the deviation.
            var room = other.Contender.Descent.Rule is Lbfgs ? 6 : 2;
            Assert.InRange(other.Reached.Count, plain.Reached.Count - room, plain.Reached.Count + room);
        }
    }

    [Fact]
    public void A_divergence_is_still_called_off()
    {
        var bowl = Objective.Define("bowl", 1, x => Square(x[0] / 1e8));
        var descent = Trajectory.Record(bowl, new() { Starts = new GivenPoints([3e8]), Descent = new() { IsDouble = true, Rule = new GradientDescent { Step = 2e16 } } })[0];
        Assert.Equal(Outcome.LeftDomain, descent.Outcome);
        Assert.True(descent.Steps < 50);
        Assert.Contains("ran to infinity", TrajectoryTables.Of([descent]).Rows[0]);
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e8)]
    public void The_ball_that_holds_all_stationary_points_is_as_large_as_they_are_far(double unit)
    {
        var found = SaddleSearch.Run(Objective.Define("wells", 1, x => Square(Square(x[0] / unit) - 1)) with { Starts = new Gaussian(unit) }, new() { Starts = 20 });
        Assert.Equal((1, EulerVerdict.Satisfied), (found.Euler!.Sum, found.Euler.Verdict));
        var radius = double.Parse(found.Euler.Basis.Split("radius ")[1], CultureInfo.InvariantCulture);
        // Twice the points' distance, and a unit beyond them at most.
        Assert.InRange(radius / unit, 2, 4.1);
    }

    [Theory]
    [InlineData(1e-10, 1e6)]
    [InlineData(1e-14, 1)]
    [InlineData(1e12, 1e-6)]
    public void Slopes_that_are_short_in_the_formulas_units_hold_no_rule_up(double factor, double unit)
    {
        ContenderResult[] In(double a, double s) => [.. Comparison.Run(
            Objective.Define("wells", 1, x => a * (Square(Square(x[0] / s) - 1) + (0.2 * (x[0] / s)))) with { Region = Region.Box(1, -2 * s, 2 * s) },
            new() { Restarts = 40, PlateauStarts = 8, Contenders = [.. new UpdateRule[] { new Adam { Step = 0.01 * s }, new RmsProp { Step = 0.01 * s } }.Select(r => new Contender { Descent = new() { IsDouble = true, Rule = r, Stop = new() { Iterations = 2_000 } } })] }).Results];
        foreach (var (plain, other) in In(1, 1).Zip(In(factor, unit)))
        {
            Assert.InRange(other.Reached.Count, plain.Reached.Count - 1, plain.Reached.Count + 1);
            Assert.Equal(plain.Plateaus!.Longest.Count, other.Plateaus!.Longest.Count);
        }
    }
}
