using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Evidence;

/// <summary>What sweeps compile once, and what not.</summary>
public class SweepCompilationTests
{
    private static readonly SweepOptions Bare = new() { Survey = new() { Restarts = 200 }, Samples = 0 };

    [Theory]
    [InlineData("matrix-completion", "p", 0.3, 0.8)]
    [InlineData("overcomplete-tensor", "seed", 2, 3)]
    [InlineData("perceptron", "decay", 0.1, 0.2)]
    public void Kernels_compile_once_too_and_each_landscape_keeps_its_own_numbers(string family, string setting, double first, double second)
    {
        Sweep On(string device) => Sweep.Run(
            setting, [first, second], v => CatalogueMembers.Find($"{family} {setting}={v}"), Bare with { Survey = new() { Restarts = 60, Device = device, Descent = new() { IsDouble = true } } });
        var (lanes, kernels) = (On("lanes"), On("reference"));
        Assert.True(kernels.Rows[0].Compiled > 0);
        Assert.Equal(0, kernels.Rows[1].Compiled);
        // The landscapes differ, else stale numbers would not show.
        Assert.NotEqual(lanes.Rows[0].Best!.Trace, lanes.Rows[1].Best!.Trace, 1e-3);
        Assert.All(lanes.Rows.Zip(kernels.Rows), r =>
        {
            Assert.Equal(r.First.Minima, r.Second.Minima);
            // Both polished; the value is flat there.
            Assert.Equal(r.First.Best!.Value, r.Second.Best!.Value, 1e-9 * Math.Max(1, Math.Abs(r.First.Best.Value)));
            // Points are stationary to about 1e-9; the Hessian of these changes by less than a hundred times that.
            Assert.Equal(r.First.Best.Trace, r.Second.Best.Trace, 1e-7 * Math.Abs(r.First.Best.Trace));
        });
    }

    [Theory]
    [InlineData("glm", "noise", 1)]
    [InlineData("glm risk=population", "noise", 1)]
    [InlineData("perceptron", "decay", 1)]
    [InlineData("quadratic-network", "teacher", 1)]
    [InlineData("least-squares", "seed", 1)]
    // The number of samples is the end of a loop, and written into the code.
    [InlineData("glm", "n", 2)]
    [InlineData("perceptron", "width", 2)]
    public void Settings_that_change_only_data_or_parameters_compile_once(string family, string setting, int programs)
    {
        double[] values = setting is "noise" or "decay" ? [0.1, 0.2] : [2, 3];
        var seen = Sweep.Run(setting, values, v => CatalogueMembers.Find($"{family} {setting}={v}"), Bare with { Survey = new() { Restarts = 8 } });
        Assert.Equal(programs, seen.Rows.Count(r => r.Compiled > 0));
    }
}
