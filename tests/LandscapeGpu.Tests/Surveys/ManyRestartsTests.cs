using LandscapeGpu.Statistics;
using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Restarts beyond what 32 bits count.</summary>
public class ManyRestartsTests
{
    [Theory]
    [InlineData(1L << 31)]
    [InlineData(1L << 32)]
    [InlineData(1L << 55)]
    public void Kernels_draw_the_starts_of_restarts_with_large_numbers_as_lanes_do(long number)
    {
        var camel = Catalogue.Find("six-hump-camel").Create();
        // No step changes a start much.
        var options = new DescentOptions { Rule = new GradientDescent { Step = 1e-30 }, Stop = new() { Iterations = 1, OnlyIterations = true }, IsDouble = true };
        var range = new RestartRange(camel.DefaultStarts, 7, number - 30, 60);
        var (lanes, kernels) = (new LaneDevice(1).Compile(camel, options).Run(range), new ReferenceDevice(1).Compile(camel, options).Run(range));
        Assert.Equal(lanes.Points, kernels.Points);
        var start = new double[2];
        for (var k = 0; k < 60; k++)
        {
            range.Starts.Draw(range.Seed, range.First + k, start);
            Assert.Equal(start, lanes.Points[(2 * k)..((2 * k) + 2)]);
        }
    }

    [Fact]
    public void Surveys_across_those_numbers_agree_on_lanes_and_kernels()
    {
        var camel = Catalogue.Find("six-hump-camel").Create();
        foreach (var first in new[] { (1L << 31) - 200, (1L << 32) - 200 })
        {
            var options = new SurveyOptions { First = first, Restarts = 400, Threads = 1 };
            var (lanes, kernels) = (Survey.Run(camel, options), Survey.Run(camel, options with { Searcher = new ReferenceDevice(1) }));
            Assert.Empty(SurveyAgreement.Differences(lanes, kernels));
            Assert.Equal(400, lanes.Restarts);
        }
    }

    [Fact]
    public void Coverage_of_billions_is_counted_exactly_and_a_share_that_small_has_digits()
    {
        var coverage = Coverage.Of([3_000_000_000, 2_999_999_996, 1, 1, 2]);
        Assert.Equal((6_000_000_000, 2, 1), (coverage.Restarts, coverage.Once, coverage.Twice));
        Assert.Equal(1 - (2 / 6e9), coverage.Estimate);
        Assert.InRange(coverage.Interval.Lower, 1 - (10 / 6e9), coverage.Estimate);
        Assert.Equal(["5e-08%", "0.0011%", "0.01%", "0.30%"], new[] { 3 / 6e9, 3 / 262_144.0, 1e-4, 3e-3 }.Select(LandscapeGpu.Reporting.NumberText.SmallPercent));
    }
}
