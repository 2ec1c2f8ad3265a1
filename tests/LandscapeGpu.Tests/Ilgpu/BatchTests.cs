using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Tests.Devices;
using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Ilgpu;

public class BatchTests
{
    private static readonly Device Cpu = DeviceCatalogue.Choose("ilgpu-cpu");

    [Theory]
    [InlineData("glm", "gradient-descent", "momentum", "nesterov", "rmsprop", "adam", "adamw")]
    [InlineData("matrix-completion", "nesterov")]
    [InlineData("gathered", "adam")]
    public void Samples_are_drawn_and_stepped_on_as_on_lanes(string objective, params string[] rules)
    {
        var made = FiniteSumTests.Made(objective);
        foreach (var rule in rules)
        {
            Parity.Require(made, new() { Rule = Rules.Named(rule), Batch = 3, IsDouble = true }, Cpu, [5]);
        }

        Parity.Require(made, new() { Rule = new Momentum(), Batch = new(4) { WithReplacement = true } }, Cpu, [3]);
    }
}
