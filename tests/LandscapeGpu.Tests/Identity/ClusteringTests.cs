namespace LandscapeGpu.Tests.Identity;

public class ClusteringTests
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

        var found = Clustering.Cluster(points, dimension, 1e-2);

        AssertSamePartition(truth, found.Labels);
        Assert.True(found.IsExact);
        Assert.Equal(3000, found.Sizes.Sum());
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
                var found = Clustering.Cluster(points, dimension, factor * tolerance);
                AssertSamePartition(AllPairs(points, dimension, factor * tolerance), found.Labels);
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
            AssertSamePartition(AllPairs(points, 3, 0.05), Clustering.Cluster(points, 3, 0.05).Labels);
        }
    }

    [Fact]
    public void Followers_that_touch_join_leaders_that_do_not()
    {
        // 0 leads 1 and 3 leads 2; the leaders are 3 tolerances apart, the followers one.
        Assert.Equal(1, Clustering.Cluster(new double[] { 0, 1, 3, 2 }, 1, 1.0).Count);
        Assert.Equal(2, Clustering.Cluster(new double[] { 0, 1, 3.001, 2.001 }, 1, 1.0).Count);
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
        Assert.Equal(Clustering.Cluster(points, 4, 0.09).Labels, Clustering.Cluster(shifted, 4, 0.09).Labels);
    }

    [Fact]
    public void Labels_follow_first_appearance_and_do_not_depend_on_the_threads()
    {
        // 300,000 points span three chunks, so that leaders of different chunks have to meet.
        var points = Uniform(300_000, 2, seed: 3);
        var one = Clustering.Cluster(points, 2, 0.0009, threads: 1);
        var three = Clustering.Cluster(points, 2, 0.0009, threads: 3);

        Assert.Equal(one.Labels, three.Labels);
        Assert.True(one.Count > 1000);
        Assert.Equal(Enumerable.Range(0, one.Count), one.Representatives.Select(i => one.Labels[i]));
        Assert.Equal(one.Representatives.Order(), one.Representatives);
    }

    [Fact]
    public void Points_that_are_all_equal_or_all_distinct_are_no_special_case()
    {
        Assert.Equal(1, Clustering.Cluster(new double[200_000], 1, 1e-12).Count);
        double[] line = [.. Enumerable.Range(0, 200_000).Select(i => (double)i)];
        Assert.Equal(200_000, Clustering.Cluster(line, 1, 0.999).Count);
        Assert.Equal(1, Clustering.Cluster(line, 1, 1).Count);
        Assert.Equal(0, Clustering.Cluster(Array.Empty<double>(), 3, 1).Count);
    }

    [Fact]
    public void Scale_gives_each_coordinate_its_unit()
    {
        double[] points = [0, 0, 0.5, 400, 0.5, 1600];
        Assert.Equal(3, Clustering.Cluster(points, 2, 1).Count);
        Assert.Equal([0, 0, 1], Clustering.Cluster(points, 2, 1, scale: [1, 1000]).Labels);
        Assert.Equal([0, 0, 1], Clustering.Cluster(points.Select(x => (float)x).ToArray(), 2, 1, scale: [1, 1000]).Labels);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e200)]
    public void A_point_that_cannot_be_compared_is_named(double bad)
    {
        var error = Assert.Throws<ArgumentException>(() => Clustering.Cluster(new[] { 0, 1, 2, bad }, 2, 1e-3));
        Assert.Contains("Point 1 has coordinate 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Clustering.Cluster(new double[4], 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clustering.Cluster(new double[4], 2, double.NaN));
        Assert.Throws<ArgumentException>(() => Clustering.Cluster(new double[5], 2, 1));
        Assert.Throws<ArgumentException>(() => Clustering.Cluster(new double[4], 2, 1, scale: [1]));
    }

    internal static void AssertSamePartition(IReadOnlyList<int> expected, IReadOnlyList<int> actual)
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
