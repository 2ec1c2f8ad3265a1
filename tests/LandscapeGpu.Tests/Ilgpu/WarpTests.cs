using System.Text.RegularExpressions;
using LandscapeGpu.Compilation;
using LandscapeGpu.Ilgpu;
using LandscapeGpu.Tests.Devices;
using LandscapeGpu.Tests.Ilgpu.Ptx;

namespace LandscapeGpu.Tests.Ilgpu;

/// <summary>What CUDA is given where a warp carries a restart, or a block of several, lanes taking samples: run here, warps in lock-step, with shared memory that holds no number before something is stored.</summary>
public partial class WarpTests
{
    // Noise is drawn by each thread for its own restart, and Newton's method keeps what a sample made.
    private static readonly string[] NeverByWarps = ["perturbed", "newton", "cubic"];

    private static readonly IReadOnlyList<string> TestedRules = [.. Rules.Names.Except(NeverByWarps)];

    [Theory]
    [MemberData(nameof(Carried))]
    public void Descent_by_warps_ends_where_the_reference_does_bit_for_bit(string name, string rule)
    {
        var (objective, options) = (OverSamples.Make(name), new DescentOptions { Rule = Rules.Named(rule), Stop = new() { Iterations = 12 } });
        // More than there are warps.
        var range = new RestartRange(objective.DefaultStarts, 4, 0, 5);
        RequireSame(objective, options, new PtxDevice { Carriers = Carriers.Warps }, range);
    }

    [Theory]
    [InlineData("glm", "nesterov")]
    [InlineData("a mixture", "lbfgs")]
    [InlineData("logistic-regression", "armijo")]
    public void So_it_does_in_double_precision(string name, string rule)
    {
        var (objective, options) = (OverSamples.Make(name), new DescentOptions { Rule = Rules.Named(rule), Stop = new() { Iterations = 8 }, IsDouble = true });
        RequireSame(objective, options, new PtxDevice { Carriers = Carriers.Warps }, new(objective.DefaultStarts, 4, 0, 3));
    }

    [Theory]
    [MemberData(nameof(InBlocks))]
    public void Descent_by_blocks_ends_where_the_reference_does_bit_for_bit(string name, string rule, bool isDouble)
    {
        var (objective, options) = (OverSamples.Make(name), new DescentOptions { Rule = Rules.Named(rule), Stop = new() { Iterations = 7 }, IsDouble = isDouble });
        // Launches end within a descent, and what is shared goes home; there are more restarts than blocks.
        var device = new PtxDevice { Carriers = Carriers.Blocks, StepsPerLaunch = 3 };
        Assert.InRange(((KernelDescent)device.Compile(objective, options)).WarpsFor(1), 2, 8);
        RequireSame(objective, options, device, new(objective.DefaultStarts, 4, 0, 3));
    }

    [Theory]
    [InlineData("many samples", 1, 4 << 10)]
    [InlineData("many samples", 2, 6 << 10)]
    [InlineData("many samples", 4, 12 << 10)]
    [InlineData("many samples", 8, 48 << 10)]
    [InlineData("many sums", 2, 12 << 10)]
    [InlineData("many sums", 4, 48 << 10)]
    public void So_does_a_block_whose_warps_have_several_groups_of_parts_each(string name, int warps, int bytes)
    {
        var objective = OverSamples.Make(name);
        var options = new DescentOptions { Rule = new GradientDescent(), Stop = new() { Iterations = 5 } };
        var device = new PtxDevice { Carriers = Carriers.Blocks, Machine = new(bytes, 100 << 10) };
        Assert.Equal(warps, ((KernelDescent)device.Compile(objective, options)).WarpsFor(1));
        RequireSame(objective, options, device, new(objective.DefaultStarts, 4, 0, 3));
    }

    [Fact]
    public void Few_restarts_are_carried_by_blocks_more_by_warps_and_many_by_threads()
    {
        var objective = OverSamples.Make("many samples");
        var descent = (KernelDescent)new PtxDevice { Multiprocessors = 2 }.Compile(objective, new() { Rule = new GradientDescent() });
        var choice = descent.Plan.ByWarps!;
        Assert.Equal([8, 4, 2, 1, 0], new[] { 8, 4, 2, 1 }.Select(w => (int)choice.Most(2, w)).Prepend(0).Select(most => descent.WarpsFor(most + 1)));
    }

