using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Ilgpu.Ptx;

/// <summary>What a CUDA GPU is given does what the kernels say, though there is no GPU here.</summary>
public class PtxTests : SpectraTests
{
    private static readonly PtxDevice Ptx = new();

    private protected override KernelDevice Device => Ptx;

    [Theory]
    [MemberData(nameof(Families))]
    public void Descent_on_every_objective_ends_where_the_reference_does_bit_for_bit(string name)
    {
        var objective = Catalogue.Find(name).Create();
        var options = new DescentOptions { Stop = new() { Iterations = 20 } };
        var range = new RestartRange(objective.DefaultStarts, 4, 0, 8);
        var expected = new ReferenceDevice(1) { AddsAsLanes = true }.Compile(objective, options).Run(range);
        var descent = Ptx.Compile(objective, options);
        var actual = descent.Run(range);
        Assert.Empty(descent.Warnings);
        Parity.RequireSame(expected, actual);
    }

    [Theory]
    [MemberData(nameof(AllRules))]
    public void Every_rule_goes_where_lanes_go(string rule)
    {
        // To compile is what takes long. Elementary functions, a loop over data, and state in memory; the others are descended by one rule above, and by all in ILGPU's own tests.
        foreach (var objective in LongTests.AreAsked ? Parity.Objectives : [Parity.Objectives[1], Parity.Objectives[5], Parity.Objectives[6]])
        {
            Parity.Require(objective, new() { Rule = Rules.Named(rule), IsDouble = true }, Ptx, [3]);
        }
    }

    [Theory]
    [InlineData("exponential:0.99")]
    [InlineData("warm-restarts:5:2")]
    public void Schedules_noise_decay_and_clipping_are_the_lanes_own(string schedule) => Parity.RequireSchedule(schedule, Ptx);

    [Fact]
    public void Starts_are_the_samplers_own_bit_for_bit() => StartParity.Require(Ptx);

    [Fact]
    public void What_is_no_number_is_compared_as_lanes_do() => OrderingParity.Require(Ptx);

    [Theory]
    [InlineData("rosenbrock")]
    [InlineData("rastrigin")]
    [InlineData("glm")]
    [InlineData("thomson")]
    [InlineData("perceptron")]
    public void Polish_ends_where_the_reference_does_bit_for_bit(string name)
    {
        var objective = Catalogue.Find(name).Create();
        var points = PolishParity.Endpoints(objective, 3);
        var expected = new KernelPolish(objective, new ReferenceDevice(1)).Run(points);
        var actual = new KernelPolish(objective, Ptx).Run(points);
        Assert.All(expected.Stationary, Assert.True);
        Assert.Equal(expected.Stationary, actual.Stationary);
        Assert.Equal(expected.Points, actual.Points);
        Assert.Equal(expected.Values, actual.Values);
        Assert.Equal(expected.Moments, actual.Moments);
    }

    [Theory]
    [InlineData("rastrigin", 3)]
    [InlineData("six-hump-camel", 2)]
    [InlineData("rastrigin", 10)]
    [InlineData("hartmann-6", 6)]
    public void Threads_of_a_survey_use_the_slots_of_their_warp(string name, int dimension)
    {
        var objective = Catalogue.Find(name).Create(dimension);
        // So many that the last ones, which have nobody beside them, hardly count.
        var device = new PtxDevice { StepsPerLaunch = 4096 };
        device.Compile(objective, new()).Run(new RestartRange(objective.DefaultStarts, 4, 0, 3000));
        Assert.InRange(device.UsedSlots, 0.7, 1);
    }

    public static TheoryData<string> Families() => LongTests.Families(0, 3);

    public static TheoryData<string> AllRules() => [.. Rules.Names];
}
