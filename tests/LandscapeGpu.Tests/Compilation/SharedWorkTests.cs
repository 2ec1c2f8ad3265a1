using LandscapeGpu.Arithmetic;
using LandscapeGpu.Compilation;
using LandscapeGpu.Descent;
using LandscapeGpu.Expressions;
using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Tests.Expressions;
using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.Tests.Compilation;

/// <summary>A value and its gradient share what they compute, and what is shared comes out the same.</summary>
public sealed class SharedWorkTests
{
    private static readonly (int Bits, int Width)[] Widths = [(128, 1), (128, 2), (256, 1), (256, 2), (512, 1), (512, 2)];

    [Fact]
    public void A_unit_of_a_network_is_computed_once_for_output_and_gradient()
    {
        var network = Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["n"] = 50, ["width"] = 16, ["inputs"] = 10 });
        var statements = Step(network).Blocks().SelectMany(b => b.Statements).ToList();
        // Only tanh copies a sign.
        Assert.Single(statements.OfType<Let>(), l => l.Value.Instruction == Instruction.CopySign);
        Assert.Single(statements.OfType<Loop>(), l => l.Variable.Extent.Value == 50);
    }

    [Fact]
    public void What_cancels_in_a_derivative_is_not_computed()
    {
        // d/dc (√(1−c²) + (π − arccos c) c) = π − arccos c: the roots' derivatives cancel, and no division is left.
        var h = Objective.Define("h", 1, x => Sqrt(1 - (x[0] * x[0])) + ((Math.PI - Acos(x[0])) * x[0]));
        Assert.DoesNotContain(Step(h).Blocks().SelectMany(b => b.Statements).OfType<Let>(), l => l.Value.Instruction == Instruction.Divide);
        // A few ulp of a number near 2.
        Assert.Equal(Math.PI - Math.Acos(0.3), new DerivedFormula(h).Interpret(DoubleArithmetic.Instance, [0.3], [1])[1], 1e-14);
    }

    [Fact]
    public void A_sum_over_pairs_is_made_once_where_a_norm_that_all_share_is_derived()
    {
        // Each pair's root is needed for the value of its norms' adjoints and for its own gradient.
        var pairs = Objective.Define("pairs", 12, x =>
        {
            var norm = Vector(6, i => Sqrt(1 + Square(x[2 * i]) + Square(x[(2 * i) + 1])));
            return Sum(6, i => Sum(i, j => norm[i] * norm[j] * Exp(x[2 * i] * x[2 * j] / (norm[i] * norm[j])))) + Sum(6, i => Sum(6, j => norm[i] * Exp(x[2 * i] * j)));
        });
        // Each exponential scales by a power of two once: one a pair, one a unit and j.
        var scalings = Step(pairs).Blocks().SelectMany(b => b.Statements).OfType<Let>().Count(l => l.Value.Instruction == Instruction.ScaleByPowerOfTwo);
        Assert.Equal(2, scalings);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(31)]
    public void Samples_are_all_counted_whatever_remains_of_a_block(int n)
    {
        var network = Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["n"] = n });
        var x = Enumerable.Range(0, network.Dimension).Select(k => Math.Sin(k + 1)).ToArray();
        var v = Enumerable.Range(0, network.Dimension).Select(k => Math.Cos(k)).ToArray();
        var derived = new DerivedFormula(network);
        var expected = derived.Interpret(DoubleArithmetic.Instance, x, v);
        var found = derived.Run(new LaneTarget(128, true), 2, [x], v)[0];
        for (var k = 0; k < expected.Length; k++)
        {
            // Sums of some thirty terms near 1 in another order: thirty ulp.
            Assert.Equal(expected[k], found[k], 1e-14 * 30);
        }
    }

    /// <summary>Formulas in which several statements, or several iterations of an inner loop, add to one element.</summary>
    [Theory]
    [InlineData(654)]
    [InlineData(865)]
    public void Random_formulas_round_alike_at_every_width(int seed) => RoundsAlike(RandomFormula.Of(seed, smooth: seed % 2 == 0));

    [Fact]
    public void Elements_that_an_inner_loop_meets_again_are_added_to_in_one_order()
    {
        RoundsAlike(Objective.Define("met again", 5, x => Sum(11, i => Sin(Sum(9, j => x[(i * j) % 5] * ((Real)i + 1)))) + Sum(11, i => Exp(Sum(4, j => x[j] * i * 0.1)))));
    }

    private static void RoundsAlike(Objective objective)
    {
        var d = objective.Dimension;
        double[] x = [.. Enumerable.Range(0, d).Select(k => Math.Sin((3 * k) + 1))];
        double[] v = [.. Enumerable.Range(0, d).Select(k => Math.Cos(k))];
        var derived = new DerivedFormula(objective);
        foreach (var apart in new[] { false, true })
        {
            var runs = Widths.Where(w => w.Bits <= LaneTarget.WidestBits).Select(w => derived.Run(new LaneTarget(w.Bits, true), w.Width, [x], v, apart)[0]).ToList();
            Assert.All(runs, run => Assert.Equal(runs[0], run));
        }
    }

    private static LandscapeGpu.Compilation.Program Step(Objective objective) =>
        StepProgram.Write(objective, new() { Rule = new GradientDescent(), Stop = new StopRule { OnlyIterations = true } }).Program;
}