    [Fact]
    public void Few_restarts_are_carried_by_warps_and_many_by_threads()
    {
        var objective = OverSamples.Make("glm");
        var descent = (KernelDescent)new PtxDevice { Multiprocessors = 2 }.Compile(objective, new());
        var most = (int)descent.Plan.ByWarps!.Most(2);
        Assert.True(descent.WarpsFor(1) > 0);
        Assert.True(descent.WarpsFor(most) > 0);
        Assert.Equal(0, descent.WarpsFor(most + 1));
        Assert.Equal(0, ((KernelDescent)new PtxDevice { Multiprocessors = 2, Carriers = Carriers.Threads }.Compile(objective, new())).WarpsFor(1));
    }

    /// <summary>Both devices reach memory through one type, and what is compiled once is kept for both.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Beside_a_device_whose_warps_carry_restarts_one_whose_warps_cannot_runs_threads(bool isWarpsFirst)
    {
        var objective = OverSamples.Make("glm");
        KernelDevice[] both = [new PtxDevice { Multiprocessors = 2 }, DevicesHere.Open("ilgpu-cpu")];
        var byWarps = (isWarpsFirst ? both : both.Reverse()).ToDictionary(d => d, d => ((KernelDescent)d.Compile(objective, new())).WarpsFor(1) > 0);
        Assert.True(byWarps[both[0]]);
        Assert.False(byWarps[both[1]]);
    }

    [Theory]
    // A 32nd of the samples of 1,000 are 32; the sums of parts come on top, and what is done once a step.
    [InlineData("gradient-descent", 1.15)]
    [InlineData("lbfgs", 2)]
    public void A_step_takes_a_warp_hardly_more_than_its_part_of_the_slots(string rule, double most)
    {
        var (threads, warps) = (Count(Carriers.Threads), Count(Carriers.Warps));
        Assert.InRange(PtxMachine.Warp * warps.Slots, 0, most * threads.Slots);
        Assert.InRange(warps.Used, 0.95, 1);
        // A restart begins and ends in global memory, and nothing else: the memory of L-BFGS is what the warp shares.
        Assert.InRange(warps.Global, 2 * 20, 3 * 20);

        (double Slots, double Used, long Global) Count(Carriers carriers)
        {
            var device = new PtxDevice { Carriers = carriers, StepsPerLaunch = 1000 };
            var options = new DescentOptions { Rule = Rules.Named(rule), Stop = new() { Iterations = 4, OnlyIterations = true } };
            var objective = OverSamples.Make("glm");
            device.Compile(objective, options).Run(new RestartRange(objective.DefaultStarts, 4, 0, 1));
            var machine = device.Machines.MaxBy(m => m.Slots)!;
            return (machine.Slots, (double)machine.ThreadSlots / (PtxMachine.Warp * machine.Slots), machine.Accesses(ofShared: false));
        }
    }

    /// <summary>The counts of docs/devices.md.</summary>
    [Theory]
    [InlineData("glm", 1, 101_779, 3_447, 3_447, 107_127, 6_097, 6_097)]
    [InlineData("perceptron", 2, 185_891, 6_263, 3_174, 193_003, 8_155, 4_982)]
    [InlineData("a fit", 4, 578_241, 19_258, 4_951, 606_752, 22_649, 7_732)]
    [InlineData("a mixture", 2, 147_649, 5_167, 2_655, 188_486, 7_497, 4_356)]
    [InlineData("columns", 4, 116_477, 4_319, 1_126, 124_078, 4_893, 1_525)]
    [InlineData("many samples", 8, 616_403, 20_373, 2_684, 633_831, 23_421, 5_314)]
    public void A_step_takes_no_more_slots_than_its_budget(string name, int warps, double thread, double warp, double block, double threadOfMemory, double warpOfMemory, double blockOfMemory)
    {
        var objective = OverSamples.Make(name);
        IsWithin("gradient-descent", thread, warp, block);
        IsWithin("lbfgs", threadOfMemory, warpOfMemory, blockOfMemory);

        void IsWithin(string rule, double ofThread, double ofWarp, double ofBlock)
        {
            // A count of nothing would be within every budget.
            Assert.InRange(LaneTests.Step(objective, rule, Carriers.Threads).Slots, 0.8 * ofThread, 1.02 * ofThread);
            Assert.InRange(LaneTests.Step(objective, rule, Carriers.Warps).Slots, 0.8 * ofWarp, 1.02 * ofWarp);
            Assert.InRange(LaneTests.Step(objective, rule, Carriers.Blocks).Slots / warps, 0.8 * ofBlock, 1.02 * ofBlock);
        }
    }

