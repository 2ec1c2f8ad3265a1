using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Ilgpu;

public class CatalogueParityTests
{
    [Theory]
    [MemberData(nameof(Families))]
    public void Rules_take_the_lanes_steps_on_every_objective(string device, string objective)
    {
        var made = Catalogue.Find(objective).Create();
        foreach (var rule in RulesFor(objective))
        {
            Parity.Require(made, new() { Rule = Rules.Named(rule), IsDouble = true }, DevicesHere.Open(device), [4]);
        }
    }

    [Theory]
    [MemberData(nameof(Surveyed))]
    public void Surveys_find_the_same_minima_and_counts_on_every_objective(string device, string objective) =>
        SurveyParity.Require(Catalogue.Find(objective).Create(), device, DevicesHere.Restarts(device));

    [Theory]
    [MemberData(nameof(SurveyedByRules))]
    public void Surveys_find_the_same_minima_and_counts_by_every_rule(string device, string objective)
    {
        var made = Catalogue.Find(objective).Create();
        foreach (var rule in Rules.Names)
        {
            SurveyParity.Require(made, device, DevicesHere.Restarts(device), rule);
        }
    }

    /// <summary>All families where <c>LANDSCAPE_LONG_TESTS</c> is set; else those that between them use a box, data, loops, spheres and networks.</summary>
    public static TheoryData<string, string> Surveyed() => LongTests.AreAsked
        ? Families()
        : DevicesHere.With("himmelblau", "six-hump-camel", "muller-brown", "rastrigin", "glm", "phase-retrieval", "orthogonal-tensor", "single-neuron");

    /// <summary>All families where <c>LANDSCAPE_LONG_TESTS</c> is set; else a box and a sphere.</summary>
    public static TheoryData<string, string> SurveyedByRules() => LongTests.AreAsked ? Families() : DevicesHere.With("himmelblau", "orthogonal-tensor");

    public static TheoryData<string, string> Families() => DevicesHere.With(Catalogue.Families.Select(f => f.Name));

    /// <summary>All rules where <c>LANDSCAPE_LONG_TESTS</c> is set; else one of six, others for the next family: a kernel takes longest to compile, and each rule still meets a sixth of the families.</summary>
    private static IEnumerable<string> RulesFor(string objective) => LongTests.Slice(Rules.Names, Catalogue.Families.Select(f => f.Name).ToList().IndexOf(objective), 6);
}
