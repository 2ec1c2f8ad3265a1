using System.Text.RegularExpressions;
using LandscapeGpu.Compilation;
using LandscapeGpu.Ilgpu;
using LandscapeGpu.Tests.Devices;
using LandscapeGpu.Tests.Ilgpu.Ptx;

namespace LandscapeGpu.Tests.Ilgpu;

/// <summary>What CUDA is given where a warp carries a restart whose state is in memory, its lanes taking coordinates: run here, a warp in lock-step, with memory that says who reached it since the last barrier.</summary>
public partial class LaneTests
{
    // Noise is drawn by each thread for its own restart.
    private static readonly IReadOnlyList<string> TestedRules = [.. Rules.Names.Except(["perturbed"])];

    [Theory]
    [MemberData(nameof(Carried))]
    public void Descent_by_lanes_ends_where_the_reference_does_in_their_order_bit_for_bit(string name, string rule, bool isDouble)
    {
        var (objective, options) = (InMemory.Make(name), new DescentOptions { Rule = Rules.Named(rule), Stop = new() { Iterations = 4 }, IsDouble = isDouble });
        // Launches end within a descent, and what is shared goes home.
        RequireSame(objective, options, new PtxDevice { Carriers = Carriers.Warps, IsMemoryOnly = true, StepsPerLaunch = 3 });
    }

    [Fact]
    public void It_takes_the_steps_of_lanes_of_the_processor_to_rounding() =>
        Parity.Require(InMemory.Make("two norms"), new() { Rule = new Lbfgs(), IsDouble = true }, new PtxDevice { Carriers = Carriers.Warps }, [2]);

    [Fact]
    public void A_large_network_is_carried_by_warps_whatever_the_number_of_restarts_and_others_are_not()
    {
        var device = new PtxDevice { Multiprocessors = 132 };
        var descent = (KernelDescent)device.Compile(InMemory.Large(16), new() { Rule = new GradientDescent() });
        Assert.True(descent.WarpsFor(1) > 0);
        Assert.True(descent.WarpsFor(1_000_000) > 0);
        Assert.Equal(0, ((KernelDescent)device.Compile(InMemory.Make("atoms"), new() { Rule = new GradientDescent() })).WarpsFor(1));
        Assert.Equal(0, ((KernelDescent)new PtxDevice { Multiprocessors = 132, Carriers = Carriers.Threads }.Compile(InMemory.Large(16), new() { Rule = new GradientDescent() })).WarpsFor(1));
    }

    /// <summary>The counts of docs/devices.md: of PTX, where the address of each number is computed anew, which the assembler does once.</summary>
    [Theory]
    [InlineData("784-128-1", "gradient-descent", 15_574_007, 943_513)]
    [InlineData("784-32-4", "gradient-descent", 4_819_296, 273_588)]
    [InlineData("pca 200", "gradient-descent", 144_691, 15_243)]
    [InlineData("pca", "lbfgs", 55_147, 3_517)]
    [InlineData("10-16-1", "gradient-descent", 668_791, 84_050)]
    [InlineData("spin glass 20", "lbfgs", 113_166, 24_332)]
    [InlineData("atoms", "lbfgs", 22_995, 7_301)]
    [InlineData("relu", "lbfgs", 33_407, 11_003)]
    public void A_step_takes_no_more_slots_than_its_budget(string name, string rule, double threads, double warps)
    {
        var objective = name switch
        {
            "784-128-1" => InMemory.Large(16),
            "784-32-4" => Perceptron(("inputs", 784), ("width", 32), ("classes", 10), ("loss", 2), ("n", 16)),
            "10-16-1" => Perceptron(("inputs", 10), ("width", 16), ("n", 200)),
            "pca 200" => Catalogue.Find("pca").Create(200),
            "spin glass 20" => Catalogue.Find("spherical-spin-glass").Create(20),
            _ => InMemory.Make(name),
        };
        // A count of nothing would be within every budget.
        Assert.InRange(Step(objective, rule, Carriers.Threads).Slots, 0.8 * threads, 1.02 * threads);
        Assert.InRange((name == "784-128-1" ? LargeByWarps.Value : Step(objective, rule, Carriers.Warps)).Slots, 0.8 * warps, 1.02 * warps);

        static Objective Perceptron(params (string Name, double Value)[] settings) => Catalogue.Find("perceptron").Create(null, settings.ToDictionary(s => s.Name, s => s.Value));
    }

    [Fact]
    public void Lanes_of_a_network_use_their_slots_and_reach_what_lies_side_by_side()
    {
        var objective = InMemory.Large(16);
        var step = LargeByWarps.Value;
        Assert.InRange(step.Used, 0.95, 1);
        // 32 numbers at a time, once for eight samples: weights are loaded, their gradient is loaded and stored; each step clears the gradient, loads both and stores weights. What a unit has one of is a few more.
        var (rows, all) = (2 * 128 * Math.Ceiling(784 / 32.0), Math.Ceiling(objective.Dimension / 32.0));
        Assert.InRange(step.Global, (3 * rows) + (4 * all), (3 * rows) + (4 * all) + (10 * 2 * 128));
    }

