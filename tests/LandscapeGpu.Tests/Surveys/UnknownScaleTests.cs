using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Every family without a region, starts or units.</summary>
public sealed class UnknownScaleTests
{
    public static TheoryData<string> Families => LongTests.Families(1, 2);

    [Theory]
    [MemberData(nameof(Families))]
    public void A_survey_ends_where_nothing_says_how_large_anything_is(string family)
    {
        var original = CatalogueMembers.Surveyed(family);
        var bare = UnitInvarianceTests.Times(original, Math.ScaleB(1, -60)) with { Region = Region.WholeSpace, Starts = null, Symmetry = null };
        const int Few = 20;
        var found = Survey.Run(bare, new() { Restarts = Few });

        // The iteration limit of descent is 10,000; polish, valleys and kinks spend no more than that again.
        Assert.Equal(Few, found.Outcomes.Total);
        Assert.InRange(found.Endpoints!.Steps + found.Endpoints.PolishEvaluations, 1, 2 * 10_000 * (long)Few);
    }
}
