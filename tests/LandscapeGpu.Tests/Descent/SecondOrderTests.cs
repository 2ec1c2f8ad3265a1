namespace LandscapeGpu.Tests.Descent;

/// <summary>Where rules go that use curvature, and rules that do not end at saddles.</summary>
public class SecondOrderTests
{
    [Fact]
    public void Newtons_method_goes_to_saddles_and_maxima_as_to_minima()
    {
        // Himmelblau's function has four minima, four saddles and a maximum; NumPy's Newton iteration from uniform starts comes to every one.
        var found = Survey.Run(Catalogue.Find("himmelblau").Create(), new() { Restarts = 300, Descent = new() { Rule = new Newton(), IsDouble = true } });
        Assert.Equal(4, found.Minima.Count);
        Assert.Equal(4, found.Stationary.Count(p => p.HasIndex && p.Index == 1));
        Assert.Equal(1, found.Stationary.Count(p => p.HasIndex && p.Index == 2));
        Assert.True(found.Stationary.Sum(p => p.Count) > 60);
    }

    [Fact]
    public void Newtons_method_is_at_the_bottom_of_a_quadratic_in_one_step_whatever_its_curvature()
    {
        var quadratic = Objective.Define("quadratic", 6, x => Sum(6, i => (((Real)i) - 2.5) * Square(x[i] - 1)) + (x[0] * x[5]));
        var end = RuleStepTests.Run(quadratic, new() { Rule = new Newton(), IsDouble = true, Stop = new() { Iterations = 100 } }, [0.3, -2, 1.7, 4, 0, -0.6], 256);
        Assert.Equal((byte)Outcome.Converged, end.Outcomes[0]);
        // Six products, and as many to see that nothing is left.
        Assert.InRange(end.Steps[0], 7, 12);
        // −5(x₀ − 1) + x₅ = 0 and 5(x₅ − 1) + x₀ = 0.
        var (first, sixth) = (30.0 / 26, 20.0 / 26);
        Assert.All(end.Points.Zip([first, 1, 1, 1, 1, sixth]), p => Assert.Equal(p.Second, p.First, 1e-12));
    }

    [Theory]
    [InlineData("perturbed")]
    [InlineData("cubic")]
    public void Saddles_are_left_by_rules_made_for_it(string rule)
    {
        // (x₀² − 1)² + x₁²: starts within 1e-8 of the saddle at 0, where a gradient is short at once.
        var wells = Objective.Define("wells", 2, x => Square(Square(x[0]) - 1) + Square(x[1]));
        var options = new DescentOptions { Rule = Rules.Named(rule), IsDouble = true };
        var ends = new LaneDevice(1).Compile(wells, options).Run(new RestartRange(new Gaussian(1e-9), 1, 0, 40));
        Assert.Equal(40, ends.Totals.Converged);
        Assert.All(Enumerable.Range(0, 40), k => Assert.Equal(1, Math.Abs(ends.Points[2 * k]), 1e-5));
        // Gradient descent ends where it began.
        var plain = new LaneDevice(1).Compile(wells, options with { Rule = new GradientDescent() }).Run(new RestartRange(new Gaussian(1e-9), 1, 0, 40));
        Assert.All(plain.Points, p => Assert.True(Math.Abs(p) < 1e-7));
    }

    [Fact]
    public void The_first_cubic_step_is_the_minimiser_of_its_model()
    {
        // g = (1, −2, 0.5), H = diag(2, −1, 0.3), M given by the rule: s = −(H + λ)⁻¹g with λ = M‖s‖/2, by bisection of the secular equation.
        double[] g = [1, -2, 0.5], h = [2, -1, 0.3];
        var quadratic = Objective.Define("indefinite", 3, x => (x[0] - (2 * x[1]) + (0.5 * x[2])) + (0.5 * ((2 * Square(x[0])) - Square(x[1]) + (0.3 * Square(x[2])))));
        var norm = Math.Sqrt(g.Sum(e => e * e));
        var m = Math.Sqrt(g.Zip(h, (a, b) => a * b).Sum(e => e * e)) / norm + norm;
        var (low, high) = (1.0, 1e3);
        double[] At(double lambda) => [.. g.Zip(h, (a, b) => -a / (b + lambda))];
        for (var k = 0; k < 200; k++)
        {
            var middle = 0.5 * (low + high);
            (low, high) = 0.5 * m * Math.Sqrt(At(middle).Sum(e => e * e)) > middle ? (middle, high) : (low, middle);
        }

        var options = new DescentOptions { Rule = new CubicNewton(), IsDouble = true };
        var k1 = 1;
        double[] moved;
        do
        {
            moved = RuleStepTests.Run(quadratic, options with { Stop = new() { Iterations = ++k1, OnlyIterations = true } }, [0, 0, 0], 256).Points;
        }
        while (moved.All(e => e == 0) && k1 < 40);
        var exact = At(low);
        // Inexact by the rule's own measure: the model's gradient is below a tenth of M‖s‖², and its curvature is at least λ − 1 there.
        var allowed = 0.1 * m * exact.Sum(e => e * e) / (low - 1);
        Assert.True(Math.Sqrt(moved.Zip(exact, (a, b) => (a - b) * (a - b)).Sum()) <= allowed, $"{string.Join(", ", moved)} and not {string.Join(", ", exact)}.");
    }
}
