using ILGPU.Runtime;
using LandscapeGpu.Compilation;
using LandscapeGpu.Ilgpu;
using LandscapeGpu.Tests.Devices;
using LandscapeGpu.Tests.Ilgpu.Ptx;

namespace LandscapeGpu.Tests.Ilgpu;

/// <summary>What CUDA and ILGPU's CPU accelerator are given where blocks share state: run here, a warp in lock-step, with shared memory that holds no number before something is stored.</summary>
public class SharedMemoryTests
{
    private static readonly string[] TestedRules = ["gradient-descent", "momentum", "adam", "lbfgs"];

    [Theory]
    [MemberData(nameof(Sharing))]
    public void Descent_of_blocks_ends_where_the_reference_does_bit_for_bit(string name, string rule)
    {
        var objective = Make(name);
        var options = new DescentOptions { Rule = Rules.Named(rule), Stop = new() { Iterations = 6 }, IsDouble = rule == "momentum" };
        // More than a block, the last of which has threads to spare.
        var range = new RestartRange(objective.DefaultStarts, 4, 0, 40);
        var expected = new ReferenceDevice(1) { IsMemoryOnly = true }.Compile(objective, options).Run(range);
        var device = new PtxDevice { Shared = SharedState.WhereItFits, IsMemoryOnly = true };
        var descent = device.Compile(objective, options);
        var actual = descent.Run(range);
        Assert.True(((KernelDescent)descent).Plan.IsInBlocks);
        Parity.RequireSame(expected, actual);
    }

    [Fact]
    public void Devices_go_where_lanes_go_with_shared_state()
    {
        foreach (var found in IlgpuContext.Instance.Devices.Where(d => d.Unusable is null && d.Device.AcceleratorType != AcceleratorType.OpenCL))
        {
            using var accelerator = found.Device.CreateAccelerator(IlgpuContext.Instance.Context);
            var device = new IlgpuDevice(accelerator) { Shared = SharedState.WhereItFits, IsMemoryOnly = true };
            foreach (var rule in TestedRules)
            {
                var options = new DescentOptions { Rule = Rules.Named(rule), IsDouble = rule != "adam" };
                var objective = Make(rule == "lbfgs" ? "spherical-spin-glass" : "network");
                Assert.True(((KernelDescent)device.Compile(objective, options)).Plan.IsInBlocks);
                Parity.Require(objective, options, device, [4]);
            }
        }
    }

    [Fact]
    public void A_step_reaches_global_memory_as_seldom_as_the_planner_says()
    {
        var objective = Catalogue.Find("two-layer-relu").Create();
        var options = new DescentOptions { Rule = new Lbfgs(), Stop = new() { Iterations = 15, OnlyIterations = true } };
        var (global, shared) = (Count(new PtxDevice { IsMemoryOnly = true }), Count(new PtxDevice()));
        Assert.Equal(0, global.Shared);
        // The same loads and stores, most of them where they cost a quarter or less.
        Assert.InRange(shared.Shared + shared.Global, 0.95 * global.Global, 1.05 * global.Global);
        var plan = ((KernelDescent)new PtxDevice().Compile(objective, options)).Plan;
        var (residence, traffic) = (plan.Residence, StateTraffic.Of(plan.Program, plan.Residence));
        var left = plan.Program.State.Where(a => residence.SharedAt(a) is null).Select(traffic.Of).Sum(c => c.Loads + c.Stores);
        // Triangles are counted by their mean, and what a restart does once is spread over its steps.
        Assert.InRange(shared.Global, 0.85 * left, 1.15 * left);
        Assert.InRange(left, 0, 0.6 * global.Global);
        // Nor is it paid for by instructions.
        Assert.InRange(shared.Slots, 0, 1.05 * global.Slots);

        (double Global, double Shared, double Slots) Count(PtxDevice device)
        {
            var steps = device.Compile(objective, options).Run(new RestartRange(objective.DefaultStarts, 4, 0, 32)).Steps.Max();
            var machine = device.Machines.MaxBy(m => m.Slots)!;
            return ((double)machine.Accesses(ofShared: false) / steps, (double)machine.Accesses(ofShared: true) / steps, (double)machine.Slots / steps);
        }
    }

