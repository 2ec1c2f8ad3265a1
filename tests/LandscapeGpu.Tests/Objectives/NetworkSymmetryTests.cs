using LandscapeGpu.Objectives;
using LandscapeGpu.Objectives.Symmetries;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>The symmetries that networks and factorisations declare are those of their losses, and no more is merged.</summary>
public class NetworkSymmetryTests
{
    [Theory]
    [InlineData("perceptron")]
    [InlineData("perceptron skip=on n=10")]
    [InlineData("perceptron activation=relu n=10")]
    [InlineData("perceptron activation=relu decay=0.1 n=10")]
    [InlineData("perceptron activation=sigmoid n=10")]
    [InlineData("perceptron activation=gelu n=10")]
    [InlineData("perceptron normalise=on n=10")]
    [InlineData("deep-linear layers=3")]
    [InlineData("linear-residual")]
    [InlineData("two-layer-relu units=4")]
    [InlineData("least-squares")]
    [InlineData("quadratic-network")]
    public void Value_and_invariants_do_not_change_along_an_orbit(string name)
    {
        var objective = CatalogueMembers.Find(name);
        var symmetry = objective.Symmetry!;
        var random = new Random(1);
        for (var trial = 0; trial < 20; trial++)
        {
            var x = CatalogueMembers.RandomPoint(objective, random);
            var moved = Moved(symmetry, x, random);
            // Rounding only, amplified by the scales that moved the weights.
            Assert.Equal(objective.Evaluate(x), objective.Evaluate(moved), 1e-9 * (1 + objective.Evaluate(x)));
            Assert.True(Distance(symmetry.Invariants(x), symmetry.Invariants(moved)) < 1e-9);
        }
    }

    [Theory]
    [InlineData("perceptron")]
    [InlineData("perceptron activation=relu n=10")]
    [InlineData("perceptron activation=sigmoid n=10")]
    [InlineData("two-layer-relu units=4")]
    public void Points_with_other_values_have_other_invariants(string name)
    {
        var objective = CatalogueMembers.Find(name);
        var random = new Random(2);
        for (var trial = 0; trial < 100; trial++)
        {
            var x = CatalogueMembers.RandomPoint(objective, random);
            double[] exchanged = [.. x], negated = [.. x];
            (exchanged[0], exchanged[4]) = (x[4], x[0]);
            negated[1] = -x[1];
            // A weight exchanged with one of another unit, or negated alone, is another network; weights are of order one.
            Assert.True(Distance(objective.Symmetry!.Invariants(x), objective.Symmetry.Invariants(exchanged)) > 1e-4);
            Assert.True(Distance(objective.Symmetry.Invariants(x), objective.Symmetry.Invariants(negated)) > 1e-4);
        }
    }

    [Fact]
    public void A_point_the_group_does_not_act_on_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Rotations(3).LengthFor(10));
        Assert.Throws<ArgumentException>(() => new MatrixPermutations(3, 3).MapFor(10));
        Assert.Throws<ArgumentException>(() => new LayerProduct([3, 2, 3]).MapFor(10));
        Assert.Throws<ArgumentException>(() => new LayerProduct([3]));
        Assert.Throws<ArgumentException>(() => new ReluUnits(1).MapFor(10));
        Assert.Throws<ArgumentException>(() => new SigmoidUnits(5) { BlockCount = 2 }.MapFor(10));
        Assert.Throws<ArgumentException>(() => new Translations([[1.0, 2.0]]).MapFor(3));
    }

    private static double[] Moved(Symmetry symmetry, double[] x, Random random)
    {
        switch (symmetry)
        {
            case BlockPermutations blocks:
                return Units(x, blocks.BlockLength, blocks.BlockCount, random, (unit, _) => blocks.SignFlips ? [.. unit.Select(v => -v)] : unit);
            case ReluUnits units:
                return Units(x, units.BlockLength, units.BlockCount, random, (unit, c) => [.. unit[..^1].Select(v => v * c), unit[^1] / c]);
            case SigmoidUnits units:
                // All signs change, so the bias takes up all outgoing weights.
                var flipped = Units(x, units.BlockLength, units.BlockCount, random, (unit, _) => [.. unit.Select(v => -v)]);
                flipped[^1] += Enumerable.Range(1, units.BlockCount).Sum(k => x[(k * units.BlockLength) - 1]);
                return flipped;
            case MatrixPermutations matrix:
                int[] rows = [.. Enumerable.Range(0, matrix.Rows)], columns = [.. Enumerable.Range(0, matrix.Columns)];
                random.Shuffle(rows);
                random.Shuffle(columns);
                return [.. rows.SelectMany(i => columns.Select(j => x[(i * matrix.Columns) + j]))];
            case LayerProduct layers:
                return Rescaled(layers, x);
            case Translations:
                // The last right singular vector of the generated inputs is orthogonal to all of them.
                var flat = LandscapeGpu.Objectives.Catalogue.SeededMatrices.Orthonormal(4, x.Length)[^1];
                return [.. x.Zip(flat, (a, b) => a + (3 * b))];
            default:
                var r = ((Rotations)symmetry).Columns;
                return [.. x.Chunk(r).SelectMany(row => row.Reverse().Select(v => -v))];
        }
    }

    /// <summary>Hidden layer 1 is scaled by G = diag(2, …, 2): W₁ becomes GW₁ and W₂ becomes W₂G⁻¹.</summary>
    private static double[] Rescaled(LayerProduct layers, double[] x)
    {
        var (moved, first, second) = ((double[])x.Clone(), layers.Widths[0] * layers.Widths[1], layers.Widths[1] * layers.Widths[2]);
        for (var k = 0; k < first + second; k++)
        {
            var (width, at) = (layers.Widths[1], k < first ? k / layers.Widths[0] - k % layers.Widths[0] : (k - first) / layers.Widths[1] - ((k - first) % layers.Widths[1]));
            var identity = layers.IsResidual && at == 0 && width > 0 ? 1 : 0;
            moved[k] = ((x[k] + identity) * (k < first ? 2 : 0.5)) - identity;
        }

        return moved;
    }

    private static double[] Units(double[] x, int length, int count, Random random, Func<double[], double, double[]> change)
    {
        double[][] units = [.. x.Take(length * count).Chunk(length).Select(unit => change(unit, 0.5 + random.NextDouble()))];
        random.Shuffle(units);
        return [.. units.SelectMany(u => u), .. x.Skip(length * count)];
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (u, v) => (u - v) * (u - v)).Sum());
}
