using FsCheck;
using FsCheck.Fluent;
using LandscapeGpu.Tests.Numerics;
using Xunit.Abstractions;

namespace LandscapeGpu.Tests.Expressions;

/// <summary>A bound of the rounding error bounds it, and not by too much.</summary>
public class RunningErrorTests(ITestOutputHelper output)
{
    [Fact]
    public void The_bound_of_random_formulas_holds_for_value_gradient_and_hessian_and_is_seldom_a_hundred_times_too_large()
    {
        var ratios = new List<double>();
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(7, 1).WithMaxTest(60),
            Prop.ForAll(Gen.Choose(0, 1_000_000_000).ToArbitrary(), seed => ratios.AddRange(Ratios(RandomFormula.Of(seed, smooth: false), seed))));
        ratios.Sort();
        output.WriteLine($"{ratios.Count} numbers, bound/error: median {ratios[ratios.Count / 2]:F0}, tenth {ratios[ratios.Count / 10]:F1}, nine tenths {ratios[9 * ratios.Count / 10]:F0}");
        // Errors are often far below their bound by chance: the median says how sharp it is.
        Assert.InRange(ratios[ratios.Count / 2], 1, 100);
    }

    [Theory]
    [InlineData("himmelblau")]
    [InlineData("six-hump-camel")]
    [InlineData("ackley")]
    [InlineData("pca")]
    [InlineData("glm")]
    [InlineData("lennard-jones")]
    public void The_bound_holds_on_families_of_the_catalogue(string family)
    {
        var ratios = Ratios(Catalogue.Find(family).Create(), 3);
        output.WriteLine($"median {ratios.Order().ElementAt(ratios.Count / 2):F0}");
        Assert.InRange(ratios.Order().ElementAt(ratios.Count / 2), 1, 1000);
    }

    [Fact]
    public void Cancellation_is_seen_in_the_bound()
    {
        var objective = Objective.Define("lost digits", 1, x => (1 - Cos(x[0])) / Square(x[0]));
        var (value, _, _) = Bounds(objective, [1e-7]);
        // 1 − cos x = 5e-15 has lost all but two of its digits.
        Assert.InRange(value, 1e-3, 1);
        (value, _, _) = Bounds(objective, [0.5]);
        Assert.InRange(value, 0, 1e-14);
    }

    // e^x/(1 + e^x)² is computed as 1 − e^2x·(1 + e^x)⁻², of which the power has underflowed from x = 373 on.
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(350)]
    [InlineData(360)]
    [InlineData(400)]
    [InlineData(700)]
    public void What_underflows_and_is_brought_back_by_an_exponential_is_in_the_bound(double x)
    {
        var softplus = Objective.Define("softplus", 1, p => Log(1 + Exp(p[0])));
        var derivatives = Derivatives.Of(softplus);
        using var rounding = new HessianRounding(softplus, derivatives);
        using var hessians = new LaneHessians(derivatives, softplus);

        var computed = hessians.At([x])[0];

        var true2 = Math.Exp(-x) / Math.Pow(1 + Math.Exp(-x), 2);
        Assert.True(Math.Abs(computed - true2) <= rounding.Bounds([x])[0], $"{computed} ± {rounding.Bounds([x])[0]}, and right is {true2}");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e8, 1)]
    [InlineData(1, 1e-6)]
    [InlineData(1e-12, 1e6)]
    public void A_minimum_beside_what_underflows_has_its_curvature(double factor, double unit)
    {
        var softplus = Objective.Define("softplus", 1, p => factor * (Log(1 + Exp(p[0] / unit)) - (p[0] / unit) + (1e-3 * Square((p[0] / unit) - 400)))) with { Region = Region.Box([-600 * unit], [600 * unit]) };

        var minimum = Assert.Single(Survey.Run(softplus, new() { Restarts = 20 }).Minima);

        Assert.Equal(400, minimum.Point[0] / unit, 1e-6);
        Assert.Equal(0.002, minimum.Eigenvalues[0] * unit * unit / factor, 1e-6);
    }

    [Fact]
    public void Of_two_values_that_rounding_may_exchange_the_bound_is_the_larger()
    {
        var drowned = Objective.Define("drowned", 1, x => Max((1 - Cos(x[0])) / Square(x[0]), Square(x[0])));
        using var test = new LandscapeGpu.Differentiation.HessianRounding(drowned, LandscapeGpu.Differentiation.Derivatives.Of(drowned, null));

        // The quotient is computed as 0 there, and is a half.
        Assert.True(test.ValueBound([1e-9]) > 0.5);
        Assert.True(test.ValueBound([2]) < 1e-14);
    }

    [Fact]
    public void The_power_of_a_residual_that_is_all_rounding_is_known_to_be_rounding()
    {
        // Where 2.9(x − 0.2) + 0.7y comes out as 0, it is no more than a rounding of 3; its sixth power is 10⁻⁹⁰ or so, and not known to be 0.
        var power = Objective.Define("power", 2, x => Pow((2.9 * (x[0] - 0.2)) + (0.7 * x[1]), 6));
        using var rounding = new HessianRounding(power, Derivatives.Of(power));
        var random = new Random(1);
        for (var k = 0; k < 20; k++)
        {
            var x = (6 * random.NextDouble()) - 3;
            double[] point = [x, -2.9 / 0.7 * (x - 0.2)];
            using var hessians = new LaneHessians(Derivatives.Of(power), power);
            Assert.All(hessians.At(point).Zip(rounding.Bounds(point)), entry => Assert.InRange(Math.Abs(entry.First), 0, entry.Second));
        }
    }

    [Fact]
    public void The_square_of_a_residual_that_is_all_rounding_is_known_to_be_rounding()
    {
        var objective = Objective.Define("fit", 1, x => Square(Exp(x[0]) - Math.E));
        var (value, gradient, _) = Bounds(objective, [1]);
        Assert.InRange(value, 1e-32, 1e-28);
        Assert.InRange(gradient[0], 1e-16, 1e-13);
    }

    /// <summary>Bound over error of every number that is not exact; fails where an error exceeds its bound.</summary>
    private static List<double> Ratios(Objective objective, int seed)
    {
        var d = objective.Dimension;
        var random = new Random(seed);
        double[] x = [.. Enumerable.Range(0, d).Select(_ => (3 * random.NextDouble()) - 1.5)];
        double[] v = [.. Enumerable.Range(0, d).Select(_ => (2 * random.NextDouble()) - 1)];
        var point = new Point("v", d);
        return objective.Trace.Run(() =>
        {
            var value = objective.Value;
            var gradient = ReverseMode.Gradient(value, objective.Point);
            var product = ForwardMode.Along(gradient, objective.Point, point) ?? new ComponentVector([.. Enumerable.Repeat(Real.Constant(0), d)]);
            var error = new RunningError(objective.Point, null);
            var (ef, eg, eh) = (error.Bound(value), error.Bound(gradient), error.Bound(product));
            var order = new EvaluationOrder(value, gradient, product, ef, eg, eh);
            var computed = new Interpreter<double>(DoubleArithmetic.Instance, order, new() { Points = new Dictionary<Point, double[]> { [objective.Point] = x, [point] = v }, Parameters = objective.Parameters });
            var exact = new Interpreter<BigFloat>(BigArithmetic.Instance, new EvaluationOrder(value, gradient, product), new()
            {
                Points = new Dictionary<Point, BigFloat[]> { [objective.Point] = [.. x.Select(e => (BigFloat)e)], [point] = [.. v.Select(e => (BigFloat)e)] },
                Parameters = objective.Parameters,
            });
            double[] numbers = [computed[value], .. computed[gradient], .. computed[product]];
            double[] bounds = [computed[ef], .. computed[eg], .. computed[eh]];
            BigFloat[] truths = [exact[value], .. exact[gradient], .. exact[product]];
            var ratios = new List<double>();
            for (var k = 0; k < numbers.Length; k++)
            {
                var wrong = Math.Abs((double)(numbers[k] - truths[k]));
                Assert.True(wrong <= bounds[k], $"Number {k} of {objective} at {string.Join(", ", x)} is wrong by {wrong}, and the bound is {bounds[k]}.");
                if (wrong > 0)
                {
                    ratios.Add(bounds[k] / wrong);
                }
            }

            return ratios;
        });
    }

    private static (double Value, double[] Gradient, double[] Curvature) Bounds(Objective objective, double[] x) => objective.Trace.Run(() =>
    {
        var gradient = ReverseMode.Gradient(objective.Value, objective.Point);
        var one = new ComponentVector([.. Enumerable.Repeat(Real.Constant(1), objective.Dimension)]);
        var error = new RunningError(objective.Point, null);
        var (ef, eg, eh) = (error.Bound(objective.Value), error.Bound(gradient), error.Bound(ForwardMode.Along(gradient, objective.Point, one)!));
        var found = new Interpreter<double>(DoubleArithmetic.Instance, new EvaluationOrder(ef, eg, eh), new() { Points = new Dictionary<Point, double[]> { [objective.Point] = x } });
        return (found[ef], found[eg], found[eh]);
    });
}
