using LandscapeGpu.Descent;
using LandscapeGpu.Devices;
using LandscapeGpu.Objectives.Catalogue;
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
    [MemberData(nameof(Surveyed))]
    public void Surveys_find_the_same_minima_and_counts_on_every_objective(string objective) =>
        SurveyParity.Require(Catalogue.Find(objective).Create(), "ilgpu-cpu", 150);

    /// <summary>All families where <c>LANDSCAPE_LONG_TESTS</c> is set; else those that between them use a box, data, loops, spheres and networks.</summary>
    public static TheoryData<string> Surveyed() => Environment.GetEnvironmentVariable("LANDSCAPE_LONG_TESTS") is { Length: > 0 }
        ? Names()
        : ["himmelblau", "six-hump-camel", "muller-brown", "rastrigin", "glm", "phase-retrieval", "orthogonal-tensor", "single-neuron"];

    public static TheoryData<string> Names() => [.. Catalogue.Families.Select(f => f.Name)];
}
