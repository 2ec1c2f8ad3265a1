namespace LandscapeGpu.Tests.Identity;

public class LinkageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(50)]
    public void Minima_apart_by_more_than_the_tolerance_are_found_exactly(int dimension)
    {
        // 100 centres on a lattice of pitch 1 with noise 1e-4 a coordinate: at most 8e-4·√50 = 6e-3 within, 0.99 between.
        var random = new Random(1);
        int[] truth = [.. Enumerable.Range(0, 3000).Select(_ => random.Next(100))];
        double[] points = [.. truth.SelectMany(c => Enumerable.Range(0, dimension).Select(j =>
            (j == 0 ? c : (c * 7 + j) % 5) + 4e-4 * (2 * random.NextDouble() - 1)))];

        var found = Linked(points, dimension, 1e-2);

        AssertSamePartition(truth, found.Roots);
        Assert.True(found.Separation > 0.99);
    }

    [Theory]
    [InlineData(1, 0.002)]
    [InlineData(2, 0.04)]
    [InlineData(3, 0.12)]
    [InlineData(6, 0.3)]
    [InlineData(12, 0.8)]
    [InlineData(40, 2.0)]
    public void Clusters_that_straddle_and_chain_agree_with_all_pairs_single_linkage(int dimension, double tolerance)
    {
        // Uniform points linked at about the distance where they begin to form chains: every shape of component occurs.
        for (var seed = 0; seed < 8; seed++)
        {
            var points = Uniform(600, dimension, seed);
            foreach (var factor in (double[])[0.3, 0.7, 1.0, 1.3])
            {
                var found = Linked(points, dimension, factor * tolerance);
                AssertSamePartition(AllPairs(points, dimension, factor * tolerance), found.Roots);
            }
        }
    }

    [Fact]
    public void Crowds_far_wider_than_the_tolerance_agree_with_all_pairs_single_linkage()
    {
        // 40 clouds of 50 points as wide as the tolerance: leaders, followers and gaps between clouds all matter.
        for (var seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed);
            var centres = Uniform(40, 3, 100 + seed);
            double[] points = [.. Enumerable.Range(0, 6000).Select(k =>
                centres[k / 3 % 40 * 3 + k % 3] + 0.06 * (random.NextDouble() - 0.5))];
            AssertSamePartition(AllPairs(points, 3, 0.05), Linked(points, 3, 0.05).Roots);
        }
    }

    [Fact]
    public void Points_that_touch_join_those_that_do_not()
    {
        Assert.Equal(1, Count(Linked([0, 1, 3, 2], 1, 1.0)));
        Assert.Equal(2, Count(Linked([0, 1, 3.001, 2.001], 1, 1.0)));
    }

    [Theory]
    [InlineData(0.005)]
    [InlineData(-3.7)]
    [InlineData(12345.678)]
    public void A_shift_of_all_points_does_not_change_the_partition(double shift)
    {
        // Uniform data has no pair whose distance is within the 1e-11 that the shift rounds away from the tolerance.
        var points = Uniform(2000, 4, seed: 5);
        double[] shifted = [.. points.Select((x, k) => x + shift * (1 + k % 4))];
        Assert.Equal(Linked(points, 4, 0.09).Roots, Linked(shifted, 4, 0.09).Roots);
    }

    [Fact]
    public void Each_is_named_by_the_first_of_those_it_is_one_with_whatever_the_threads()
    {
        var points = Uniform(300_000, 2, seed: 3);
        var one = Linked(points, 2, 0.0009, threads: 1);

        Assert.Equal(one.Roots, Linked(points, 2, 0.0009, threads: 3).Roots);
        Assert.True(Count(one) > 1000);
        Assert.All(Enumerable.Range(0, one.Roots.Length), k => Assert.True(one.Roots[k] <= k && one.Roots[one.Roots[k]] == one.Roots[k]));
    }

    [Fact]
    public void Points_that_are_all_equal_or_all_distinct_are_no_special_case()
    {
        Assert.Equal(1, Count(Linked(new double[200_000], 1, 1e-12)));
        double[] line = [.. Enumerable.Range(0, 200_000).Select(i => (double)i)];
        Assert.Equal(200_000, Count(Linked(line, 1, 0.999)));
        Assert.Equal(1, Count(Linked(line, 1, 1)));
    }

    private static (int[] Roots, double Separation) Linked(double[] points, int dimension, double tolerance, int threads = 2) =>
        Linkage.Of(new(points, dimension), tolerance, (_, _, _) => true, threads);

    private static int Count((int[] Roots, double Separation) linked) => linked.Roots.Distinct().Count();

    private static void AssertSamePartition(IReadOnlyList<int> expected, IReadOnlyList<int> actual)
    {
        var pairs = expected.Zip(actual).ToHashSet();
        Assert.Equal(expected.Distinct().Count(), pairs.Count);
        Assert.Equal(actual.Distinct().Count(), pairs.Count);
    }

    private static double[] Uniform(int count, int dimension, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * dimension).Select(_ => random.NextDouble())];
    }

    /// <summary>Single linkage by comparing all pairs and spreading the smaller label: the definition itself.</summary>
    private static int[] AllPairs(double[] points, int dimension, double tolerance)
    {
        var count = points.Length / dimension;
        int[] label = [.. Enumerable.Repeat(-1, count)];
        var pending = new Stack<int>();
        for (var seed = 0; seed < count; seed++)
        {
            if (label[seed] >= 0)
            {
                continue;
            }

            label[seed] = seed;
            pending.Push(seed);
            while (pending.TryPop(out var i))
            {
                for (var j = 0; j < count; j++)
                {
                    if (label[j] >= 0 || !Near(points.AsSpan(i * dimension, dimension), points.AsSpan(j * dimension, dimension)))
                    {
                        continue;
                    }

                    label[j] = seed;
                    pending.Push(j);
                }
            }
        }

        return label;

        bool Near(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            double sum = 0;
            for (var k = 0; k < a.Length; k++)
            {
                sum += (a[k] - b[k]) * (a[k] - b[k]);
            }

            return sum <= tolerance * tolerance;
        }
    }
}
