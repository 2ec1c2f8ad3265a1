using LandscapeGpu.Compilation;
using LandscapeGpu.Ilgpu;
using LandscapeGpu.Tests.Devices;
using LandscapeGpu.Tests.Ilgpu.Ptx;

namespace LandscapeGpu.Tests.Ilgpu;

/// <summary>What CUDA is given where a warp carries a restart, its lanes taking samples: run here, a warp in lock-step, with shared memory that holds no number before something is stored.</summary>
public class WarpTests
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

    [Fact]
    public void Few_restarts_are_carried_by_warps_and_many_by_threads()
    {
        var objective = OverSamples.Make("glm");
        var descent = (KernelDescent)new PtxDevice { Multiprocessors = 2 }.Compile(objective, new());
        var most = (int)descent.Plan.ByWarps!.Most(2);
        Assert.True(descent.AreByWarps(1));
        Assert.True(descent.AreByWarps(most));
        Assert.False(descent.AreByWarps(most + 1));
        Assert.False(((KernelDescent)new PtxDevice { Multiprocessors = 2, Carriers = Carriers.Threads }.Compile(objective, new())).AreByWarps(1));
    }

    /// <summary>Both devices reach memory through one type, and what is compiled once is kept for both.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Beside_a_device_whose_warps_carry_restarts_one_whose_warps_cannot_runs_threads(bool isWarpsFirst)
    {
        var objective = OverSamples.Make("glm");
        KernelDevice[] both = [new PtxDevice { Multiprocessors = 2 }, DevicesHere.Open("ilgpu-cpu")];
        var byWarps = (isWarpsFirst ? both : both.Reverse()).ToDictionary(d => d, d => ((KernelDescent)d.Compile(objective, new())).AreByWarps(1));
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
    public void Kernels_of_warps_are_assembled_and_do_not_spill(string name, string rule)
    {
        var plan = KernelPlan.Make(StepProgram.Write(OverSamples.Make(name), new() { Rule = Rules.Named(rule) }));
        Assert.Equal(0, Ptxas.Spilled(PtxListing.Of(plan.EmitByWarps(new PtxDevice().WarpMemoryType(isDouble: false)), isDouble: false)));
    }

    private static void RequireSame(Objective objective, DescentOptions options, PtxDevice device, RestartRange range)
    {
        var expected = new ReferenceDevice(1).Compile(objective, options).Run(range);
        var descent = (KernelDescent)device.Compile(objective, options);
        Assert.True(descent.AreByWarps(range.Count), descent.Plan.WhoCarries("PTX", 1, isAble: true));
        Parity.RequireSame(expected, descent.Run(range));
    }

    public static TheoryData<string, string> Carried() => Rows.Slices(OverSamples.Names, 5, TestedRules);
}
