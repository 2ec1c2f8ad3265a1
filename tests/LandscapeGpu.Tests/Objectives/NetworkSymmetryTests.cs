namespace LandscapeGpu.Tests.Objectives;

/// <summary>The symmetries that networks and factorisations declare are those of their losses, and no more is merged.</summary>
public class NetworkSymmetryTests
{
    public static TheoryData<string> Perceptrons()
    {
        var all = new TheoryData<string>();
        foreach (var activation in new[] { "tanh", "sigmoid", "relu", "softplus", "gelu" })
        {
            foreach (var layers in new[] { 1, 2, 3 })
            {
                foreach (var rest in new[] { "", "decay=0.1", "skip=on", "skip=on decay=0.1", "normalise=on", "normalise=on decay=0.1", "skip=on normalise=on", "loss=softmax", "loss=softmax decay=0.1", "loss=softmax skip=on", "targets=classes skip=on normalise=on decay=0.1", "normalise=batch", "normalise=batch skip=on decay=0.1", "dropout=0.2 skip=on" })
                {
                    all.Add($"perceptron n=10 activation={activation} layers={layers} {rest}".Trim());
                }
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Perceptrons))]
    [InlineData("perceptron loss=logistic n=10")]
    [InlineData("deep-linear layers=3")]
    [InlineData("deep-linear layers=4 width=3")]
    [InlineData("linear-residual")]
    [InlineData("two-layer-relu units=4")]
    [InlineData("least-squares")]
    [InlineData("quadratic-network")]
    [InlineData("matrix-completion rank=2")]
    [InlineData("matrix-sensing")]
    [InlineData("phase-retrieval")]
    [InlineData("xy-ring d=5")]
    [InlineData("lennard-jones atoms=5")]
    [InlineData("thomson electrons=5")]
    public void Value_and_invariants_do_not_change_along_an_orbit(string name)
    {
        var objective = CatalogueMembers.Find(name);
        var symmetry = objective.Symmetry!;
        var random = new Random(1);
        for (var trial = 0; trial < 4; trial++)
        {
            var x = CatalogueMembers.RandomPoint(objective, random);
            var moved = Moved(symmetry, x, random);
            // Rounding only, amplified by the scales that moved the weights.
            Assert.Equal(objective.Evaluate(x), objective.Evaluate(moved), 1e-9 * (1 + Math.Abs(objective.Evaluate(x))));
            var (before, after) = (symmetry.Invariants(x), symmetry.Invariants(moved));
            Assert.True(Distance(before, after) < 1e-9 * (1 + before.Max(Math.Abs)), $"{Distance(before, after)}");
        }
    }

    [Theory]
    [MemberData(nameof(Perceptrons))]
    [InlineData("two-layer-relu units=4")]
    public void Points_with_other_values_have_other_invariants(string name)
    {
        var objective = CatalogueMembers.Find(name);
        var random = new Random(2);
        for (var trial = 0; trial < 3; trial++)
        {
            var x = CatalogueMembers.RandomPoint(objective, random);
            var (value, invariants) = (objective.Evaluate(x), objective.Symmetry!.Invariants(x));
            for (var i = 0; i < objective.Dimension; i += 3)
            {
                double[] changed = [.. x];
                changed[i] = -x[i] + 0.1;
                // A weight of order one that is changed alone makes another network; where it does not matter, as those of idle units, nothing need differ.
                if (Math.Abs(value - objective.Evaluate(changed)) > 1e-3)
                {
                    Assert.True(Distance(invariants, objective.Symmetry.Invariants(changed)) > 1e-4, $"weight {i}");
                }
            }
        }
    }

    [Theory]
    // Each configuration, a change of the weights that a neighbouring configuration allows, and by it moves points that this one must tell apart.
    [InlineData("perceptron n=10 activation=relu decay=0.1", "perceptron n=10 activation=relu")]
    [InlineData("perceptron n=10 activation=relu normalise=on", "perceptron n=10 activation=relu")]
    [InlineData("perceptron n=10 activation=sigmoid decay=0.1", "perceptron n=10 activation=sigmoid")]
    [InlineData("perceptron n=10 activation=tanh normalise=on", "perceptron n=10 activation=tanh")]
    [InlineData("perceptron n=10 activation=gelu", "perceptron n=10 activation=tanh")]
    [InlineData("perceptron n=10 activation=softplus skip=on decay=0.1", "perceptron n=10 activation=softplus skip=on")]
    [InlineData("perceptron n=10 activation=tanh normalise=on decay=0.1", "perceptron n=10 activation=tanh normalise=on")]
    [InlineData("perceptron n=10 activation=tanh layers=2 skip=on", "perceptron n=10 activation=tanh layers=2")]
    [InlineData("perceptron n=10 activation=relu layers=2 skip=on", "perceptron n=10 activation=relu layers=2")]
    [InlineData("perceptron n=10 activation=sigmoid layers=3 decay=0.1", "perceptron n=10 activation=sigmoid layers=3")]
    public void What_only_a_neighbouring_network_allows_is_not_declared(string name, string neighbour)
    {
        var (objective, other) = (CatalogueMembers.Find(name), CatalogueMembers.Find(neighbour).Symmetry!);
        var random = new Random(3);
        var told = 0;
        for (var trial = 0; trial < 20; trial++)
        {
            var x = CatalogueMembers.RandomPoint(objective, random);
            var moved = Moved(other, x, random);
            if (Math.Abs(objective.Evaluate(x) - objective.Evaluate(moved)) > 1e-3)
            {
                // The value changes, so this is no symmetry, and invariants see it.
                told++;
                Assert.True(Distance(objective.Symmetry!.Invariants(x), objective.Symmetry.Invariants(moved)) > 1e-4);
            }
        }

        Assert.True(told > 10, $"{told}");
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
        Assert.Throws<ArgumentException>(() => CatalogueMembers.Find("perceptron layers=2 n=10").Symmetry!.Move(new double[3], new Random(1)));
    }

    private static double[] Moved(Symmetry symmetry, double[] x, Random random)
    {
        var moved = (double[])x.Clone();
        symmetry.Move(moved, random);
        return moved;
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (u, v) => (u - v) * (u - v)).Sum());
}
