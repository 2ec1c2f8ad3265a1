using LandscapeGpu.Evidence;

namespace LandscapeGpu.Tests.Evidence;

/// <summary>What a comparison says of its rules does not hang on the units of value and coordinates.</summary>
public class UnitsOfComparisonTests
{
    [Theory]
    [InlineData(1e-8)]
    [InlineData(1e-12)]
    public void A_rule_whose_step_is_next_to_nothing_in_the_units_of_the_value_is_not_said_to_converge(double factor)
    {
        var small = Objective.Define("small", 2, x => factor * (Square(Square(x[0]) + x[1] - 11) + Square(x[0] + Square(x[1]) - 7))) with { Region = Region.Box(2, -6, 6) };
        var seen = Comparison.Run(small, new()
        {
            Restarts = 40,
            PlateauStarts = 0,
            Contenders = new ContenderGrid { Common = new() { Stop = new() { Iterations = 200 } }, Rules = [new GradientDescent { Step = 0.01 }, new Lbfgs()] }.All(),
        });

        Assert.Equal((0, 0), (seen.Results[0].Reached.Count, seen.Results[0].Outcomes.Converged));
        Assert.Equal((40, 40), (seen.Results[1].Reached.Count, seen.Results[1].Outcomes.Converged));
    }

    // Slopes of the middle start from 2e-13 to 2e11, and a constant beside which the last digit of the value is 1e-13.
    [Theory]
    [InlineData(1e-4)]
    [InlineData(3e-6)]
    [InlineData(1e-12)]
    [InlineData(7e9)]
    public void How_often_restarts_converge_and_at_what_cost_is_the_same_in_any_unit_of_the_value(double factor)
    {
        var options = new ComparisonOptions
        {
            Restarts = 100,
            PlateauStarts = 0,
            Contenders = [.. new UpdateRule[] { new Lbfgs(), new GradientDescent(), new RmsProp(), new AdamW(), new Armijo(), new AdaptiveStep() }.Select(r => new Contender { Descent = new() { Rule = r, IsDouble = true } })],
        };
        Comparison In(double a) => Comparison.Run(Objective.Define("f", 2, x => a * (Square(Square(x[0]) + x[1] - 11) + Square(x[0] + Square(x[1]) - 7))) with { Region = Region.Box(2, -6, 6) }, options);
        foreach (var (plain, other) in In(1).Results.Zip(In(factor).Results))
        {
            // A last digit of the factor decides for a restart that bounces about at the very tolerance, as those of rmsprop do.
            Assert.InRange(other.Outcomes.Converged, plain.Outcomes.Converged - 3, plain.Outcomes.Converged + 3);
            Assert.InRange(other.Reached.Count, plain.Reached.Count - 1, plain.Reached.Count + 1);
            // The first steps differ by up to the power of two that is nearest to the unit.
            Assert.InRange(other.GradientsPerSuccess, plain.GradientsPerSuccess / 1.3, plain.GradientsPerSuccess * 1.3);
        }
    }

    [Theory]
    [InlineData(1e8)]
    [InlineData(1e-12)]
    [InlineData(3e-5)]
    public void Starts_on_a_level_tail_end_alike_in_any_unit_of_the_value(double factor)
    {
        static ContenderResult In(double a) => Comparison.Run(Objective.Define("f", 1, x => a * (1 - Exp(-Square(x[0])))), new() { Restarts = 100, PlateauStarts = 0, Contenders = new ContenderGrid { Rules = [new Lbfgs()] }.All() }).Results[0];
        var (plain, other) = (In(1), In(factor));
        // Those from where 1 − f is below rounding stay there.
        Assert.Equal((plain.Reached.Count, plain.Outcomes.Converged), (other.Reached.Count, other.Outcomes.Converged));
    }

    [Theory]
    [InlineData(1, 1e3)]
    [InlineData(1e-12, 1e-9)]
    [InlineData(1e6, -1e9)]
    public void A_restart_that_a_constant_beside_the_value_ends_has_converged_unless_a_tolerance_was_given(double factor, double constant)
    {
        var sphere = Objective.Define("f", 2, x => (factor * (Square(x[0]) + Square(x[1]))) + constant) with { Region = Region.Box(2, -6, 6) };
        OutcomeCounts With(double? tolerance) => Comparison.Run(sphere, new() { Restarts = 60, PlateauStarts = 0, Contenders = [new() { Descent = new() { Rule = new Armijo(), IsDouble = true, Stop = new() { GradientTolerance = tolerance } } }] }).Results[0].Outcomes;
        Assert.Equal(60, With(null).Converged);
        // The gradient is known to about √(4·10⁻¹³): no value tells which points are better.
        Assert.Equal(60, With(1e-12 * factor).Stalled);
    }

    [Fact]
    public void Units_of_coordinates_make_no_plateau()
    {
        static Comparison In(double s, double t) => Comparison.Run(
            Objective.Define("f", 2, x => Square(Square(x[0] / s) + (x[1] / t) - 11) + Square((x[0] / s) + Square(x[1] / t) - 7)) with { Region = Region.Box([-6 * s, -6 * t], [6 * s, 6 * t]) },
            new() { Restarts = 32, PlateauStarts = 32, Contenders = new ContenderGrid { Rules = [new Lbfgs()] }.All() });

        Assert.Equal(In(1, 1).Results.Single().Plateaus!.Longest.Count, In(Math.ScaleB(1, -30), Math.ScaleB(1, 20)).Results.Single().Plateaus!.Longest.Count);
    }
}
