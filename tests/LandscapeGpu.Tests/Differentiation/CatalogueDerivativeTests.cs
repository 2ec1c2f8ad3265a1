using LandscapeGpu.Compilation;
using LandscapeGpu.Tests.Arithmetic;
using LandscapeGpu.Tests.Compilation;
using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Differentiation;

/// <summary>Every member of the catalogue has the gradient and Hessian that differences of its formula say, on everything that runs.</summary>
public class CatalogueDerivativeTests
{
    public static TheoryData<string> Names => CatalogueMembers.Names;

    private static IEnumerable<int> Widths => new[] { 0, 128, 256, 512 }.Where(b => b <= LaneTarget.WidestBits);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_what_differences_of_the_formula_say(string name)
    {
        var (objective, x, v) = Case(name);
        var derived = new DerivedFormula(objective);
        var d = objective.Dimension;
        var exact = derived.Interpret(DoubleArithmetic.Instance, x, v);
        var scale = exact.Take(d + 1).Max(Math.Abs);
        for (var i = 0; i < d; i++)
        {
            var difference = Difference(h => objective.Evaluate([.. x.Select((a, k) => k == i ? a + h : a)]));
            // Rounding of a value over h is 1e-12 of it; truncation is h⁴ = 1e-16 times a fifth derivative.
            Assert.True(Math.Abs(difference - exact[1 + i]) <= 1e-8 * scale, $"∂/∂x{i} of {name} is {exact[1 + i]}, by differences {difference}.");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Polishing_is_given_that_gradient_and_the_hessian_that_differences_of_it_say(string name)
    {
        var (objective, x, v) = Case(name);
        var exact = new DerivedFormula(objective).Interpret(DoubleArithmetic.Instance, x, v);
        var d = objective.Dimension;
        var scale = exact.Max(Math.Abs);
        foreach (var bits in Widths)
        {
            using var slopes = new PointDerivatives(objective, bits);
            var (g, h, moved) = (new double[d], new double[d], new double[d]);
            // A few ulp for each operation, of terms that cancel.
            Assert.True(Math.Abs(slopes.Gradient(x, g) - exact[0]) <= 1e-12 * scale);
            slopes.Product(x, v, h);
            for (var i = 0; i < d; i++)
            {
                Assert.True(Math.Abs(g[i] - exact[1 + i]) <= 1e-11 * scale, $"g{i} of {name} is {g[i]} with {bits} bits, {exact[1 + i]} interpreted.");
                var difference = Difference(t =>
                {
                    slopes.Gradient([.. x.Zip(v, (a, b) => a + (t * b))], moved);
                    return moved[i];
                });
                Assert.True(Math.Abs(h[i] - difference) <= 1e-7 * scale, $"(Hv){i} of {name} is {h[i]} with {bits} bits, by differences {difference}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Single_precision_differs_by_single_roundings(string name)
    {
        var (objective, x, v) = Case(name);
        // What single precision can represent, so that only the arithmetic differs.
        x = [.. x.Select(a => (double)(float)a)];
        v = [.. v.Select(a => (double)(float)a)];
        var derived = new DerivedFormula(objective, 250);
        var exact = derived.Interpret(DoubleArithmetic.Instance, x, v);
        var single = derived.Interpret(SingleArithmetic.Instance, x, v);
        var (scale, lost) = (exact.Max(Math.Abs), exact.Zip(single, (a, b) => Math.Abs(a - b)).Max());
        foreach (var bits in Widths)
        {
            Target target = bits == 0 ? new ScalarTarget(false) : new LaneTarget(bits, false);
            var found = derived.Run(target, 1, [x], v)[0];
            // Ten times what the interpreter loses in single precision, in whatever order it adds.
            Assert.All(found.Zip(exact), p => Assert.True(Math.Abs(p.First - p.Second) <= (10 * lost) + (1e-6 * scale), $"{name} in {bits} bits: {p}"));
        }
    }

    /// <summary>A point off the kinks of |x|: random ones are 1e-4 from a kink one time in ten thousand; and a direction.</summary>
    private static (Objective Objective, double[] X, double[] V) Case(string name)
    {
        var objective = CatalogueMembers.Find(name);
        var random = new Random(11);
        var x = CatalogueMembers.RandomPoint(objective, random);
        // Of the surrounding space: what manifolds make of it has tests of its own.
        return (objective with { Region = Region.WholeSpace }, x, [.. x.Select(_ => (2 * random.NextDouble()) - 1)]);
    }

    private static double Difference(Func<double, double> at)
    {
        const double H = 1e-4;
        return ((8 * (at(H) - at(-H))) - (at(2 * H) - at(-2 * H))) / (12 * H);
    }
}
