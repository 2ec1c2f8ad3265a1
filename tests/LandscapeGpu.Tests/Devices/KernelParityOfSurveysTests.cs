using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Devices;

public class KernelParityOfSurveysTests
{
    [Theory]
    [MemberData(nameof(Families))]
    public void Surveys_on_kernels_find_the_lanes_minima_and_counts_on_every_family(string name) =>
        SurveyParity.Require(CatalogueMembers.Surveyed(name), "reference", 100);

    public static TheoryData<string> Families() => LongTests.Families(0, 2);
}
