using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Evidence;

/// <summary>What theorems claim of a domain is looked at there, and where links have saturated to rounding there is nothing to look at.</summary>
public class VerifiedDomainTests
{
    [Theory]
    [InlineData(2, "link=logistic seed=2 norm=3")]
    [InlineData(3, "link=logistic seed=7 noise=0.3")]
    [InlineData(4, "link=tanh seed=5 norm=0.7")]
    public void The_population_risk_has_one_stationary_point_for_every_dimension_and_link(int d, string settings)
    {
        var found = Verified($"glm d={d} risk=population {settings}");
        // Theorem 3.2 of Ma (2021).
        Assert.Contains("1 stationary point: 1 of index 0.", found, StringComparison.Ordinal);
        Assert.DoesNotContain("Strict saddle fails", found, StringComparison.Ordinal);
        Assert.DoesNotContain("(2.2) fails", found, StringComparison.Ordinal);
        Assert.DoesNotContain("saddle found", found.Replace("No saddle found", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_distances_of_singular_and_of_negative_curvature_are_told_apart()
    {
        // f = x⁴ − 2x⁶: f″ = 12x² − 60x⁴ is 0 at 0, and below 0 from 1/√5 on.
        var objective = Objective.Define("sextic", 1, x => Pow(x[0], 4) - (2 * Pow(x[0], 6))) with { Region = Region.Ball(0.6) };
        var conditions = Verification.Of(objective, new() { Survey = new() { Restarts = 20 }, SaddleStarts = 0, Samples = 700 }).Conditions!;
        Assert.InRange(conditions.NegativeRadius, 1 / Math.Sqrt(5), 0.46);
        var quartic = Objective.Define("quartic", 1, x => Pow(x[0], 4)) with { Region = Region.Ball(1) };
        Assert.Equal(double.PositiveInfinity, Verification.Of(quartic, new() { Survey = new() { Restarts = 20 }, SaddleStarts = 0, Samples = 140 }).Conditions!.NegativeRadius);
    }

    private static string Verified(string name) =>
        Verification.Of(CatalogueMembers.Find(name), new() { Survey = new() { Restarts = 40, Threads = 1 }, SaddleStarts = 200, Samples = 70 }).ToString();
}
