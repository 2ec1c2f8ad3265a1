namespace LandscapeGpu.Tests.Descent;

/// <summary>Every rule moves, step by step, as its textbook formulas say, worked out here in plain double arithmetic.</summary>
public class RuleStepTests
{
    /// <summary>Makes the steps of one rule: from the point to the next, keeping what it needs.</summary>
    private delegate double[] Stepper(double[] x);

    private static readonly (string Name, Objective Objective, Func<double[], double> Value, Func<double[], double[]> Gradient, Func<double[], double[][]> Hessian, double[] Start)[] Landscapes =
    [
        ("bowl", Objective.Define("bowl", 3, x => (0.5 * Sum(3, i => (1 + (LandscapeGpu.Expressions.Real)i) * Square(x[i]))) + (0.3 * x[0] * x[2])),
            x => (0.5 * ((x[0] * x[0]) + (2 * x[1] * x[1]) + (3 * x[2] * x[2]))) + (0.3 * x[0] * x[2]),
            x => [x[0] + (0.3 * x[2]), 2 * x[1], (3 * x[2]) + (0.3 * x[0])],
            _ => [[1, 0, 0.3], [0, 2, 0], [0.3, 0, 3]],
            [1.5, -2, 0.7]),
        ("valley", Objective.Define("valley", 2, x => (10 * Square(x[1] - Square(x[0]))) + Square(1 - x[0])),
            x => (10 * Math.Pow(x[1] - (x[0] * x[0]), 2)) + Math.Pow(1 - x[0], 2),
            x => [(-40 * x[0] * (x[1] - (x[0] * x[0]))) - (2 * (1 - x[0])), 20 * (x[1] - (x[0] * x[0]))],
            x => [[(120 * x[0] * x[0]) - (40 * x[1]) + 2, -40 * x[0]], [-40 * x[0], 20]],
            [-0.6, 0.8]),
        // Too many operations to be written out: this one runs in loops.
        ("waves", Objective.Define("waves", 40, x => Sum(40, i => Square(x[i]) - Cos(3 * x[i]))),
            x => x.Sum(t => (t * t) - Math.Cos(3 * t)),
            x => [.. x.Select(t => (2 * t) + (3 * Math.Sin(3 * t)))],
            x => [.. x.Select((t, i) => (double[])[.. x.Select((_, j) => i == j ? 2 + (9 * Math.Cos(3 * t)) : 0)])],
            [.. Enumerable.Range(0, 40).Select(i => Math.Sin(i) * 1.3)]),
    ];

    public static TheoryData<string, string> Cases => Rows.Each(Rules.Names.Where(n => n != "lbfgs"), Landscapes.Select(l => l.Name));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rule_moves_as_its_formulas_say(string name, string landscape)
    {
        var (_, objective, value, gradient, hessian, start) = Landscapes.Single(l => l.Name == landscape);
        var rule = name == "newton" ? new Newton() : Rules.Named(name, 0.02);
        foreach (var bits in new[] { 0, 256 })
        {
            var (expected, step) = (start, Reference(rule, value, gradient, hessian));
            var done = 0;
            foreach (var steps in new[] { 1, 2, 3, 4, 12, 20 })
            {
                for (; done < steps; done++)
                {
                    expected = step(expected);
                }

                var found = After(objective, new() { Rule = rule }, start, steps, bits);
                // Roundings of a dozen steps in another order; none of these steps amplifies them much.
                Assert.All(expected.Zip(found), p => Assert.Equal(p.First, p.Second, 1e-11));
            }
        }
    }

    [Theory]
    [InlineData("armijo", 0.01)]
    [InlineData("armijo", 0.5)]
    [InlineData("adaptive", 1e-6)]
    [InlineData("adaptive", 2)]
    public void A_first_step_is_told_and_is_in_the_formulas_units_where_it_was_given_whatever_its_number(string name, double step)
    {
        Assert.Equal((name, true), (Rules.Named(name).ToString(), Rules.Named(name).IsScaleFree));
        var given = Rules.Named(name, step);
        Assert.Equal((FormattableString.Invariant($"{name} (first step {step})"), false), (given.ToString(), given.IsScaleFree));
    }

    [Fact]
    public void Lbfgs_begins_along_the_gradient_and_ends_at_the_minimum_of_a_bowl_in_few_steps()
    {
        var (_, bowl, _, gradient, _, start) = Landscapes[0];
        var (g, first) = (gradient(start), After(bowl, new() { Rule = new Lbfgs() }, start, 2, 256));
        var moved = first.Zip(start, (a, b) => a - b).ToArray();
        // Parallel and opposed: the cosine is −1 to rounding.
        Assert.Equal(-1, moved.Zip(g, (a, b) => a * b).Sum() / (Norm(moved) * Norm(g)), 1e-12);
        var options = new DescentOptions { Rule = new Lbfgs { LongestStep = 100 }, IsDouble = true };
        var end = Run(bowl, options, start, 256);
        Assert.Equal((byte)Outcome.Converged, end.Outcomes[0]);
        // Three pairs know a quadratic of three coordinates; without exact line searches it takes a few more.
        Assert.InRange(end.Steps[0], 3, 25);
    }

