using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Identity;

namespace LandscapeGpu.Tests.Devices;

/// <summary>Endpoints that are told apart on a device are those that are told apart on this side.</summary>
internal static class ReductionParity
{
    public static void Require(KernelDevice device, int restarts)
    {
        var camel = Catalogue.Find("six-hump-camel").Create();
        var range = new RestartRange(camel.DefaultStarts, 3, 0, restarts);
        var groups = new EndpointGroups(RegionScale.Of(camel), 1);
        using var reduction = KernelReduction.For(camel, new(), device, groups.Numbers)!;
        Assert.True(reduction.Descend(range, null, default));
        var reduced = reduction.Polish(1u << (int)Outcome.Converged, null, default)!;
        groups.Add(reduced.Leaders, null, reduced.Counts);

        var ends = device.Compile(camel, new()).Run(range);
        var apart = Enumerable.Range(0, restarts).Where(k => ends.Outcomes[k] != (byte)Outcome.Converged).ToArray();
        Assert.Equal(apart, reduced.Items);
        Assert.Equal(ends.Points, reduction.Endpoints().Points);
        var expected = new EndpointGroups(RegionScale.Of(camel), 1);
        expected.Add(new KernelPolish(camel, device).Run(Enumerable.Range(0, restarts).Except(apart).SelectMany(k => ends.Points[(2 * k)..((2 * k) + 2)]).ToArray()));
        Assert.Equal(restarts - apart.Length, groups.Total);
        Assert.Equal(CountsOf(expected), CountsOf(groups));
        Assert.Equal(Enumerable.Range(0, restarts).Except(apart).Sum(k => ends.Steps[k]), reduced.Steps);
        RequireBeside(device, camel, groups.Numbers, restarts / 4);
    }

    /// <summary>A batch that was begun beside the polish of the one before is what it is by itself.</summary>
    private static void RequireBeside(KernelDevice device, Objective objective, double[] cells, int restarts)
    {
        var ranges = Enumerable.Range(0, 3).Select(k => new RestartRange(objective.DefaultStarts, 5, k * restarts, restarts)).ToList();
        var (alone, beside) = (Run(isAhead: false), Run(isAhead: true));
        foreach (var (a, b) in alone.Zip(beside))
        {
            Assert.Equal(a.Leaders.Points, b.Leaders.Points);
            Assert.Equal(a.Counts, b.Counts);
            Assert.Equal((a.Steps, a.Evaluations, a.Restarts), (b.Steps, b.Evaluations, b.Restarts));
        }

        List<ReducedBatch> Run(bool isAhead)
        {
            using var reduction = KernelReduction.For(objective, new(), device, cells)!;
            return [.. ranges.Select((range, k) =>
            {
                Assert.True(reduction.Descend(range, null, default));
                return reduction.Polish(1u << (int)Outcome.Converged, isAhead ? ranges.ElementAtOrDefault(k + 1) : null, default)!;
            })];
        }
    }

    /// <summary>How many are at each place, to six digits.</summary>
    private static Dictionary<(double, double), long> CountsOf(EndpointGroups groups) => Enumerable.Range(0, groups.Count)
        .GroupBy(g => (Math.Round(groups.Point(g)[0], 6), Math.Round(groups.Point(g)[1], 6)))
        .ToDictionary(g => g.Key, g => g.Sum(groups.CountOf));
}
