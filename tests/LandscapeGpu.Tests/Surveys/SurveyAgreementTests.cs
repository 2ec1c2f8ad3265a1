using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Surveys;

public class SurveyAgreementTests
{
    private static readonly Objective Camel = Catalogue.Find("six-hump-camel").Create();

    [Fact]
    public void Two_seeds_agree_about_one_landscape() =>
        Assert.Empty(SurveyAgreement.Differences(Run(Camel, seed: 1), Run(Camel, seed: 2)));

    [Fact]
    public void A_minimum_that_only_one_survey_found_is_named_whichever_it_is()
    {
        var wide = Run(Wells(10));
        var narrow = Run(Wells(1));
        Assert.Contains(SurveyAgreement.Differences(wide, narrow), d => d.Contains("and 0 of 500 restarts ended at", StringComparison.Ordinal));
        Assert.Contains(SurveyAgreement.Differences(narrow, wide), d => d.StartsWith("0 and ", StringComparison.Ordinal));
    }

    [Fact]
    public void Other_shares_of_the_same_minima_are_a_difference()
    {
        var centred = Run(Wells(10));
        var beside = Run(Wells(10) with { Region = Region.Box(1, -2, 10) });
        Assert.NotEmpty(SurveyAgreement.Differences(centred, beside));
    }

    [Fact]
    public void Surveys_of_different_size_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => SurveyAgreement.Differences(Run(Camel), Survey.Run(Camel, new() { Restarts = 10 })));
        Assert.Contains("500 and 10 restarts", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Minima near the even multiples of π, each lower than the one to its right.</summary>
    private static Objective Wells(double to) => Objective.Define("wells", 1, x => (0.1 * x[0]) - Cos(x[0])) with { Region = Region.Box(1, -to, to) };

    private static SurveyResult Run(Objective objective, ulong seed = 1) => Survey.Run(objective, new() { Restarts = 500, Seed = seed, Threads = 1 });
}