    [Fact]
    public void A_schedule_scales_each_step()
    {
        var (_, bowl, _, gradient, _, start) = Landscapes[0];
        foreach (var (schedule, factor) in new (Schedule, Func<int, double>)[]
        {
            (Schedule.Exponential(0.7), k => Math.Pow(0.7, k)),
            (Schedule.Cosine(6), k => 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, k / 6.0)))),
        })
        {
            var x = start;
            for (var k = 0; k < 8; k++)
            {
                x = [.. x.Zip(gradient(x), (a, b) => a - (0.05 * factor(k) * b))];
            }

            var found = After(bowl, new() { Rule = new GradientDescent { Step = 0.05 }, Schedule = schedule }, start, 8, 256);
            // A few ulp of the factor in each of eight steps.
            Assert.All(x.Zip(found), p => Assert.Equal(p.First, p.Second, 1e-13));
        }
    }

    [Fact]
    public void Long_gradients_are_shortened_and_short_ones_are_not()
    {
        var (_, bowl, _, gradient, _, start) = Landscapes[0];
        foreach (var longest in new[] { 0.5, 100 })
        {
            var g = gradient(start);
            var factor = 0.1 * Math.Min(1, longest / Norm(g));
            var found = After(bowl, new() { Rule = new GradientDescent { Step = 0.1 }, Clip = longest }, start, 1, 256);
            Assert.All(start.Zip(g, (a, b) => a - (factor * b)).Zip(found), p => Assert.Equal(p.First, p.Second, 1e-14));
        }
    }

    [Fact]
    public void Weight_decay_adds_its_share_of_the_point_to_the_gradient()
    {
        var (_, bowl, _, gradient, _, start) = Landscapes[0];
        var found = After(bowl, new() { Rule = new GradientDescent { Step = 0.1 }, WeightDecay = 0.25 }, start, 1, 256);
        Assert.All(start.Zip(gradient(start), (a, b) => a - (0.1 * (b + (0.25 * a)))).Zip(found), p => Assert.Equal(p.First, p.Second, 1e-14));
    }

    internal static Endpoints Run(Objective objective, DescentOptions options, double[] start, int bits) =>
        new LaneDevice(threads: 1, bits: bits == 256 ? null : bits).Compile(objective, options).Run(new RestartRange(new GivenPoints(start), 1, 0, 1));

    private static double[] After(Objective objective, DescentOptions options, double[] start, int steps, int bits)
    {
        var end = Run(objective, options with { IsDouble = true, Stop = new() { Iterations = steps, OnlyIterations = true } }, start, bits);
        Assert.Equal((byte)Outcome.IterationLimit, end.Outcomes[0]);
        Assert.Equal(steps, end.Steps[0]);
        return end.Points;
    }

    private static double Norm(double[] v) => Math.Sqrt(v.Sum(e => e * e));

    private static Stepper Reference(UpdateRule rule, Func<double[], double> value, Func<double[], double[]> gradient, Func<double[], double[][]> hessian)
    {
        const double Eta = 0.02;
        double[]? m = null, s = null, lastX = null, lastG = null;
        double f = double.NaN, t = 0, ratio = 1e9, eta = 0;
        var k = 0;
        double[] Coordinates(double[] x, Func<int, double, double> next)
        {
            var g = gradient(x);
            (m, s) = (m ?? new double[x.Length], s ?? new double[x.Length]);
            k++;
            return [.. g.Select((gi, i) => next(i, gi))];
        }

        var second = new SecondOrderSteps(value, gradient, hessian);
        return rule switch
        {
            Newton => second.Newton,
            CubicNewton => x => second.Cubic(x, Eta),
            // No gradient here is short enough for a push.
            GradientDescent or PerturbedDescent => x => Coordinates(x, (i, g) => x[i] - (Eta * g)),
            Momentum => x => Coordinates(x, (i, g) => x[i] - (Eta * (m![i] = (0.9 * m[i]) + g))),
            Nesterov => x => Coordinates(x, (i, g) => x[i] - (Eta * (g + (0.9 * (m![i] = (0.9 * m[i]) + g))))),
            RmsProp => x => Coordinates(x, (i, g) => x[i] - (Eta * g / (Math.Sqrt(s![i] = (0.99 * s[i]) + (0.01 * g * g)) + 1e-8))),
            Adam adam => x => Coordinates(x, (i, g) =>
            {
                m![i] = (0.9 * m[i]) + (0.1 * g);
                s![i] = (0.999 * s[i]) + (0.001 * g * g);
                var (mean, square) = (m[i] / (1 - Math.Pow(0.9, k)), s[i] / (1 - Math.Pow(0.999, k)));
                return (x[i] * (1 - (adam is AdamW w ? Eta * w.Decay : 0))) - (Eta * mean / (Math.Sqrt(square) + 1e-8));
            }),
            Armijo => x =>
            {
                if (lastG is null)
                {
                    (lastG, f, t) = (gradient(x), value(x), Eta);
                    return x;
                }

                double[] trial = [.. x.Zip(lastG, (a, g) => a - (t * g))];
                if (value(trial) <= f - (0.3 * t * lastG.Sum(g => g * g)) + (1e-14 * Math.Abs(f)))
                {
                    (lastG, f, t) = (gradient(trial), value(trial), 2 * t);
                    return trial;
                }

                t /= 2;
                return x;
            }
            ,
            AdaptiveStep => x =>
            {
                var g = gradient(x);
                var next = lastX is null
                    ? Eta
                    : Math.Max(Eta * 1e-3, Math.Min(Math.Sqrt(1 + ratio) * eta, 0.5 * Norm([.. x.Zip(lastX, (a, b) => a - b)]) / Norm([.. g.Zip(lastG!, (a, b) => a - b)])));
                ratio = lastX is null ? 1e9 : next / eta;
                (eta, lastX, lastG) = (next, x, g);
                return [.. x.Zip(g, (a, b) => a - (next * b))];
            }
            ,
            _ => throw new ArgumentException($"{rule.Name} has no reference here: write its formulas down."),
        };
    }
}
