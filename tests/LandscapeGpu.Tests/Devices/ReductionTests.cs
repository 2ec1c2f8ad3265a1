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
    public void A_minimum_that_lies_on_the_edge_of_a_cell_is_one_minimum_with_all_its_restarts()
    {
        const int restarts = 300;
        var numbers = new EndpointGroups(RegionScale.Of(Well(0)), 1).Numbers;
        var alongOne = numbers[3];
        var cut = 0;
        for (var cell = 1; cell <= 8; cell++)
        {
            // Halfway between two whole numbers along the first direction, where CellKeys rounds.
            var well = Well((Math.Round(cell * 0.1 * alongOne) + 0.5 - 0.381966) / alongOne);
            var groups = new EndpointGroups(RegionScale.Of(well), 1);
            Assert.Equal(numbers, groups.Numbers);
            using var reduction = KernelReduction.For(well, new(), new ReferenceDevice(1), groups.Numbers)!;
            Assert.True(reduction.Descend(new(well.DefaultStarts, 3, 0, restarts), null, default));
            var reduced = reduction.Polish(1u << (int)Outcome.Converged, null, default)!;
            cut += reduced.Leaders.Count > 1 ? 1 : 0;
            groups.Add(reduced.Leaders, null, reduced.Counts);
            Assert.Equal(restarts - reduced.Items.Length, groups.Total);
            Assert.Equal(1, groups.Count);
        }

        // Else nothing was tested.
        Assert.InRange(cut, 1, 8);

        static Objective Well(double at) => Objective.Define("well", 1, x => Exp(x[0] - at) - x[0]) with { Region = Region.Box(1, -2, 2), Starts = new UniformBox(-2, 2) };
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
        Assert.Equal(500, reduction.Polish(1u << (int)Outcome.Converged, null, default)!.Restarts);
        Assert.False(reduction.Descend(range with { First = 500 }, null, default));
    }

    [Fact]
    public void The_next_batch_descends_beside_the_polish_of_the_one_before_and_no_number_is_another()
    {
        var device = new FailingDevice(int.MaxValue, staysLost: false);
        var (alone, beside) = (Batches(new ReferenceDevice(1), isAhead: false).ToList(), Batches(device, isAhead: true).ToList());
        Assert.Equal(4, alone.Count);
        foreach (var (a, b) in alone.Zip(beside))
        {
            RequireSame(a, b);
        }

        // Rows of descent are points, those of polish are longer; before a batch was worth it nobody goes ahead.
        var (descent, polish) = (Camel.Dimension, Camel.Dimension + NewtonPlan.Beside);
        var slices = device.Slices;
        var together = slices.Where((slice, k) => slice == ("Begin", descent) && slices.Take(k).Count(s => s == ("Begin", polish)) > slices.Take(k).Count(s => s == ("Wait", polish)));
        Assert.InRange(together.Count(), 2, int.MaxValue);
        Assert.Equal(slices.Count(s => s.Call == "Begin"), slices.Count(s => s.Call == "Wait"));
        Assert.Equal(("Wait", polish), slices[slices.IndexOf(("Begin", polish)) + 1]);
    }

    [Fact]
    public void Batches_that_overlap_are_right_or_have_failed_whichever_call_fails()
    {
        var whole = Batches(new ReferenceDevice(1), isAhead: false).ToList();
        var none = new FailingDevice(int.MaxValue, staysLost: true);
        Assert.Equal(4, Batches(none, isAhead: true).Count());
        for (var call = 0; call < none.Calls; call++)
        {
            var found = new List<ReducedBatch>();
            var isLost = false;
            try
            {
                foreach (var batch in Batches(new FailingDevice(call, staysLost: true), isAhead: true))
                {
                    found.Add(batch);
                }
            }
            catch (DeviceFailedException)
            {
                isLost = true;
            }

            // Giving back memory is the last thing that is asked for.
            Assert.True(isLost || found.Count == whole.Count, $"call {call}");
            foreach (var (a, b) in whole.Zip(found))
            {
                RequireSame(a, b);
            }
        }
    }

    private static IEnumerable<ReducedBatch> Batches(KernelDevice device, bool isAhead)
    {
        using var reduction = KernelReduction.For(Camel, new(), device, new EndpointGroups(RegionScale.Of(Camel), 1).Numbers)!;
        var ranges = Enumerable.Range(0, 4).Select(k => new RestartRange(Camel.DefaultStarts, 3, 200 * k, 200)).Append(null).ToList();
        for (var k = 0; k < 4; k++)
        {
            Assert.True(reduction.Descend(ranges[k]!, null, default));
            yield return reduction.Polish(1u << (int)Outcome.Converged, isAhead ? ranges[k + 1] : null, default)!;
        }
    }

    private static void RequireSame(ReducedBatch a, ReducedBatch b)
    {
        Assert.Equal(a.Leaders.Points, b.Leaders.Points);
        Assert.Equal(a.Counts, b.Counts);
        Assert.Equal(a.Items, b.Items);
        Assert.Equal((a.Steps, a.Evaluations), (b.Steps, b.Evaluations));
    }
}
