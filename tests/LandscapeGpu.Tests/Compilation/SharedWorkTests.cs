using LandscapeGpu.Compilation;
using LandscapeGpu.Tests.Expressions;

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
    public void What_a_derivative_has_once_for_all_coordinates_is_scaled_once()
    {
        const int D = 10;
        var products = Step(Catalogue.Find("ackley").Create(D)).Blocks().SelectMany(b => b.Statements).OfType<Let>().Count(l => l.Value.Instruction == Instruction.Multiply);
        // A coordinate has z = v(½ − |v|), z·S and two factors; cosines, squares and steps are multiply-adds but for the first of four sums. Seven are for all:
        // two means, −0.2√, exp/√ and its constant, and the constant of the other exp.
        Assert.InRange(products, 4 * D, (4 * D) + 16);

        // k(a·x) with a from outside the loop: (k·a)·x, and k·a is not in the loop.
        var outer = Objective.Define("outer", 100, x => Exp(Sum(100, i => 0.3 * Sin(x[i]))));
        Assert.DoesNotContain(
            Step(outer).Blocks().Where(b => b.Variable is not null).SelectMany(b => b.Statements).OfType<Let>(),
            l => l.Value is { Instruction: Instruction.Multiply, A: { Instruction: Instruction.Constant, Number: not 0.25 }, B.Instruction: Instruction.Multiply });
    }

    [Fact]
    public void The_supplement_of_an_angle_is_the_angle_of_the_opposite_number()
    {
        var h = Objective.Define("h", 1, x => Math.PI - Acos(x[0]));
        // √(2·2⁻⁴⁰)(1 + 2⁻⁴⁰/12 + …) at −1 + 2⁻⁴⁰, within four roundings; π minus an angle next to π would have ten digits.
        Assert.InRange(new DerivedFormula(h).Interpret(DoubleArithmetic.Instance, [-1 + Math.Pow(2, -40)], [1])[0] / Math.Pow(2, -19.5), 1 - 1e-12, 1 + 1e-12);
        // π occurs once, where an arc cosine is that of the other side, and x is not turned round.
        var statements = Step(h).Blocks().SelectMany(b => b.Statements).OfType<Let>().Select(l => l.Value).ToList();
        Assert.DoesNotContain(statements, v => v.Instruction == Instruction.Negate && v.A!.Instruction == Instruction.Load);
    }

    [Fact]
    public void Few_pairs_of_a_triangle_are_left_to_run_one_by_one()
    {
        const int K = 6;
        var pairs = Objective.Define("pairs", K * K, w => Sum(K, i => Sum(i, j => Exp(Sum(K, c => w[(i * K) + c] * w[(j * K) + c])))));
        var program = Step(pairs);
        Tiling.Apply(program, 2);
        var triangle = Assert.Single(program.Blocks().SelectMany(b => b.Statements).OfType<Loop>(), l => !l.Variable.Extent.IsConstant);
        Assert.Equal(3, triangle.Together);
    }

    [Fact]
    public void An_angle_between_two_units_is_computed_once_though_the_gradient_waits_for_sums_over_pairs()
    {
        const int K = 6;
        var identity = new double[K, K];
        for (var i = 0; i < K; i++)
        {
            identity[i, i] = 1;
        }

        var teacher = new Data("V", identity);
        Real Overlap(Real norms, Real product)
        {
            var cosine = Max(-1, Min(1, product / norms));
            return norms * (Sqrt(1 - Square(cosine)) + ((Math.PI - Acos(cosine)) * cosine));
        }

        var relu = Objective.Define("relu", K * K, w =>
        {
            var norm = Vector(K, i => Sqrt(Sum(K, c => Square(w[(i * K) + c]))));
            var pairs = Sum(K, i => Sum(i, j => Overlap(norm[i] * norm[j], Sum(K, c => w[(i * K) + c] * w[(j * K) + c]))));
            return pairs - Sum(K, i => Sum(K, j => Overlap(norm[i], Sum(K, c => w[(i * K) + c] * teacher[j, c]))));
        });
        // Comparing an argument with 0 is part of an arc cosine and of nothing else: one for students, one for teachers.
        Assert.Equal(2, Step(relu).Blocks().SelectMany(b => b.Statements).OfType<Let>().Count(l => l.Value is { Instruction: Instruction.Less, A: { Instruction: Instruction.Constant, Number: 0 }, B.Instruction: Instruction.Max }));
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
