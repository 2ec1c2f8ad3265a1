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

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 8)]
    [InlineData(10, 32)]
    public void A_minimum_where_edges_of_a_cell_meet_comes_back_as_one(int dimension, int parts)
    {
        // On the edges of one lattice, and on an edge of each but the last.
        var cut = Enumerable.Range(1, 4).Select(cell => CutMinimum.LeadersOf(new ReferenceDevice(1), CutMinimum.At(dimension, cell, isCutInEach: false))).ToList();
        var cutInEach = Enumerable.Range(1, 4).Select(cell => CutMinimum.LeadersOf(new ReferenceDevice(1), CutMinimum.At(dimension, cell, isCutInEach: true))).ToList();
        Assert.All(cut, led => Assert.Equal(1, led[^1].Leaders));
        Assert.All(cutInEach, led => Assert.Equal(1, led[^1].Leaders));
        // Else nothing was tested.
        Assert.InRange(cut.Max(led => led[0].Leaders), (parts / 2) + 1, parts);
        Assert.InRange(cut.Max(led => led.Count), 2, 2);
        Assert.All(cutInEach, led => Assert.InRange(led.Count, 1, CellPlan.Lattices));
        Assert.Contains(cutInEach, led => led[0].Leaders > 1);
    }

    [Fact]
    public void Minima_that_share_a_cell_come_back_as_so_many()
    {
        // A cell is 16e-6 wide, and each minimum is known to 1e-12.
        var close = Objective.Define("two wells", 1, x => Square(Square(x[0] * 1e6) - 1)) with { Region = Region.Box(1, -1, 1), Starts = new UniformBox(-3e-6, 3e-6) };
        var device = new FailingDevice(int.MaxValue, staysLost: false);
        using var reduction = KernelReduction.For(close, new() { IsDouble = true }, device, new EndpointGroups(RegionScale.Of(close), 1).Numbers)!;
        Assert.True(reduction.Descend(new(close.DefaultStarts, 3, 0, 300), null, default));
        var reduced = reduction.Polish(1u << (int)Outcome.Converged, null, default)!;
        Assert.Equal([-1e-6, 1e-6], reduced.Leaders.Points.Order().Select(x => Math.Round(x, 12)));
        Assert.InRange(reduced.Counts.Min(), 50, 150);
    }

    [Fact]
    public void A_run_of_many_parts_has_one_leader_and_its_radius_holds_all()
    {
        var objective = Objective.Define("a bowl", 2, x => Exp(x[0] - 0.3) - x[0] + Exp(x[1] - 0.2) - x[1]) with { Region = Region.Box(2, -1, 1) };
        var device = new FailingDevice(int.MaxValue, staysLost: false);
        using var reduction = KernelReduction.For(objective, new(), device, new EndpointGroups(RegionScale.Of(objective), 1).Numbers)!;
        var range = new RestartRange(objective.DefaultStarts, 3, 0, 3000);
        Assert.True(reduction.Descend(range, null, default));
        var reduced = reduction.Polish(1u << (int)Outcome.Converged, null, default)!;
        Assert.Equal(3000, Assert.Single(reduced.Counts) + reduced.Items.Length);
        Assert.InRange(device.Led[0].Leaders, 3, 12);
        // What the radius is a bound of, from endpoints that are polished by themselves.
        var ends = new KernelPolish(objective, new ReferenceDevice(1)).Run(new ReferenceDevice(1).Compile(objective, new()).Run(range).Points);
        var leader = reduced.Leaders.Points;
        var farthest = Enumerable.Range(0, 3000).Where(k => ends.Stationary[k]).Max(k => Math.Sqrt(Math.Pow((ends.Points[2 * k] - leader[0]) / 2, 2) + Math.Pow((ends.Points[(2 * k) + 1] - leader[1]) / 2, 2)));
        // A triangle on each of the lattices.
        Assert.InRange(Assert.Single(reduced.Radii), farthest, 10 * farthest);
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