    [Theory]
    // Nothing is stored when a restart begins.
    [InlineData("st.shared.f32", "// ", "nothing was written to it")]
    // All threads take the first column.
    [InlineData("%tid.x", "0;\n// ", "no barrier lies between")]
    // An address of shared memory is taken for one of generic memory.
    [InlineData("ld.shared.f32", "cvta.to.shared.u64 %rd9999, __dyn_shared_alloca;\n", "is no address of shared memory")]
    public void A_fault_that_is_seeded_is_found(string at, string instead, string said)
    {
        var device = new PtxDevice
        {
            SeededFault = text =>
            {
                // Of the number of a thread, which is asked for twice, that which makes its column: it comes last before the first access.
                var first = text.IndexOf(".shared.f32", StringComparison.Ordinal);
                return first < 0 ? text
                    : at != "%tid.x" ? text.Replace(at, instead + at, StringComparison.Ordinal)
                    : text.Insert(text.LastIndexOf(at, first, StringComparison.Ordinal), instead);
            },
            Shared = SharedState.WhereItFits,
            IsMemoryOnly = true,
        };
        var objective = Catalogue.Find("rosenbrock").Create();
        var descent = device.Compile(objective, new() { Rule = new GradientDescent(), Stop = new() { Iterations = 3 } });
        Assert.Contains(said, Assert.Throws<InvalidOperationException>(() => descent.Run(new RestartRange(objective.DefaultStarts, 4, 0, 32))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two-layer-relu")]
    [InlineData("thomson")]
    public void Shared_memory_is_reached_as_what_it_is(string name)
    {
        var plan = KernelPlan.Make(StepProgram.Write(Make(name), new()), machine: new PtxDevice().Multiprocessor);
        var ptx = PtxListing.Of(plan.Emit(new PtxDevice().BlockMemoryType(isDouble: false)), isDouble: false);
        Assert.Contains("ld.shared.f32", ptx, StringComparison.Ordinal);
        Assert.Contains("st.shared.f32", ptx, StringComparison.Ordinal);
        // None as generic memory, whose addresses would have to be looked at when the kernel runs.
        Assert.DoesNotMatch(@"\b(ld|st)\.(f32|f64|b32|b64)", ptx);
        Assert.DoesNotContain("call", ptx, StringComparison.Ordinal);
    }

    [PtxasTheory]
    [InlineData("thomson", "adam")]
    [InlineData("two-layer-relu", "lbfgs")]
    [InlineData("thomson", "lbfgs")]
    public void Kernels_of_blocks_are_assembled_and_hardly_spill(string name, string rule)
    {
        var plan = KernelPlan.Make(StepProgram.Write(Make(name), new() { Rule = Rules.Named(rule) }), machine: new PtxDevice().Multiprocessor);
        Assert.True(plan.IsInBlocks);
        Assert.InRange(Ptxas.Spilled(PtxListing.Of(plan.Emit(new PtxDevice().BlockMemoryType(isDouble: false)), isDouble: false)), 0, 64);
    }

    public static TheoryData<string, string> Sharing() => Rows.Slices(
        ["two-layer-relu", "spherical-spin-glass", "lennard-jones", "pca", "orthogonal-tensor", "thomson", "perceptron", "deep-linear", "network"], 2, TestedRules);

    private static Objective Make(string name) => name switch
    {
        "spherical-spin-glass" => Catalogue.Find(name).Create(10),
        // Samples run side by side.
        "network" => Catalogue.Find("perceptron").Create(null, new Dictionary<string, double> { ["inputs"] = 4, ["width"] = 6, ["n"] = 32 }),
        _ => Catalogue.Find(name).Create(),
    };
}
