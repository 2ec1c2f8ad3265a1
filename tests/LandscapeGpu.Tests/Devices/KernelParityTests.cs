using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Devices;

public class KernelParityTests
{
    [Theory]
    [MemberData(nameof(RulesAndResidences))]
    public void Kernels_go_where_lanes_go(string rule, bool inMemory)
    {
        foreach (var objective in LongTests.Slice(Parity.Objectives, Rules.Names.ToList().IndexOf(rule) + (inMemory ? 1 : 0), 2))
        {
            Parity.Require(objective, new() { Rule = Rules.Named(rule), IsDouble = true }, new ReferenceDevice(2) { IsMemoryOnly = inMemory });
        }
    }

    [Theory]
    [MemberData(nameof(SetsAndRules))]
    public void Kernels_stay_on_the_sets_that_lanes_stay_on(string objective, string rule)
    {
        var made = CatalogueMembers.Find(objective);
        foreach (var inMemory in new[] { false, true })
        {
            Parity.Require(made, new() { Rule = Rules.Named(rule), IsDouble = true }, new ReferenceDevice(2) { IsMemoryOnly = inMemory }, [3]);
        }
    }

    [Theory]
    [InlineData("exponential:0.99")]
    [InlineData("cosine:40")]
    [InlineData("warm-restarts:5:2")]
    [InlineData("warm-up:7")]
    [InlineData("reduce-on-plateau:0.5:2")]
    public void Schedules_noise_decay_and_clipping_are_the_lanes_own(string schedule)
    {
        foreach (var inMemory in new[] { false, true })
        {
            Parity.RequireSchedule(schedule, new ReferenceDevice(2) { IsMemoryOnly = inMemory });
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_no_number_is_compared_as_lanes_do(bool inMemory) => OrderingParity.Require(new ReferenceDevice(1) { IsMemoryOnly = inMemory });

    [Fact]
    public void Single_precision_finds_the_same_minima()
    {
        var objective = Catalogue.Find("himmelblau").Create();
        var range = new RestartRange(objective.DefaultStarts, 3, 0, 500);
        var lanes = new LaneDevice(1).Compile(objective, new()).Run(range);
        var kernels = new ReferenceDevice(1).Compile(objective, new()).Run(range);
        Assert.Equal(lanes.Totals, kernels.Totals);
        // Minima are units apart, endpoints within 1e-3/‖Hessian's least eigenvalue‖ of them.
        Assert.All(lanes.Points.Zip(kernels.Points), p => Assert.Equal(p.First, p.Second, 1e-2));
    }

    [Fact]
    public void Starts_drawn_by_kernels_are_the_samplers_own_bit_for_bit() => StartParity.Require(new ReferenceDevice(1));

    public static TheoryData<string, bool> RulesAndResidences() => Rows.Each(Rules.Names, false, true);

    /// <summary>Every kind of set, written out and in loops.</summary>
    public static TheoryData<string, string> SetsAndRules() => Rows.Each(
        ["thomson electrons=4", "overcomplete-tensor d=20", "brockett", "brockett n=6 p=3", "procrustes", "motzkin-straus d=4", "motzkin-straus d=20", "species-competition"], "lbfgs", "momentum");
}