    [Theory]
    [InlineData(1, "gradient-descent")]
    [InlineData(2, "gradient-descent")]
    public void Without_one_of_its_barriers_a_sum_fails(int which, string rule)
    {
        var device = new PtxDevice
        {
            Carriers = Carriers.Warps,
            StepsPerLaunch = 100,
            SeededFault = text =>
            {
                // That before parts are added, and that before their sum is read: they follow the first part that is stored.
                var parts = text.Split("\tbar.sync\t0;");
                var first = Array.FindIndex(parts, p => p.Contains("st.shared", StringComparison.Ordinal));
                return first < 0 ? text : string.Concat(parts.Select((p, k) => k == 0 || k == first + which ? p : "\tbar.sync\t0;" + p));
            },
        };
        var objective = OverSamples.Make("glm");
        var descent = device.Compile(objective, new() { Rule = Rules.Named(rule), Stop = new() { Iterations = 3 } });
        var error = Assert.Throws<InvalidOperationException>(() => descent.Run(new RestartRange(objective.DefaultStarts, 4, 0, 1)));
        Assert.Matches("no barrier lies between|nothing was written to it", error.Message);
    }

    [Fact]
    public void Without_any_barrier_the_memory_of_a_rule_is_not_what_the_warp_shares()
    {
        var device = new PtxDevice { Carriers = Carriers.Warps, StepsPerLaunch = 100, SeededFault = text => text.Replace("bar.sync", "// bar.sync", StringComparison.Ordinal) };
        var objective = OverSamples.Make("logistic-regression");
        var descent = device.Compile(objective, new() { Stop = new() { Iterations = 3 } });
        var error = Assert.Throws<InvalidOperationException>(() => descent.Run(new RestartRange(objective.DefaultStarts, 4, 0, 1)));
        Assert.Contains("no barrier lies between", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lanes_read_global_memory_as_what_it_is_and_side_by_side()
    {
        var plan = KernelPlan.Make(StepProgram.Write(OverSamples.Make("glm"), new() { Rule = new GradientDescent() }));
        var ptx = PtxListing.Of(plan.EmitByWarps(new PtxDevice().WarpMemoryType(isDouble: false)), isDouble: false);
        Assert.DoesNotMatch(@"\b(ld|st)\.(f32|f64|b32|b64)", ptx);
        Assert.DoesNotContain("call", ptx, StringComparison.Ordinal);
        // Four columns at a time, of 32 samples in 512 bytes.
        Assert.Contains("ld.global.nc.v4.f32", ptx, StringComparison.Ordinal);
        Assert.Equal(LaneData.Width(20), plan.ByWarps!.Copies.Of(plan.Program.Data.Single(d => d.Values.Name == "X").Array)!.PlaceOf(plan.ByWarps.Copies.Begin + 4) / 32 - (plan.ByWarps.Copies.Begin / 32));
    }

    [PtxasTheory]
    [InlineData("glm", "gradient-descent")]
    [InlineData("glm", "lbfgs")]
    [InlineData("a fit", "lbfgs")]
    [InlineData("perceptron", "adam")]
    [InlineData("many samples", "lbfgs")]
    public void Kernels_of_warps_are_assembled_and_do_not_spill(string name, string rule)
    {
        var plan = KernelPlan.Make(StepProgram.Write(OverSamples.Make(name), new() { Rule = Rules.Named(rule) }));
        Assert.All(plan.ByWarps!.Counts, warps => Assert.Equal(0, Ptxas.Spilled(PtxListing.Of(plan.EmitByWarps(new PtxDevice().WarpMemoryType(isDouble: false, isBlock: warps > 1), warps), isDouble: false))));
    }

    [Fact]
    public void Without_one_of_its_barriers_a_block_fails()
    {
        var (failed, count) = (0, 0);
        RunFault(text =>
        {
            // The pass that draws starts has none.
            count = Math.Max(count, Barriers().Count(text));
            return text;
        });
        for (var k = 0; k < count; k++)
        {
            var at = 0;
            if (Record.Exception(() => RunFault(text => Barriers().Replace(text, m => at++ == k ? "" : m.Value))) is { } error)
            {
                Assert.Matches("no barrier lies between|nothing was written to it", Assert.IsType<InvalidOperationException>(error).Message);
                failed++;
            }
        }

        // Those after what begins, loads, saves and ends a restart keep what was touched for whoever comes next: some have another right behind them.
        Assert.InRange(failed, count / 2, count);
    }

    /// <summary>Each of the parts of a group is missed, and each group; and so is that a lane's number is one of its block, not of its warp.</summary>
    [Fact]
    public void A_part_that_is_left_out_ends_elsewhere()
    {
        var expected = RunFault(text => text).Points;
        var count = 0;
        RunFault(text =>
        {
            count = Math.Max(count, SharedAdditions().Count(text));
            return text;
        });
        // In each of two loops, behind the first of 32 parts and of two groups.
        Assert.Equal(2 * (31 + 1), count);
        for (var k = 0; k < count; k++)
        {
            var at = 0;
            var found = RunFault(text => SharedAdditions().Replace(text, m => at++ == k ? $"{m.Groups["load"].Value}mov.f32\t{m.Groups["sum"].Value}, {m.Groups["before"].Value};" : m.Value)).Points;
            Assert.False(expected.SequenceEqual(found), $"Without addition {k} nothing changes.");
        }

        double[]? confused = null;
        var error = Record.Exception(() => confused = RunFault(text => text.Replace("%tid.x", "%laneid", StringComparison.Ordinal)).Points);
        Assert.True(error is InvalidOperationException || !expected.SequenceEqual(confused!));
    }

    private static Endpoints RunFault(Func<string, string> fault)
    {
        var objective = OverSamples.Make("two losses");
        var device = new PtxDevice { Carriers = Carriers.Blocks, StepsPerLaunch = 2, SeededFault = fault };
        return device.Compile(objective, new() { Rule = new GradientDescent(), Stop = new() { Iterations = 3 } }).Run(new RestartRange(objective.DefaultStarts, 4, 0, 2));
    }

    [GeneratedRegex(@"\tbar\.sync\t0;")]
    private static partial Regex Barriers();

    /// <summary>A number that is loaded from shared memory and added at once.</summary>
    [GeneratedRegex(@"(?<load>ld\.shared\.f32\s+(?<part>%f\d+), [^;]*;\s*)add(\.rn)?\.f32\s+(?<sum>%f\d+), (?<before>%f\d+), \k<part>;")]
    private static partial Regex SharedAdditions();

    private static void RequireSame(Objective objective, DescentOptions options, PtxDevice device, RestartRange range)
    {
        var expected = new ReferenceDevice(1).Compile(objective, options).Run(range);
        var descent = (KernelDescent)device.Compile(objective, options);
        Assert.True(descent.WarpsFor(range.Count) > 0, descent.Plan.WhoCarries("PTX", 1, isAble: true));
        Parity.RequireSame(expected, descent.Run(range));
    }

    // Of some the sums over samples are too short for several groups, in double precision registers have no room for those of others.
    public static TheoryData<string, string, bool> InBlocks()
    {
        string[] rules = ["gradient-descent", "lbfgs", "adam"], inDouble = ["logistic-regression", "glassy", "a mixture", "two losses", "columns"];
        string[] names = [.. inDouble, "perceptron", "a fit", "many samples"];
        return Rows.Of(names.SelectMany((name, k) => LongTests.Slice(rules, k, 2).Select(rule => (name, rule, false))).Concat(inDouble.SelectMany((name, k) => LongTests.Slice(rules, k + 1, 3).Select(rule => (name, rule, true)))));
    }

    public static TheoryData<string, string> Carried() => Rows.Slices(OverSamples.Names, 8, TestedRules);
}
