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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cubic_steps_are_judged_by_gradients_where_the_formula_cancels(bool isDouble)
    {
        // (10³ + x)² − 10⁶ − 2·10³x is x², known to 10⁻¹⁰ in double precision and to 0.1 in single; its gradient is known to 10⁷ times as much.
        var cancels = Objective.Define("cancels", 2, x => Square(1e3 + x[0]) - 1e6 - (2e3 * x[0]) + Square(x[1] - x[0]) + Square(Square(x[1]) - 1));
        var ends = new LaneDevice(1).Compile(cancels, new() { Rule = new CubicNewton(), IsDouble = isDouble, Stop = new() { Iterations = 3_000 } }).Run(new RestartRange(new UniformBox(-4, 4), 1, 0, 100));
        Assert.Equal(100, ends.Totals.Converged);
    }

    [Fact]
    public void Cubic_steps_that_are_less_than_a_rounding_end_a_restart()
    {
        var kink = Objective.Define("kink", 2, x => Abs(x[0] - 0.3) + Square(x[1] - x[0]));
        var ends = new LaneDevice(1).Compile(kink, new() { Rule = new CubicNewton(), IsDouble = true, Stop = new() { Iterations = 20_000 } }).Run(new RestartRange(new UniformBox(-4, 4), 1, 0, 20));
        Assert.True(ends.Totals.Stalled > 0);
        // On the crease, wherever along it.
        Assert.All(Enumerable.Range(0, 20), k => Assert.Equal(0.3, ends.Points[2 * k], 1e-6));
    }

    [Fact]
    public void A_pushs_length_and_patience_are_numbers_of_the_program_and_clipping_is_refused()
    {
        var bowl = Objective.Define("bowl", 2, x => Square(x[0]) + Square(x[1]));
        // At the minimum the first step is the push; after so many steps without a fall descent is back where it was.
        foreach (var (radius, patience) in new[] { (1e-3, 200), (0.25, 5) })
        {
            var options = new DescentOptions { Rule = new PerturbedDescent { Radius = radius, Patience = patience }, IsDouble = true };
            var pushed = RuleStepTests.Run(bowl, options with { Stop = new() { Iterations = 1 } }, [0, 0], 256);
            Assert.Equal(radius, Math.Sqrt(pushed.Points.Sum(e => e * e)), 1e-12 * radius);
            Assert.InRange(RuleStepTests.Run(bowl, options, [0, 0], 256).Steps[0], patience, patience + 3);
            Assert.Equal(new DescentOptions { Rule = new PerturbedDescent(), IsDouble = true }.Shape, options.Shape);
        }

        var refused = Assert.Throws<ArgumentException>(() => RuleStepTests.Run(bowl, new() { Rule = new PerturbedDescent(), Clip = 1 }, [1, 1], 256));
        Assert.Contains("clipped", refused.Message, StringComparison.Ordinal);
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
