using LandscapeGpu.Tests.Objectives;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>xᵢ → sᵢxᵢ + tᵢ changes nothing about any family of the catalogue but the numbers.</summary>
public sealed class UnitInvarianceOfCoordinatesTests
{
    private const int Restarts = UnitInvarianceTests.Restarts;

    public static TheoryData<string> Families => UnitInvarianceTests.Families;

    [Theory]
    [MemberData(nameof(Families))]
    public void Coordinates_in_other_units_change_no_minimum_no_kind_and_no_outcome(string family)
    {
        var original = CatalogueMembers.Surveyed(family);
        // A symmetry that exchanges coordinates, and a sphere, are what they are in one unit only.
        if (original.Symmetry is not null || !(original.Region.IsWholeSpace || original.Region.Sides is not null))
        {
            return;
        }

        // The same starts are drawn.
        AssertAlikeInOtherUnits(original, UnitInvarianceTests.Plain(family));
    }

    [Fact]
    public void Random_formulas_have_the_same_minima_in_other_units_of_their_coordinates()
    {
        var count = LongTests.AreAsked ? 300 : 6;
        for (var seed = 1; seed <= count; seed++)
        {
            var d = (seed % 6) + 1;
            AssertAlikeInOtherUnits(Expressions.RandomFormula.Of(seed, smooth: true) with { Region = Region.Box(d, -1.5, 1.5) });
        }
    }

    private static void AssertAlikeInOtherUnits(Objective original, SurveyResult? known = null)
    {
        var d = original.Dimension;
        double[] factors = [.. Enumerable.Range(0, d).Select(i => ((double[])[1e-9, 1e9, 1e3, 1e-4, 1])[i % 5])];
        // Some widths away, where there is a width; starts that were drawn stay around the origin.
        double[] shifts = [.. Enumerable.Range(0, d).Select(i => original.Region.Length(i) is { } length ? ((i % 3) - 1) * 2 * length * factors[i] : 0)];
        var sampler = original.StartsFrom(null);
        var (drawn, moved) = (new double[Restarts * d], new double[Restarts * d]);
        for (var k = 0; k < Restarts; k++)
        {
            sampler.Draw(1, k, drawn.AsSpan(k * d, d));
            for (var i = 0; i < d; i++)
            {
                moved[(k * d) + i] = (factors[i] * drawn[(k * d) + i]) + shifts[i];
            }
        }

        var plain = known ?? Survey.Run(original, new() { Restarts = Restarts, Starts = new GivenPoints(drawn, d) });
        var other = Survey.Run(Stretched(original, factors, shifts), new() { Restarts = Restarts, Starts = new GivenPoints(moved, d) });
        UnitInvarianceTests.AssertAlike(original, plain, 1, other, 1);
    }

    private static Objective Stretched(Objective original, double[] factors, double[] shifts)
    {
        var (s, t) = (new Data("factors", factors), new Data("shifts", shifts));
        var stretched = Objective.Define(original.Name, original.Dimension, x =>
            new Rewriting(vectors: new() { [original.Point] = Vector(original.Dimension, i => (x[i] - t[i]) / s[i]) }).Apply(original.Formula));
        return original.Region.Sides is { } box
            ? stretched with { Region = Region.Box([.. factors.Select((f, i) => (f * box.Lower[i]) + shifts[i])], [.. factors.Select((f, i) => (f * box.Upper[i]) + shifts[i])]) }
            : stretched;
    }
}
