using LandscapeGpu.Compilation;

namespace LandscapeGpu.Tests.Devices;

/// <summary>State in memory that the threads of a block share: when the planner chooses it, and that descent is the same with it.</summary>
public class SharedStateTests
{
    // Compute capability 9.0.
    private static readonly Multiprocessor Large = new(48 << 10, 228 << 10);

    [Theory]
    [InlineData("two-layer-relu", 0, "lbfgs")]
    [InlineData("thomson", 0, "lbfgs")]
    [InlineData("thomson", 0, "adam")]
    [InlineData("orthogonal-tensor", 30, "lbfgs")]
    [InlineData("pca", 43, "lbfgs")]
    public void What_a_step_touches_again_and_again_is_shared(string name, int dimension, string rule)
    {
        foreach (var machine in new[] { Multiprocessor.Typical, Large })
        {
            var plan = PlanOf(name, dimension, rule, machine);
            Assert.InRange(plan.Residence.SharedElements, 1, plan.Layout.StateElements);
            // A block of one warp, and as many blocks as the model says have room.
            Assert.True(machine.WarpsOf(4.0 * StateTiles.Width * plan.Residence.SharedElements) > 0);
            Assert.Contains("in shared memory, by the model", plan.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    // All of it is registers.
    [InlineData("rastrigin", 10, "gradient-descent", false)]
    // The first cache serves a small circular memory as well.
    [InlineData("rastrigin", 10, "lbfgs", true)]
    [InlineData("hartmann-6", 0, "lbfgs", true)]
    // Rows of a product load the point once for eight of them, and terms add to it once: arithmetic takes longer than state.
    [InlineData("spherical-spin-glass", 10, "gradient-descent", true)]
    [InlineData("pca", 60, "gradient-descent", true)]
    // Where a warp has no room, or hardly another beside it.
    [InlineData("pca", 300, "lbfgs", true)]
    public void What_would_gain_nothing_stays_where_it_is(string name, int dimension, string rule, bool saysWhy)
    {
        var plan = PlanOf(name, dimension, rule, Multiprocessor.Typical);
        Assert.Equal(0, plan.Residence.SharedElements);
        Assert.Equal(saysWhy, plan.ToString().Contains("none of it in shared memory", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_the_first_cache_holds_the_state_of_fewer_warps_no_more_run()
    {
        var plan = PlanOf("two-layer-relu", 0, "gradient-descent", Multiprocessor.Typical);
        Assert.Equal(0, plan.Residence.SharedElements);
        Assert.InRange(plan.Warps!.Value, 1, Multiprocessor.Blocks - 1);
        var warp = Multiprocessor.ReservedBytes + (4 * StateTiles.Width * plan.Layout.StateElements);
        Assert.InRange(plan.Warps.Value * warp, Multiprocessor.Typical.CacheBytes - warp, Multiprocessor.Typical.CacheBytes);
        // Registers alone leave as many as the device has room for.
        Assert.Null(PlanOf("rastrigin", 10, "gradient-descent", Multiprocessor.Typical).Warps);
        Assert.Null(PlanOf("rastrigin", 10, "lbfgs", Multiprocessor.Typical).Warps);
    }

    [Fact]
    public void More_shared_memory_never_makes_a_step_slower_by_the_model()
    {
        var step = StepProgram.Write(Catalogue.Find("two-layer-relu").Create(), new() { Rule = new Adam() });
        var plan = KernelPlan.Make(step);
        var traffic = StateTraffic.Of(plan.Program, plan.Residence);
        var cycles = new[] { 64, 100, 164, 228 }.Select(kib => StepCost.Of(plan.Program, KernelPlan.Make(step, machine: new(48 << 10, kib << 10)).Residence, traffic, new(48 << 10, kib << 10)).Cycles).ToList();
        Assert.Equal(cycles.OrderDescending(), cycles);
        Assert.True(cycles[^1] < cycles[0]);
    }

    [Fact]
    public void Without_shared_memory_nothing_is_said_of_it() =>
        Assert.DoesNotContain("shared", KernelPlan.Make(StepProgram.Write(Catalogue.Find("two-layer-relu").Create(), new())).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_gpu_with_little_of_it_is_told_so() =>
        Assert.Contains("no room", PlanOf("pca", 43, "gradient-descent", new(1 << 10, 64 << 10)).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Explanations_say_where_state_is_and_why() =>
        Assert.Contains("of them in shared memory, by the model", Catalogue.Find("two-layer-relu").Create().Explain(new() { Rule = new Lbfgs() }), StringComparison.Ordinal);

    /// <summary>Not a bit depends on where state is.</summary>
    [Theory]
    [MemberData(nameof(Families))]
    public void Descent_with_shared_state_is_that_without_bit_for_bit(string name)
    {
        var objective = Catalogue.Find(name).Create();
        var families = Catalogue.Families.Select(f => f.Name).ToList();
        foreach (var rule in LongTests.Slice(new[] { "gradient-descent", "momentum", "adam", "lbfgs" }, families.IndexOf(name) / 2, 4))
        {
            foreach (var isMemoryOnly in new[] { false, true })
            {
                var options = new DescentOptions { Rule = Rules.Named(rule), Stop = new() { Iterations = 9 } };
                var range = new RestartRange(objective.DefaultStarts, 4, 0, 40);
                var expected = new ReferenceDevice(1) { IsMemoryOnly = isMemoryOnly }.Compile(objective, options).Run(range);
                var descent = new ReferenceDevice(1) { IsMemoryOnly = isMemoryOnly, Shared = SharedState.WhereItFits }.Compile(objective, options);
                Assert.True(!isMemoryOnly || ((KernelDescent)descent).Plan.IsInBlocks, $"{name} shares nothing by {rule}.");
                Parity.RequireSame(expected, descent.Run(range));
            }
        }
    }

    /// <summary>Slices of one step: all that is kept goes home and comes back between any two.</summary>
    [Theory]
    [InlineData("adam")]
    [InlineData("lbfgs")]
    [InlineData("reduce-on-plateau")]
    public void A_restart_that_pauses_goes_on_where_it_was(string what)
    {
        var objective = Catalogue.Find("two-layer-relu").Create();
        var options = new DescentOptions
        {
            Rule = what == "reduce-on-plateau" ? new Momentum() : Rules.Named(what),
            Schedule = what == "reduce-on-plateau" ? Schedule.Parse("reduce-on-plateau:0.5:3") : new DescentOptions().Schedule,
            Stop = new() { Iterations = 40 },
            IsDouble = true,
        };
        var range = new RestartRange(objective.DefaultStarts, 4, 0, 40);
        var expected = new ReferenceDevice(1) { IsMemoryOnly = true }.Compile(objective, options).Run(range);
        var descent = new ReferenceDevice(1) { Shared = SharedState.WhereItFits, IsMemoryOnly = true }.Compile(objective, options);
        Assert.True(((KernelDescent)descent).Plan.IsInBlocks);
        Assert.Equal(expected.Points, descent.Run(range).Points);
    }

    public static TheoryData<string> Families() => LongTests.Families(1, 2);

    private static KernelPlan PlanOf(string name, int dimension, string rule, Multiprocessor machine) =>
        KernelPlan.Make(StepProgram.Write(dimension == 0 ? Catalogue.Find(name).Create() : Catalogue.Find(name).Create(dimension), new() { Rule = Rules.Named(rule) }), machine: machine);
}
