using LandscapeGpu.Tests.Devices;
using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Ilgpu;

public class BatchTests
{
    [Theory]
    [MemberData(nameof(Glm))]
    public void Samples_are_drawn_and_stepped_on_as_on_lanes(string device, string rule) => Require(device, "glm", rule);

    [Theory]
    [MemberData(nameof(Gathers))]
    public void Coordinates_that_a_sample_chooses_are_stepped_on_as_on_lanes(string device, string objective) => Require(device, objective, "adam");

    public static TheoryData<string, string> Glm() => DevicesHere.With("gradient-descent", "momentum", "nesterov", "rmsprop", "adam", "adamw");

    public static TheoryData<string, string> Gathers() => DevicesHere.With("matrix-completion", "gathered");

    private static void Require(string device, string objective, string rule)
    {
        var made = FiniteSumTests.Made(objective);
        Parity.Require(made, new() { Rule = Rules.Named(rule), Batch = 3, IsDouble = true }, DevicesHere.Open(device), [5]);
        Parity.Require(made, new() { Rule = Rules.Named(rule), Batch = new(4) { WithReplacement = true } }, DevicesHere.Open(device), [3]);
    }
}
