namespace LandscapeGpu.Tests.Identity;

public class EndpointGroupsTests
{
    // Seven minima of two values, each met again and again with what polish leaves.
    private static PolishedSet Endpoints(int count, int seed, Func<int, int>? minimumOf = null)
    {
        var (random, set) = (new Random(seed), new PolishedSet(3, count));
        for (var k = 0; k < count; k++)
        {
            var minimum = minimumOf?.Invoke(k) ?? random.Next(7);
            for (var i = 0; i < 3; i++)
            {
                set.Points[(3 * k) + i] = (minimum * (i + 1)) + (1e-10 * (random.NextDouble() - 0.5));
            }

            (set.Values[k], set.Residuals[k], set.Stationary[k]) = (minimum % 2, 1e-9 * random.NextDouble(), random.Next(10) > 0);
            (set.Uncertainties[k], set.Roundings[k]) = (1e-10, 1e-16);
        }

        return set;
    }

    private static PolishedSet Part(PolishedSet all, int begin, int count)
    {
        var part = new PolishedSet(all.Dimension, count);
        for (var k = 0; k < count; k++)
        {
            part.Take(k, all, begin + k);
        }

        return part;
    }

    private static List<(double, double, long)> Groups(EndpointGroups groups) =>
        [.. Enumerable.Range(0, groups.Count).Select(g => (groups.Point(g)[0], groups.Residual(g), groups.CountOf(g)))];

    [Fact]
    public void Groups_are_the_same_for_any_batch_and_any_number_of_threads()
    {
        var all = Endpoints(5_000, 1);
        var whole = new EndpointGroups([1, 1, 1], 1);
        whole.Add(all);
        foreach (var (batch, threads) in new[] { (1, 1), (7, 2), (1024, 3), (4_999, 4) })
        {
            var parts = new EndpointGroups([1, 1, 1], threads);
            for (var begin = 0; begin < all.Count; begin += batch)
            {
                parts.Add(Part(all, begin, Math.Min(batch, all.Count - begin)));
            }

            Assert.Equal(Groups(whole), Groups(parts));
        }

        Assert.Equal(all.Stationary.Count(s => s), whole.Total);
        Assert.InRange(whole.Count, 7, 60);
    }

    [Fact]
    public void Memory_follows_the_minima()
    {
        var groups = new EndpointGroups([1, 1, 1], 2);
        for (var batch = 0; batch < 20; batch++)
        {
            groups.Add(Endpoints(50_000, batch));
        }

        Assert.InRange(groups.Total, 850_000, 950_000);
        // An edge of the lattice may run through each: 2⁵ groups at most.
        Assert.InRange(groups.Count, 7, 7 * 32);
    }

    [Fact]
    public void Many_groups_are_condensed_to_what_the_identity_leaves_of_them()
    {
        // Every endpoint elsewhere, and by the identity only as many as there are remainders of 5.
        const int Count = 1_500_000;
        var set = new PolishedSet(3, Count);
        for (var k = 0; k < Count; k++)
        {
            (set.Points[3 * k], set.Values[k], set.Residuals[k], set.Stationary[k]) = (k, k % 5, 1.0 / (k + 1), true);
        }

        var groups = new EndpointGroups([1, 1, 1], 2);
        groups.Add(set, g =>
        {
            var best = new int[g.Count];
            var of = new Dictionary<double, int>();
            for (var k = 0; k < g.Count; k++)
            {
                of[g.Value(k)] = of.TryGetValue(g.Value(k), out var b) && g.Residual(b) <= g.Residual(k) ? b : k;
            }

            return [.. Enumerable.Range(0, g.Count).Select(k => of[g.Value(k)])];
        });
        Assert.True(groups.IsCondensed);
        Assert.Equal(Count, groups.Total);
        Assert.Equal(Count, Enumerable.Range(0, groups.Count).Sum(groups.CountOf));
        Assert.InRange(groups.Count, 5, 1 << 20);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(37)]
    public void Beyond_a_number_of_groups_the_lowest_are_kept_with_exact_counts_and_the_rest_is_counted(int most)
    {
        // Minima by the hundred thousand, the lower the rarer, so that low ones come late.
        const int Count = 400_000, Batch = 70_000, Minima = 20_000;
        var (random, counts) = (new Random(3), new long[Minima]);
        var groups = new EndpointGroups([1, 1, 1], 2, most: most);
        for (var begin = 0; begin < Count; begin += Batch)
        {
            var set = new PolishedSet(3, Math.Min(Batch, Count - begin));
            for (var k = 0; k < set.Count; k++)
            {
                var minimum = (int)(Minima * Math.Sqrt(random.NextDouble()));
                counts[minimum]++;
                (set.Points[3 * k], set.Values[k], set.Residuals[k], set.Stationary[k]) = (minimum + (1e-10 * random.NextDouble()), minimum + (1e-13 * random.NextDouble()), 1e-14, true);
                (set.Uncertainties[k], set.Roundings[k]) = (1e-10, 1e-13);
            }

            groups.Add(set, g => [.. Enumerable.Range(0, g.Count)]);
        }

        groups.Limit(g => [.. Enumerable.Range(0, g.Count)]);
        var expected = counts.Index().Where(c => c.Item > 0).Take(most).Select(c => ((double)c.Index, c.Item)).ToList();
        Assert.Equal(expected, Enumerable.Range(0, groups.Count).Select(g => (Math.Round(groups.Value(g)), groups.CountOf(g))).Order());
        Assert.Equal(Count, groups.Unlisted + Enumerable.Range(0, groups.Count).Sum(groups.CountOf));
    }

    [Fact]
    public void Where_all_values_are_one_the_first_groups_stay()
    {
        var set = new PolishedSet(1, 100);
        for (var k = 0; k < set.Count; k++)
        {
            (set.Points[k], set.Values[k], set.Residuals[k], set.Stationary[k]) = (k % 20, 7, 1e-14, true);
            (set.Uncertainties[k], set.Roundings[k]) = (1e-10, 1e-16);
        }

        var groups = new EndpointGroups([1], 1, most: 8);
        groups.Add(set, g => [.. Enumerable.Range(0, g.Count)]);
        groups.Limit(g => [.. Enumerable.Range(0, g.Count)]);
        Assert.Equal(Enumerable.Range(0, 8).Select(k => ((double)k, 5L)), Enumerable.Range(0, groups.Count).Select(g => (groups.Point(g)[0], groups.CountOf(g))));
        Assert.Equal(60, groups.Unlisted);
    }

    [Fact]
    public void Points_of_different_value_are_never_one_and_a_group_shows_its_most_stationary_point()
    {
        var set = Endpoints(3, 2, _ => 1);
        (set.Stationary[0], set.Stationary[1], set.Stationary[2]) = (true, true, true);
        set.Values[2] += 1e-9;
        set.Residuals[1] = 0;
        var groups = new EndpointGroups([1, 1, 1], 1);
        groups.Add(set);
        Assert.Equal(2, groups.Count);
        Assert.Equal((0.0, 2L), (groups.Residual(0), groups.CountOf(0)));
        Assert.False(groups.AreOne(0, 1, 0, 1e-5));
    }
}
