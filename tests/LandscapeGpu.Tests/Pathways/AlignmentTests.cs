namespace LandscapeGpu.Tests.Pathways;

/// <summary>Images of points under symmetries that lie near others, as the ends of bands have to.</summary>
public class AlignmentTests
{
    public static TheoryData<string> Names => [.. Cases.Keys];

    private static readonly Dictionary<string, (Symmetry Symmetry, int Dimension)> Cases = new()
    {
        ["rigid motions"] = (new RigidMotions(3), 21),
        ["rigid motions in the plane"] = (new RigidMotions(2), 12),
        ["about the origin"] = (new RigidMotions(3) { IsAboutOrigin = true }, 15),
        ["rotations"] = (new Rotations(3), 12),
        ["blocks"] = (new BlockPermutations(3), 15),
        ["blocks with signs"] = (new BlockPermutations(3, SignFlips: true) { BlockCount = 4 }, 13),
        ["logistic units"] = (new SigmoidUnits(4) { BlockCount = 3 }, 13),
        ["relu units"] = (new ReluUnits(4) { BlockCount = 3 }, 13),
        ["one sign"] = (new GlobalSign(), 6),
        ["signs"] = (new CoordinateSigns(), 6),
        ["phase"] = (new CommonPhase(), 7),
        ["translations"] = (new Translations([[1, 2, 3, 4], [0, 1, 0, -1]]), 4),
        ["rows and columns"] = (new MatrixPermutations(3, 5), 15),
        ["squares of blocks"] = (new OfSquares(new BlockPermutations(3)), 12),
        ["linear network"] = (new LayerProduct([3, 2, 4]), 14),
        ["wide linear network"] = (new LayerProduct([2, 3, 2]), 12),
        ["deep linear network"] = (new LayerProduct([3, 3, 2, 2]), 19),
        ["residual linear network"] = (new LayerProduct([2, 2, 2], residual: true), 8),
        ["tanh network"] = (Catalogue.Find("perceptron").Create().Symmetry!, Catalogue.Find("perceptron").Create().Dimension),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_image_of_a_point_that_was_moved_by_the_group_is_brought_back(string name)
    {
        var (symmetry, d) = Cases[name];
        var random = new Random(5);
        for (var trial = 0; trial < 10; trial++)
        {
            double[] point = [.. Enumerable.Range(0, d).Select(_ => (2 * random.NextDouble()) - 1)], moved = [.. point];
            symmetry.Move(moved, random);
            var aligned = symmetry.Aligned(point, moved);
            // Rounding of a few rotations, and of scales about 1.
            Assert.All(point.Zip(aligned), p => Assert.Equal(p.First, p.Second, 1e-8));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Points_whose_numbers_are_all_the_same_are_aligned_as_others_are(string name)
    {
        var (symmetry, d) = Cases[name];
        double[] some = [.. Enumerable.Range(0, d).Select(i => Math.Sin(i + 1))], zeros = new double[d], ones = [.. zeros.Select(_ => 1.0)];
        foreach (var (to, point) in new[] { (some, zeros), (zeros, some), (some, ones), (ones, some), (ones, zeros), (zeros, zeros) })
        {
            Assert.All(symmetry.Aligned(to, point), x => Assert.True(double.IsFinite(x)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_aligned_point_is_an_image_of_the_point_and_no_farther_away(string name)
    {
        var (symmetry, d) = Cases[name];
        var random = new Random(7);
        for (var trial = 0; trial < 10; trial++)
        {
            double[] to = [.. Enumerable.Range(0, d).Select(_ => (2 * random.NextDouble()) - 1)], point = [.. Enumerable.Range(0, d).Select(_ => (2 * random.NextDouble()) - 1)];
            var aligned = symmetry.Aligned(to, point);
            // Invariants do not lengthen distances; those of scaled units may, by the sizes of weights.
            Assert.All(symmetry.Invariants(point).Zip(symmetry.Invariants(aligned)), p => Assert.Equal(p.First, p.Second, 1e-8));
            if (symmetry is not ReluUnits)
            {
                Assert.True(Distance(to, aligned) <= Distance(to, point) + 1e-9);
            }
        }
    }

    [Theory]
    [InlineData("rigid motions")]
    [InlineData("about the origin")]
    [InlineData("rows and columns")]
    public void A_copy_that_was_displaced_a_little_is_brought_near_at_once_and_back_again(string name)
    {
        var (symmetry, d) = Cases[name];
        var random = new Random(11);
        for (var trial = 0; trial < 20; trial++)
        {
            double[] point = [.. Enumerable.Range(0, d).Select(_ => (2 * random.NextDouble()) - 1)], moved = [.. point.Select(x => x + (1e-4 * (random.NextDouble() - 0.5)))];
            symmetry.Move(moved, random);
            var (near, back) = (new double[d], new double[d]);

            var element = symmetry.Towards(point, moved)!;
            element.Apply(moved, near);
            element.Undo(near, back);

            // Every coordinate was displaced by half of 1e-4 at most; a rotation spreads that over three.
            Assert.All(point.Zip(near), p => Assert.Equal(p.First, p.Second, 1e-4));
            Assert.All(moved.Zip(back), p => Assert.Equal(p.First, p.Second, 1e-12));
        }
    }

    [Theory]
    [InlineData("lennard-jones", "atoms", 13)]
    [InlineData("lennard-jones", "atoms", 6)]
    public void Clusters_with_a_point_group_are_laid_over_one_another(string family, string setting, int atoms)
    {
        var objective = Catalogue.Find(family).Create(null, new Dictionary<string, double> { [setting] = atoms });
        double[] cluster = [.. Survey.Run(objective, new() { Restarts = 50, Threads = 1 }).Minima[0].Point], moved = [.. cluster];
        var random = new Random(3);
        for (var trial = 0; trial < 10; trial++)
        {
            objective.Symmetry!.Move(moved, random);
            var near = new double[cluster.Length];

            objective.Symmetry.Towards(cluster, moved)!.Apply(moved, near);

            Assert.All(cluster.Zip(near), p => Assert.Equal(p.First, p.Second, 1e-9));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void An_assignment_costs_no_more_than_any_other(int n)
    {
        var random = new Random(n);
        var cost = new double[n, n];
        for (var e = 0; e < n * n; e++)
        {
            cost[e / n, e % n] = random.NextDouble() - 0.5;
        }

        var found = LinearAssignment.Solve(cost);
        Assert.Equal(Enumerable.Range(0, n), found.Order());
        Assert.Equal(Permutations(n).Min(p => Cost(p)), Cost(found), 1e-12);

        double Cost(int[] order) => order.Select((j, i) => cost[i, j]).Sum();
    }

    private static IEnumerable<int[]> Permutations(int n) => n == 0 ? [[]] : Permutations(n - 1).SelectMany(p => Enumerable.Range(0, n).Select(k => (int[])[.. p[..k], n - 1, .. p[k..]]));

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
}
