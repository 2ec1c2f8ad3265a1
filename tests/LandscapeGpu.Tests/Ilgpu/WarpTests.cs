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

    private static void RequireSame(Objective objective, DescentOptions options, PtxDevice device, RestartRange range)
    {
        var expected = new ReferenceDevice(1).Compile(objective, options).Run(range);
        var descent = (KernelDescent)device.Compile(objective, options);
        Assert.True(descent.AreByWarps(range.Count), descent.Plan.WhoCarries("PTX", 1, isAble: true));
        var actual = descent.Run(range);
        Assert.Equal(expected.Points, actual.Points);
        Assert.Equal(expected.Outcomes, actual.Outcomes);
        Assert.Equal(expected.Steps, actual.Steps);
    }

    public static TheoryData<string, string> Carried()
    {
        var data = new TheoryData<string, string>();
        foreach (var (name, k) in OverSamples.Names.Select((n, k) => (n, k)))
        {
            foreach (var rule in LongTests.Slice(TestedRules, k, 4))
            {
                data.Add(name, rule);
            }
        }

        return data;
    }
}
