using FsCheck;
using FsCheck.Fluent;
using LandscapeGpu.Compilation;
using LandscapeGpu.Tests.Arithmetic;
using LandscapeGpu.Tests.Expressions;

namespace LandscapeGpu.Tests.Compilation;

/// <summary>Random formulas: derivatives are derivatives, and everything that runs computes what the interpreter does.</summary>
public class RandomFormulaTests
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithReplay(Seed, 1).WithMaxTest(Count);

    // Other formulas, and more of them, for whoever looks for rarer faults.
    private static ulong Seed => ulong.Parse(Environment.GetEnvironmentVariable("LANDSCAPE_RANDOM_SEED") ?? "20");

    private static int Count => int.Parse(Environment.GetEnvironmentVariable("LANDSCAPE_RANDOM_FORMULAS") ?? (LongTests.AreAsked ? "300" : "40"));

    private static Arbitrary<int> Seeds => Gen.Choose(0, 1_000_000_000).ToArbitrary();

    [Fact]
    public void Gradients_and_hessian_products_of_random_smooth_formulas_are_what_differences_say() =>
        Check.One(Repeatable, Prop.ForAll(Seeds, DerivativesAreDifferences));

    [Fact]
    public void Compiled_code_of_random_formulas_computes_what_the_interpreter_does() =>
        Check.One(Repeatable, Prop.ForAll(Seeds, seed => CodeAgrees(seed)));

    private static void DerivativesAreDifferences(int seed)
    {
        var objective = RandomFormula.Of(seed, smooth: true);
        var (points, v) = Points(objective.Dimension, seed);
        var x = points[0];
        var derived = new DerivedFormula(objective);
        var d = objective.Dimension;
        var exact = derived.Interpret(DoubleArithmetic.Instance, x, v);
        // Fourth-order differences with h = 1e-3: truncation 1e-12 times a fifth derivative, rounding 1e-13 of the value.
        var scale = exact.Select(Math.Abs).Max() + 1;
        for (var i = 0; i < d; i++)
        {
            double At(double h) => derived.Interpret(DoubleArithmetic.Instance, Moved(x, i, h), v)[0];
            Assert.True(Math.Abs(Difference(At) - exact[1 + i]) <= 1e-6 * scale, $"∂f/∂x{i} of {seed} is {exact[1 + i]}, by differences {Difference(At)}: {objective}");
        }

        for (var i = 0; i < d; i++)
        {
            double At(double h) => derived.Interpret(DoubleArithmetic.Instance, [.. x.Zip(v, (a, b) => a + (h * b))], v)[1 + i];
            Assert.True(Math.Abs(Difference(At) - exact[1 + d + i]) <= 1e-5 * scale, $"(Hv){i} of {seed} is {exact[1 + d + i]}, by differences {Difference(At)}: {objective}");
        }
    }

    private static void CodeAgrees(int seed)
    {
        var objective = RandomFormula.Of(seed, smooth: seed % 2 == 0);
        var (points, v) = Points(objective.Dimension, seed);
        var looped = new DerivedFormula(objective);
        var exact = points.Select(x => looped.Interpret(DoubleArithmetic.Instance, x, v)).ToArray();
        var single = points.Select(x => looped.Interpret(SingleArithmetic.Instance, x, v)).ToArray();
        foreach (var derived in new[] { looped, new DerivedFormula(objective, budget: 250) })
        {
            foreach (var (target, width, apart) in Runs(seed))
            {
                var lanes = derived.Run(target, width, points, v, apart);
                for (var lane = 0; lane < lanes.Length; lane++)
                {
                    Agree(seed, target, width, exact[lane % points.Length], single[lane % points.Length], lanes[lane], objective.ToString());
                }
            }
        }
    }

    private static void Agree(int seed, Target target, int width, double[] exact, double[] single, double[] found, string formula)
    {
        var scale = exact.Select(Math.Abs).Max() + 1;
        // Double: a few dozen operations of a few ulp each, amplified up to a million times. Single: what single precision
        // itself costs the interpreter, with room for another order of operations, besides the same of its own ulp.
        var lost = exact.Zip(single, (a, b) => Math.Abs(a - b)).Max();
        var tolerance = target.IsDouble ? 1e-9 * scale : (100 * lost) + (1e-4 * scale);
        for (var k = 0; k < exact.Length; k++)
        {
            Assert.True(
                Math.Abs(found[k] - exact[k]) <= tolerance,
                $"Number {k} of {seed} is {found[k]} on {target.GetType().Name}×{target.Lanes}×{width}, {exact[k]} interpreted: {formula}");
        }
    }

    /// <summary>Scalar code and every width of vector there is, with one, two or four of them side by side.</summary>
    private static IEnumerable<(Target Target, int Width, bool Apart)> Runs(int seed)
    {
        yield return (new ScalarTarget(true), 1, true);
        yield return (new ScalarTarget(false), 1, false);
        foreach (var bits in new[] { 128, 256, 512 }.Where(b => b <= LaneTarget.WidestBits))
        {
            yield return (new LaneTarget(bits, true), 1 << (seed / 3 % 3), bits == 256);
            yield return (new LaneTarget(bits, false), 1 << (seed / 5 % 3), false);
        }
    }

    private static double[] Moved(double[] x, int i, double h) => [.. x.Select((a, k) => k == i ? a + h : a)];

    private static double Difference(Func<double, double> at)
    {
        const double H = 1e-3;
        return ((8 * (at(H) - at(-H))) - (at(2 * H) - at(-2 * H))) / (12 * H);
    }

    private static (double[][] Points, double[] Direction) Points(int d, int seed)
    {
        var random = new Random(seed);
        double[] Draw() => [.. Enumerable.Range(0, d).Select(_ => (3 * random.NextDouble()) - 1.5)];
        return ([Draw(), Draw(), Draw()], Draw());
    }
}
