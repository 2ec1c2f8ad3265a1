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
    }

    /// <summary>How many are at each place, to six digits.</summary>
    private static Dictionary<(double, double), long> CountsOf(EndpointGroups groups) => Enumerable.Range(0, groups.Count)
        .GroupBy(g => (Math.Round(groups.Point(g)[0], 6), Math.Round(groups.Point(g)[1], 6)))
        .ToDictionary(g => g.Key, g => g.Sum(groups.CountOf));
}
