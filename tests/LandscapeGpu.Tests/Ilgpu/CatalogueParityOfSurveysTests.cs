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
}
