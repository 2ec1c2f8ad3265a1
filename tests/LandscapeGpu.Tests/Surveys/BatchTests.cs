namespace LandscapeGpu.Tests.Surveys;

/// <summary>The memory of a survey is that of a batch and of the minima, however many restarts there are.</summary>
public class BatchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void A_batch_is_no_larger_for_more_restarts(int dimension)
    {
        var objective = Objective.Define("bowl", dimension, x => Sum(dimension, i => Square(x[i])));
        var pool = new EndpointPool(new EndpointGroups([.. Enumerable.Repeat(1.0, dimension)], 1), new(objective, RegionScale.Of(objective), null), g => []);
        foreach (var (device, most) in new (Device, long)[] { (new LaneDevice(), 1 << 18), (new ReferenceDevice(), 1 << 22) })
        {
            var batches = pool.Batches(objective.DefaultStarts, 1, 5, 1_000_000_000_005, device.CoordinatesAtOnce).Take(3).ToList();
            // Coordinates of endpoints are at most a quarter of a gigabyte.
            Assert.All(batches, b => Assert.InRange(b.Count, 1, Math.Min(most, (1 << 28) / sizeof(double) / dimension)));
            Assert.Equal([5, 5 + batches[0].Count, 5 + (2L * batches[0].Count)], batches.Select(b => b.First));
            Assert.Equal(1_000, pool.Batches(objective.DefaultStarts, 1, 0, 1_000, device.CoordinatesAtOnce).Sum(b => b.Count));
        }
    }
}
