namespace LandscapeGpu.Tests.Descent;

/// <summary>Every restart ends in the one outcome that describes it.</summary>
public class OutcomeTests
{
    private static readonly Objective Bowl = Objective.Define("bowl", 2, x => Square(x[0]) + (3 * Square(x[1])));

    public static TheoryData<string> RuleNames => [.. Rules.Names];

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void A_descent_of_a_bowl_converges_where_the_gradient_is_short(string rule)
    {
        var end = Run(Bowl, new() { Rule = Rules.Named(rule), IsDouble = true, Stop = new() { GradientTolerance = 0.05, Iterations = 100_000 } }, 64);
        Assert.Equal(64, end.Totals.Converged);
        // The point reported is one step beyond the one tested, never much further out.
        Assert.All(Enumerable.Range(0, 64), k => Assert.True(Norm(end, k) < 0.06));
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void A_slope_without_end_is_left(string rule)
    {
        var slope = Objective.Define("slope", 2, x => x[0] - x[1]);
        var end = Run(slope, new() { Rule = Rules.Named(rule, 1), Stop = new() { Escape = 100, Iterations = 1_000_000 } }, 20);
        Assert.Equal(20, end.Totals.LeftDomain);
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Where_the_formula_is_not_a_number_the_restart_is_not_finite(string rule)
    {
        var root = Objective.Define("root", 2, x => Sqrt(x[0] - 1e6) + Square(x[1]));
        var end = Run(root, new() { Rule = Rules.Named(rule) }, 20);
        Assert.Equal(20, end.Totals.NotFinite);
        Assert.All(end.Steps, s => Assert.Equal(1, s));
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void The_iteration_limit_ends_what_has_not_ended(string rule)
    {
        var end = Run(Bowl, new() { Rule = Rules.Named(rule), Stop = new() { Iterations = 2, GradientTolerance = 1e-12 } }, 40);
        Assert.Equal(40, end.Totals.IterationLimit);
        Assert.All(end.Steps, s => Assert.Equal(2, s));
    }

    [Fact]
    public void A_value_that_no_longer_falls_has_stalled()
    {
        // The slope is 1 on both sides of the kink: it is never short, and the value cannot fall for ever.
        var kink = Objective.Define("kink", 1, x => Abs(x[0] - 0.3));
        foreach (var rule in new UpdateRule[] { new Lbfgs(), new Armijo(), new GradientDescent { Step = 0.1 } })
        {
            var end = Run(kink, new() { Rule = rule, Stop = new() { Plateau = 60, Iterations = 5000 } }, 30);
            Assert.Equal(30, end.Totals.Stalled);
            // A fixed step goes to and fro across the kink.
            Assert.All(end.Points, p => Assert.Equal(0.3, p, 0.11));
            // From within 15 it takes 150 steps of 0.1 down, and then the patience.
            Assert.All(end.Steps, s => Assert.InRange(s, 61, 300));
        }
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void On_a_box_descent_ends_on_the_bound_that_holds_it(string rule)
    {
        var pulled = Objective.Define("pulled", 2, x => Square(x[0] - 3) + Square(x[1] - 0.25)) with { Region = Region.Box([-1, -1], [1, 2]) };
        var end = Run(pulled, new() { Rule = Rules.Named(rule, 0.05), IsDouble = true, Stop = new() { GradientTolerance = 0.02, Iterations = 100_000 } }, 50);
        Assert.Equal(50, end.Totals.Converged);
        Assert.All(Enumerable.Range(0, 50), k => Assert.Equal(1, end.Points[2 * k]));
        // The free coordinate's slope 2(x − ¼) is below 0.02 at the point tested; rules with momentum go on for one fast step.
        Assert.All(Enumerable.Range(0, 50), k => Assert.Equal(0.25, end.Points[(2 * k) + 1], 0.1));
    }

    [Fact]
    public void On_a_ball_descent_ends_on_the_sphere_where_the_slope_points_out()
    {
        var slope = Objective.Define("slope", 2, x => x[0] + (2 * x[1])) with { Region = Region.Ball(2) };
        var end = Run(slope, new() { Rule = new GradientDescent { Step = 0.1 }, IsDouble = true, Stop = new() { Iterations = 500 } }, 10);
        // Against the slope, two long; sliding along the sphere shrinks the angle by a tenth a step.
        Assert.All(Enumerable.Range(0, 10), k => Assert.Equal(-2 / Math.Sqrt(5), end.Points[2 * k], 1e-6));
        Assert.All(Enumerable.Range(0, 10), k => Assert.Equal(-4 / Math.Sqrt(5), end.Points[(2 * k) + 1], 1e-6));
    }

    [Fact]
    public void Outcomes_add_up_to_the_restarts()
    {
        // Some converge, some are too slow, some start where the root is not defined.
        var mixed = Objective.Define("mixed", 2, x => Sqrt(x[0] + 2) - Square(x[1]) + (0.3 * Pow(x[1], 4)) + Square(x[0]));
        var end = Run(mixed, new() { Rule = new GradientDescent { Step = 0.02 }, Stop = new() { Iterations = 150, GradientTolerance = 0.1 } }, 3001);
        var totals = end.Totals;
        Assert.Equal(3001, totals.Total);
        Assert.Equal(0, totals.Unfinished);
        Assert.True(totals.Converged > 0 && totals.NotFinite > 0 && totals.IterationLimit > 0, $"{totals}");
    }

    [Fact]
    public void Cancelling_keeps_what_was_finished_as_it_would_have_been()
    {
        var descent = new LaneDevice(threads: 2).Compile(Bowl, new() { Rule = new GradientDescent { Step = 1e-3 } });
        var range = new RestartRange(new Gaussian(3), 5, 0, 100_000);
        using var cancellation = new CancellationTokenSource();
        var ended = 0L;
        var some = descent.Run(range, more =>
        {
            if (Interlocked.Add(ref ended, more) > 2000)
            {
                cancellation.Cancel();
            }
        }, cancellation.Token);
        Assert.Equal(100_000, some.Totals.Total);
        Assert.InRange(some.Totals.Converged, 2000, 99_999);
        Assert.True(some.Totals.Unfinished > 0);
        var all = descent.Run(range with { Count = 20_000 });
        Assert.All(Enumerable.Range(0, 20_000).Where(k => some.Outcomes[k] != 0), k =>
        {
            Assert.Equal(all.Outcomes[k], some.Outcomes[k]);
            Assert.Equal(all.Points[2 * k], some.Points[2 * k]);
        });
    }

    private static Endpoints Run(Objective objective, DescentOptions options, int count) =>
        new LaneDevice(threads: 1).Compile(objective, options).Run(new RestartRange(objective.Region.IsWholeSpace ? new Gaussian(3) : objective.DefaultStarts, 1, 0, count));

    private static double Norm(Endpoints end, int k) => Math.Sqrt((end.Points[2 * k] * end.Points[2 * k]) + (end.Points[(2 * k) + 1] * end.Points[(2 * k) + 1]));
}
