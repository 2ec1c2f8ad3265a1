using LandscapeGpu.Ilgpu;
using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Ilgpu;

public class IlgpuTests
{
    [Theory]
    [MemberData(nameof(AllRules))]
    public void Devices_go_where_lanes_go(string device, string rule)
    {
        // On one of four objectives, others for the next rule: the reference device, whose kernels these are bit for bit, takes all.
        foreach (var objective in LongTests.Slice(Parity.Objectives, Rules.Names.ToList().IndexOf(rule), 4))
        {
            Parity.Require(objective, new() { Rule = Rules.Named(rule), IsDouble = true }, DevicesHere.Open(device));
        }
    }

    [Theory]
    [MemberData(nameof(AllSchedules))]
    public void Schedules_noise_decay_and_clipping_are_the_lanes_own(string device, string schedule) => Parity.RequireSchedule(schedule, DevicesHere.Open(device));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Starts_are_the_samplers_own_bit_for_bit(string device) => StartParity.Require(DevicesHere.Open(device));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_no_number_is_compared_as_lanes_do(string device) => OrderingParity.Require(DevicesHere.Open(device));

    [GpuFact]
    public void A_GPU_is_tested() => Assert.Contains(DeviceCatalogue.Gpus(DeviceCatalogue.Found), f => DevicesHere.Kinds.Contains(f.Kind));

    [Fact]
    public void The_CPU_accelerator_runs_the_reference_devices_kernels_bit_for_bit()
    {
        var cpu = DevicesHere.Open("ilgpu-cpu");
        foreach (var objective in Parity.Objectives)
        {
            var options = new DescentOptions { Stop = new() { Iterations = 200 } };
            var range = new RestartRange(objective.DefaultStarts, 4, 0, 100);
            var expected = new ReferenceDevice().Compile(objective, options).Run(range);
            Parity.RequireSame(expected, cpu.Compile(objective, options).Run(range));
        }
    }

    [Theory]
    [InlineData("gradient-descent")]
    [InlineData("momentum")]
    [InlineData("adam")]
    [InlineData("lbfgs")]
    public void PTX_of_a_small_problem_keeps_its_state_in_registers(string rule)
    {
        var plan = KernelPlan.Make(StepProgram.Write(Catalogue.Find("rastrigin").Create(10), new() { Rule = Rules.Named(rule) }));
        Assert.True(plan.Residence.IsInRegisters);
        var ptx = PtxListing.Of(plan.Emit(typeof(SingleMemory)), isDouble: false);
        Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
        Assert.Contains("fma.rn.f32", ptx, StringComparison.Ordinal);
        Assert.Contains("cvt.rni.f32.f32", ptx, StringComparison.Ordinal);
        // Anything called would be a function that ILGPU does not know.
        Assert.DoesNotContain("call", ptx, StringComparison.Ordinal);
    }

    [Fact]
    public void No_branch_that_restarts_may_take_differently_is_called_uniform()
    {
        foreach (var family in new[] { "rastrigin", "glm" })
        {
            var plan = KernelPlan.Make(StepProgram.Write(Catalogue.Find(family).Create(), new()));
            var ptx = PtxListing.Of(plan.Emit(typeof(SingleMemory)), isDouble: false).Split('\n');
            Assert.Contains(ptx, line => line.TrimStart().StartsWith('@') && line.Contains("bra", StringComparison.Ordinal));
            Assert.DoesNotContain(ptx, line => line.TrimStart().StartsWith('@') && line.Contains("bra.uni", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("pca")]
    [InlineData("two-layer-relu")]
    public void All_memory_is_reached_as_global_memory(string name)
    {
        var plan = KernelPlan.Make(StepProgram.Write(Catalogue.Find(name).Create(), new()));
        var ptx = PtxListing.Of(plan.Emit(typeof(SingleMemory)), isDouble: false);
        // Generic addresses would have to be looked at when the kernel runs.
        Assert.DoesNotMatch(@"\b(ld|st)\.(f32|f64|b32|b64)", ptx);
        Assert.Contains("st.global.f32", ptx, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_problem_is_short_as_PTX()
    {
        var plan = KernelPlan.Make(StepProgram.Write(Catalogue.Find("rastrigin").Create(1000), new()));
        Assert.False(plan.Residence.IsInRegisters);
        var ptx = PtxListing.Of(plan.Emit(typeof(SingleMemory)), isDouble: false);
        // An explosion, which takes minutes to compile, has many megabytes.
        Assert.InRange(ptx.Length, 1000, 1_000_000);
    }

    [Theory]
    [InlineData("pca", 200)]
    [InlineData("glm", 5)]
    public void PTX_reads_data_through_the_read_only_cache(string name, int dimension)
    {
        var plan = KernelPlan.Make(StepProgram.Write(Catalogue.Find(name).Create(dimension), new()), inMemory: true);
        Assert.Contains("ld.global.nc.f32", PtxListing.Of(plan.Emit(typeof(SingleMemory)), isDouble: false), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rastrigin", false)]
    [InlineData("pca", true)]
    public void Kernels_become_OpenCL_C_with_its_own_multiply_add_and_rounding(string name, bool isDouble)
    {
        var plan = KernelPlan.Make(StepProgram.Write(Catalogue.Find(name).Create(), new() { IsDouble = isDouble }));
        var source = OpenClListing.Of(plan.Emit(isDouble ? typeof(DoubleMemory) : typeof(SingleMemory)), isDouble);
        Assert.Contains("kernel void", source, StringComparison.Ordinal);
        Assert.Contains("fma (", source, StringComparison.Ordinal);
        if (name == "rastrigin")
        {
            Assert.Contains("rint (", source, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_longest_code_that_is_written_out_is_as_long_as_its_operations()
    {
        // The most coordinates that the planner still writes out.
        var plan = Enumerable.Range(8, 60)
            .Select(d => KernelPlan.Make(StepProgram.Write(Catalogue.Find("pca").Create(d), new())))
            .TakeWhile(p => p.Residence.IsInRegisters)
            .Last();
        Assert.InRange(plan.Residence.Operations, 5000, 6000);
        // A line or two an operation, of some 30 letters; an explosion takes minutes to compile.
        Assert.InRange(PtxListing.Of(plan.Emit(typeof(SingleMemory)), isDouble: false).Length, 0, 200 * plan.Residence.Operations);
    }

    public static TheoryData<string, string> AllRules() => DevicesHere.With(Rules.Names);

    public static TheoryData<string, string> AllSchedules() => DevicesHere.With("exponential:0.99", "cosine:40", "warm-restarts:5:2");

    public static TheoryData<string> Kinds() => [.. DevicesHere.Kinds];
}
