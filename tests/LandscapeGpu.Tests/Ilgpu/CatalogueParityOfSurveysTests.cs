using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Ilgpu;

public class CatalogueParityOfSurveysTests
{
    [Theory]
    [MemberData(nameof(Surveyed))]
    public void Surveys_find_the_same_minima_and_counts_on_every_objective(string device, string objective) =>
        SurveyParity.Require(Catalogue.Find(objective).Create(), device, DevicesHere.Restarts(device));

    /// <summary>All families where <c>LANDSCAPE_LONG_TESTS</c> is set; else those that between them use a box, data, loops, spheres and networks.</summary>
    public static TheoryData<string, string> Surveyed() => LongTests.AreAsked
        ? CatalogueParityTests.Families()
        : DevicesHere.With("himmelblau", "rastrigin", "glm", "phase-retrieval", "orthogonal-tensor", "single-neuron");

    [Theory]
    [MemberData(nameof(SurveyedByRules))]
    public void Surveys_find_the_same_minima_and_counts_by_every_rule(string device, string objective)
    {
        var made = Catalogue.Find(objective).Create();
        // One rule of four, others on the next family: of the reference device's kernels, which these are bit for bit, families are surveyed, and every rule's steps are held against those of lanes.
        foreach (var rule in LongTests.Slice(Rules.Names, Catalogue.Families.Select(f => f.Name).ToList().IndexOf(objective), 4))
        {
            SurveyParity.Require(made, device, DevicesHere.Restarts(device), rule);
        }
    }

    /// <summary>All families where <c>LANDSCAPE_LONG_TESTS</c> is set; else a box and a sphere.</summary>
    public static TheoryData<string, string> SurveyedByRules() => LongTests.AreAsked ? CatalogueParityTests.Families() : DevicesHere.With("himmelblau", "orthogonal-tensor");
}
