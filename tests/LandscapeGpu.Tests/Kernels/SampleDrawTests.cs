namespace LandscapeGpu.Tests.Kernels;

/// <summary>Which samples batches are made of.</summary>
public class SampleDrawTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    public void Without_replacement_an_epoch_has_every_sample_once(int samples)
    {
        // Batches of 1 … n that go across the ends of epochs.
        foreach (var size in new[] { 1, 2, 7, samples }.Where(b => b <= samples).Distinct())
        {
            var drawn = Draws(new() { Seed = 5, Size = size, Samples = samples }, restart: 3, steps: (2 * samples + size - 1) / size);
            foreach (var epoch in drawn.Chunk(samples).Take(2))
            {
                Assert.Equal(Enumerable.Range(0, samples), epoch.Order());
            }
        }
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(12, 0)]
    [InlineData(12, 1)]
    public void Every_sample_is_equally_likely_at_every_place_and_so_is_every_pair(int samples, int withReplacement)
    {
        const int restarts = 20_000;
        var plan = new BatchPlan { Seed = 1, Size = 3, Samples = samples, WithReplacement = withReplacement };
        var drawn = Enumerable.Range(0, restarts).Select(r => Draws(plan, (ulong)r, 1)).ToList();
        for (var place = 0; place < 3; place++)
        {
            Uniform(drawn.Select(d => d[place]), samples);
        }

        // Pairs of places: n(n − 1) possible ones without replacement, n² with.
        Uniform(drawn.Select(d => withReplacement == 1 ? (d[0] * samples) + d[2] : (d[0] * (samples - 1)) + d[2] - (d[2] > d[0] ? 1 : 0)), samples * (samples - 1 + withReplacement));

        static void Uniform(IEnumerable<int> seen, int cells)
        {
            var counts = new double[cells];
            foreach (var cell in seen)
            {
                counts[cell]++;
            }

            var expected = (double)restarts / cells;
            var chi2 = counts.Sum(c => (c - expected) * (c - expected) / expected);
            // χ² has mean k and deviation √(2k); five of those are passed once in a million.
            var k = cells - 1;
            Assert.InRange(chi2, k - (5 * Math.Sqrt(2.0 * k)), k + (5 * Math.Sqrt(2.0 * k)) + 5);
        }
    }

    [Fact]
    public void Steps_restarts_seeds_and_epochs_draw_differently()
    {
        var plan = new BatchPlan { Seed = 1, Size = 20, Samples = 1000 };
        int[][] draws =
        [
            Draws(plan, 0, 1), Draws(plan, 1, 1), [.. Draws(plan, 0, 2).Skip(20)], [.. Draws(plan, 0, 51).Skip(1000)],
            Draws(plan with { Seed = 2 }, 0, 1), Draws(plan with { WithReplacement = 1 }, 0, 1), [.. Draws(plan with { WithReplacement = 1 }, 0, 2).Skip(20)],
        ];
        Assert.Equal(draws.Length, draws.Select(d => string.Join(",", d)).Distinct().Count());
    }

    [Fact]
    public void Draws_never_change_because_that_would_change_every_run_made_with_them()
    {
        Assert.Equal("3,1,47,25,27,70", string.Join(",", Draws(new() { Seed = 7, Size = 6, Samples = 100 }, 12, 1)));
        Assert.Equal("54,49,37,12,40,77", string.Join(",", Draws(new() { Seed = 7, Size = 6, Samples = 100, WithReplacement = 1 }, 12, 1)));
    }

    /// <summary>All samples of the first steps of a restart, in order.</summary>
    internal static int[] Draws(BatchPlan plan, ulong restart, int steps)
    {
        var all = new List<int>();
        for (uint step = 0; step < steps; step++)
        {
            var batch = new int[plan.Size];
            SampleDraw.Fill(new Into(batch), plan, restart, step);
            all.AddRange(batch);
        }

        return [.. all];
    }

    private readonly struct Into(int[] batch) : IBatch
    {
        public void Set(int position, int sample) => batch[position] = sample;
    }
}
