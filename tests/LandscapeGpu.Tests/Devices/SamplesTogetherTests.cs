using LandscapeGpu.Compilation;

namespace LandscapeGpu.Tests.Devices;

/// <summary>Samples of a network whose state is in memory run side by side: weights are loaded, and their derivatives stored, once for several of them.</summary>
public class SamplesTogetherTests
{
    [Fact]
    public void Weights_are_loaded_once_for_eight_samples()
    {
        var plan = PlanOf(Network(200));
        var samples = plan.Program.Body.Statements.OfType<Loop>().Single(l => l.Variable.Extent.Greatest == 200);
        Assert.Equal(8, new TogetherLoops(plan.Program, plan.Residence, new()).Samples(samples));
        // What a sample makes anew, the units' values, has room for eight.
        Assert.Contains(plan.Program.State, a => a.Copies == 8 && a.Free.Contains(samples.Variable));
        // 16 units with 10 weights, read forwards and added to backwards; beside them units' values and what is done once a step.
        var one = StateTraffic.Of(PlanOf(Network(199)).Program, PlanOf(Network(199)).Residence).Numbers / 199;
        var eight = StateTraffic.Of(plan.Program, plan.Residence).Numbers / 200;
        Assert.InRange(one, 3 * 160, 4 * 160);
        Assert.InRange(eight, 160 / 2, 160);
    }

    /// <summary>A program in which a sample sees what another has done runs sample by sample.</summary>
    [Theory]
    [InlineData("reads what samples add to")]
    [InlineData("stores what samples read")]
    [InlineData("stores what samples store")]
    [InlineData("ends within a sample")]
    public void Samples_that_see_each_other_run_one_by_one(string what)
    {
        var plan = PlanOf(Network(200));
        var samples = plan.Program.Body.Statements.OfType<Loop>().Single(l => l.Variable.Extent.Greatest == 200);
        var block = samples.Body.Statements.OfType<Loop>().Select(l => l.Body).Single(b => b.Statements.OfType<Accumulate>().Any());
        var sum = block.Statements.OfType<Accumulate>().First();
        var x = plan.Program.State.Single(a => a.Name == "x");
        block.Statements.Add(what switch
        {
            "reads what samples add to" => new Let(new(Instruction.Load, block, sum.Array, sum.Index)),
            "stores what samples read" => new Store(x, sum.Index, sum.Value),
            "stores what samples store" => new Store(plan.Program.State.Single(a => a.Name == "status"), sum.Index, sum.Value),
            _ => new Flag(sum.Value),
        });
        if (what.StartsWith("stores what samples store", StringComparison.Ordinal))
        {
            block.Statements.Insert(0, new Let(new(Instruction.Load, block, plan.Program.State.Single(a => a.Name == "status"), sum.Index)));
        }

        Assert.Equal(1, new TogetherLoops(plan.Program, plan.Residence, new()).Samples(samples));
    }

    [Fact]
    public void Without_room_for_what_each_makes_anew_samples_run_one_by_one()
    {
        var plan = PlanOf(Network(200));
        var samples = plan.Program.Body.Statements.OfType<Loop>().Single(l => l.Variable.Extent.Greatest == 200);
        plan.Program.State.ForEach(a => a.Copies = 1);
        Assert.Equal(1, new TogetherLoops(plan.Program, plan.Residence, new()).Samples(samples));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(100)]
    // A number of samples that nothing divides runs one by one, 20 four by four.
    [InlineData(199)]
    [InlineData(20)]
    public void Networks_in_memory_go_where_lanes_go(int samples)
    {
        foreach (var rule in LongTests.Slice(new[] { "gradient-descent", "momentum", "adam", "lbfgs" }, samples / 20, 2))
        {
            Parity.Require(Network(samples), new() { Rule = Rules.Named(rule), IsDouble = true }, new ReferenceDevice(1), [1, 3]);
            Parity.Require(Network(samples), new() { Rule = Rules.Named(rule), IsDouble = true }, new ReferenceDevice(1) { Shared = SharedState.WhereItFits, IsMemoryOnly = true }, [3]);
        }
    }

    [Theory]
    [InlineData("deep-regression")]
    [InlineData("deep-linear")]
    [InlineData("linear-recurrent")]
    [InlineData("linear-residual")]
    [InlineData("quadratic-network")]
    [InlineData("perceptron")]
    [InlineData("glm")]
    [InlineData("matrix-sensing")]
    [InlineData("phase-retrieval")]
    public void Families_with_samples_go_where_lanes_go_with_all_state_in_memory(string name)
    {
        var objective = Catalogue.Find(name).Create();
        foreach (var batch in objective.Samples >= 16 ? new int?[] { null, 16 } : [null])
        {

            Parity.Require(objective, new() { Rule = new Adam(), IsDouble = true, Batch = batch is { } size ? new(size) : null }, new ReferenceDevice(1) { IsMemoryOnly = true }, [4]);
        }
    }

    /// <summary>Sums over samples in the order of samples: a sum that is wrong by its order alone would show in its last bits.</summary>
    [Fact]
    public void Samples_are_added_up_in_their_order()
    {
        // One statement adds to each element, 32 times: as if there were no other way to do it.
        var a = new Data("a", [.. Enumerable.Range(0, 32 * 6).Select(i => Math.Sin(i))]);
        var objective = Objective.Define("units", 12, x => Sum(32, s => Square(Sum(2, j => Square(Sum(6, k => x[(j * 6) + k] * a[(s * 6) + k]))))));
        var options = new DescentOptions { Rule = new GradientDescent { Step = 1e-5 }, Stop = new() { Iterations = 5 } };
        var range = new RestartRange(UniformBox.Over(12, -1, 1), 4, 0, 33);
        var written = new ReferenceDevice(1).Compile(objective, options);
        var inMemory = new ReferenceDevice(1) { IsMemoryOnly = true }.Compile(objective, options);
        var plan = ((KernelDescent)inMemory).Plan;
        Assert.True(((KernelDescent)written).Plan.Residence.IsInRegisters);
        Assert.Contains(plan.Program.Blocks().SelectMany(b => b.Statements).OfType<Loop>(), l => new TogetherLoops(plan.Program, plan.Residence, new()).Samples(l) > 1);
        Assert.Equal(written.Run(range).Points, inMemory.Run(range).Points);
    }

    private static Objective Network(int samples) => Catalogue.Find("perceptron").Create(null, new Dictionary<string, double> { ["inputs"] = 10, ["width"] = 16, ["n"] = samples });

    private static KernelPlan PlanOf(Objective objective) => KernelPlan.Make(StepProgram.Write(objective, new() { Rule = new GradientDescent() }));
}
