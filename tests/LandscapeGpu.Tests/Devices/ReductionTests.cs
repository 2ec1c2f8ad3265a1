using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Identity;

namespace LandscapeGpu.Tests.Devices;

/// <summary>Endpoints that are told apart where they are.</summary>
public class ReductionTests
{
    private static readonly Objective Camel = Catalogue.Find("six-hump-camel").Create();

    [Fact]
    public void Restarts_that_come_to_one_point_are_counted_on_the_device() => ReductionParity.Require(new ReferenceDevice(1), 3000);

    [Fact]
    public void A_long_run_of_one_minimum_is_counted_in_parts_and_what_is_no_stationary_point_comes_back()
    {
        // Three quarters of the starts end next to 0, the others begin where there is no number.
        var objective = Objective.Define("a bowl with an edge", 2, x => Square(x[0]) + Square(x[1]) + (1e-9 * Log(x[0] + 0.5))) with { Starts = new UniformBox(-1, 1) };
        var whole = Survey.Run(objective, new() { Restarts = 5000, Threads = 1 });
        var survey = Survey.Run(objective, new() { Restarts = 5000, Threads = 1, Searcher = new ReferenceDevice(1) });
        Assert.Empty(SurveyAgreement.Differences(whole, survey));
        Assert.InRange(survey.Outcomes.NotFinite, 1000, 1500);
        Assert.Equal(5000 - survey.Outcomes.NotFinite, Assert.Single(survey.Minima).Count);
    }

    [Fact]
    public void A_device_that_loses_an_endpoint_while_it_sorts_has_failed()
    {
        var survey = Survey.Run(Camel, new() { Restarts = 400, Threads = 1, Searcher = new FailingDevice(int.MaxValue, staysLost: false) { LosesAnEndpoint = true } });
        Assert.Equal(400, survey.Outcomes.Converged);
        Assert.Equal(400, survey.Minima.Concat(survey.Stationary).Sum(m => m.Count));
        Assert.Contains("sorting lost endpoint 399", Assert.Single(survey.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_every_restart_ends_elsewhere_batches_come_back_from_then_on()
    {
        var circle = Objective.Define("circle", 2, x => Square(Square(x[0]) + Square(x[1]) - 1)) with { Starts = new UniformBox(-2, 2) };
        using var reduction = KernelReduction.For(circle, new(), new ReferenceDevice(1), new EndpointGroups(RegionScale.Of(circle), 1).Numbers)!;
        var range = new RestartRange(circle.DefaultStarts, 3, 0, 500);
        Assert.True(reduction.Descend(range, null, default));
        Assert.Equal(500, reduction.Polish(1u << (int)Outcome.Converged, default)!.Restarts);
        Assert.False(reduction.Descend(range with { First = 500 }, null, default));
    }
}
