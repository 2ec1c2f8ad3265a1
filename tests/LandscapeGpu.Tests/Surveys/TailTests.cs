namespace LandscapeGpu.Tests.Surveys;

/// <summary>Where a function flattens out towards infinity, slope and curvature fade together; there is no stationary point.</summary>
public sealed class TailTests
{
    [Fact]
    public void A_search_for_saddles_finds_nothing_on_tails_of_a_saturating_model()
    {
        // Theorem 3.2 of the chapter: the minimum is the only stationary point.
        var glm = Catalogue.Families.Single(f => f.Name == "glm").Create();

        var found = SaddleSearch.Run(glm, new() { Starts = 500 });

        Assert.Equal(0, Assert.Single(found.Points).Index);
    }

    [Fact]
    public void A_steep_direction_beside_a_tail_does_not_hide_the_tails_slope()
    {
        var tail = Objective.Define("tail", 2, x => Square(x[0]) + Exp(-x[1])) with { Starts = new LandscapeGpu.Starts.UniformBox(0, 30) };

        var found = SaddleSearch.Run(tail, new() { Starts = 200 });

        Assert.DoesNotContain(found.Points, p => p.Point[1] < 25);
    }
}