    // Two tests look at it.
    private static readonly Lazy<(double Slots, double Used, double Global)> LargeByWarps = new(() => Step(InMemory.Large(16), "gradient-descent", Carriers.Warps));

    internal static (double Slots, double Used, double Global) Step(Objective objective, string rule, Carriers carriers)
    {
        // A step of gradient descent is like any other; what others remember grows.
        var counted = rule == "gradient-descent" ? 1 : 2;
        var (few, more) = (Machine(counted), Machine(2 * counted));
        var slots = (more.Slots - few.Slots) / (double)counted;
        return (slots, (more.ThreadSlots - few.ThreadSlots) / (double)counted / PtxMachine.Warp / slots, (more.Accesses(ofShared: false) - few.Accesses(ofShared: false)) / (double)counted);

        PtxMachine Machine(int steps)
        {
            var device = new PtxDevice { Carriers = carriers, StepsPerLaunch = 1000 };
            var options = new DescentOptions { Rule = Rules.Named(rule), Stop = new() { Iterations = steps, OnlyIterations = true } };
            // Threads beside one with a restart would issue the same instructions.
            device.Compile(objective, options).Run(new RestartRange(objective.DefaultStarts, 4, 0, 1));
            return device.Machines.MaxBy(m => m.Slots)!;
        }
    }

    [PtxasTheory]
    [InlineData("network", "adam")]
    [InlineData("classes", "lbfgs")]
    [InlineData("pca", "lbfgs")]
    public void Kernels_of_lanes_are_assembled_and_do_not_spill(string name, string rule)
    {
        var plan = KernelPlan.Make(StepProgram.Write(InMemory.Make(name), new() { Rule = Rules.Named(rule) }), inMemory: true, machine: Multiprocessor.Typical);
        Assert.Equal(0, Ptxas.Spilled(PtxListing.Of(plan.EmitInLanes(new PtxDevice().WarpMemoryType(isDouble: false), isWarp: true), isDouble: false)));
    }

    [Theory]
    [InlineData("short rows", "gradient-descent")]
    [InlineData("two norms", "adam")]
    public void Without_one_of_its_barriers_a_step_fails(string name, string rule)
    {
        var objective = InMemory.Make(name);
        var (failed, count) = (0, 0);
        Run(objective, rule, text =>
        {
            // The pass that draws starts has none.
            count = Math.Max(count, Barriers().Count(text));
            return text;
        });
        for (var k = 0; k < count; k++)
        {
            try
            {
                Run(objective, rule, text =>
                {
                    var at = 0;
                    return Barriers().Replace(text, m => at++ == k ? "" : m.Value);
                });
            }
            catch (InvalidOperationException error)
            {
                Assert.Matches("no barrier lies between|nothing was written to it", error.Message);
                failed++;
            }
        }

        // Those after what begins, loads, saves and ends a restart keep what was touched for whoever comes next: some have another right behind them.
        Assert.InRange(failed, count / 3, count);
    }

    [Theory]
    [InlineData("shfl.sync.bfly.b32", ", 4, ", ", 8, ")]
    [InlineData("%tid.x", "%tid.x", "%ctaid.x")]
    public void A_fault_in_what_lanes_give_each_other_ends_elsewhere_or_fails(string line, string part, string instead)
    {
        var objective = InMemory.Make("two norms");
        var expected = Run(objective, "gradient-descent", text => text).Points;
        double[]? found = null;
        var error = Record.Exception(() => found = Run(objective, "gradient-descent", text => string.Join('\n', text.Split('\n').Select(l => l.Contains(line, StringComparison.Ordinal) ? l.Replace(part, instead, StringComparison.Ordinal) : l))).Points);
        Assert.True(error is InvalidOperationException || !expected.SequenceEqual(found!));
    }

    private static Endpoints Run(Objective objective, string rule, Func<string, string> fault)
    {
        var device = new PtxDevice { Carriers = Carriers.Warps, IsMemoryOnly = true, StepsPerLaunch = 1, SeededFault = fault };
        return device.Compile(objective, new() { Rule = Rules.Named(rule), Stop = new() { Iterations = 2 } }).Run(new RestartRange(objective.DefaultStarts, 4, 0, 1));
    }

    private static void RequireSame(Objective objective, DescentOptions options, PtxDevice device)
    {
        // More than there are warps.
        var range = new RestartRange(objective.DefaultStarts, 4, 0, 3);
        var expected = new ReferenceDevice(1) { AddsAsLanes = true, Carriers = Carriers.Warps, IsMemoryOnly = true }.Compile(objective, options).Run(range);
        var descent = (KernelDescent)device.Compile(objective, options);
        Assert.True(descent.WarpsFor(range.Count) > 0, descent.Plan.WhoCarries("PTX", 1, isAble: true));
        Parity.RequireSame(expected, descent.Run(range));
    }

    public static TheoryData<string, string, bool> Carried() => Rows.Of(InMemory.Names.SelectMany((name, k) =>
        LongTests.Slice(TestedRules, k, 6).Select((rule, n) => (name, rule, (k + n) % 3 == 0))));

    [GeneratedRegex(@"\tbar\.sync\t0;")]
    private static partial Regex Barriers();
}
