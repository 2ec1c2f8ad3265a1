using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Objectives.Catalogue;
using LandscapeGpu.Surveys;
using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Ilgpu;

public class CatalogueParityTests
{
    private static readonly Device Cpu = DeviceCatalogue.Choose("ilgpu-cpu");

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_rule_takes_the_lanes_steps_on_every_objective(string objective)
    {
        var made = Catalogue.Find(objective).Create();
        foreach (var rule in Rules.Names)
        {
            Parity.Require(made, new() { Rule = Rules.Named(rule), IsDouble = true }, Cpu, [4]);
        }
    }

    [Theory]
    [InlineData("himmelblau")]
    [InlineData("six-hump-camel")]
    [InlineData("muller-brown")]
    [InlineData("rastrigin")]
    public void Surveys_find_the_same_minima_and_counts(string objective)
    {
        var made = Catalogue.Find(objective).Create();
        var options = new SurveyOptions { Restarts = 1500, Threads = 2 };
        var lanes = Survey.Run(made, options);
        var kernels = Survey.Run(made, options with { Device = "ilgpu-cpu" });
        Assert.Empty(kernels.Warnings);
        Assert.Equal(lanes.Minima.Count, kernels.Minima.Count);
        foreach (var (a, b) in InOrder(lanes).Zip(InOrder(kernels)))
        {
            Assert.Equal(a.Value, b.Value, 1e-9);
            // The same starts: only those within a rounding of a basin's edge may end elsewhere.
            Assert.InRange(Math.Abs(a.Count - b.Count), 0, 8);
        }
    }

    // Rounded: symmetric minima have coordinates that are equal but for their last digits.
    private static IEnumerable<StationaryPoint> InOrder(SurveyResult result) =>
        result.Minima.OrderBy(m => Math.Round(m.Point[0], 6)).ThenBy(m => Math.Round(m.Point[^1], 6));

    public static TheoryData<string> Names() => [.. Catalogue.Families.Select(f => f.Name)];
}
