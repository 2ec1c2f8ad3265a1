namespace LandscapeGpu.Tests.Surveys;

/// <summary>What counts as one minimum, in a survey.</summary>
public class IdentityTests
{
    [Fact]
    public void Minima_that_are_close_beside_the_box_stay_apart()
    {
        var far = Objective.Define("far", 1, x => (Square(Square(x[0]) - 25) / 100) + x[0]) with { Region = Region.Box(1, -1e6, 1e6) };
        // From beside them, in short steps: L-BFGS's first is as long as suits the box.
        var found = Survey.Run(far, new() { Restarts = 4, Starts = new GivenPoints([-6, 5, 4, -5], 1), Descent = new() { Rule = new GradientDescent { Step = 0.1 }, IsDouble = true } });
        Assert.Equal([-5.44017, 4.39443], found.Minima.Select(m => Math.Round(m.Point[0], 5)));
        Assert.Equal([2, 2], found.Minima.Select(m => m.Count));
    }

    [Fact]
    public void Minima_of_one_value_stay_apart_too()
    {
        var twins = Objective.Define("twins", 1, x => Square(Square(x[0]) - 1)) with { Region = Region.Box(1, -1e5, 1e5) };
        Assert.Equal([-1, 1], Survey.Run(twins, new() { Restarts = 4, Starts = new GivenPoints([-1.5, 1.2, 0.9, -0.8], 1), Descent = new() { Rule = new GradientDescent { Step = 0.05 }, IsDouble = true } }).Minima.Select(m => Math.Round(m.Point[0], 9)).Order());
    }

    [Fact]
    public void A_tolerance_is_in_units_of_the_region()
    {
        var found = Survey.Run(Catalogue.Find("rastrigin").Create(1), new() { Restarts = 300 });
        Assert.Equal(11, found.Minima.Count);
        // Minima are about 0.995 apart, 0.097 of 10.24.
        Assert.Equal(11, Survey.Identify(found, IdentityKind.Location, 0.095).Minima.Count);
        var coarse = Assert.Single(Survey.Identify(found, IdentityKind.Location, 0.1).Minima);
        Assert.Equal((300L, 0.0), (coarse.Count, coarse.Value));
    }

    [Fact]
    public void What_was_made_one_cannot_be_told_apart_again_and_that_is_said()
    {
        var found = Survey.Run(Catalogue.Find("rastrigin").Create(1), new() { Restarts = 50 });
        Assert.Contains("run the survey with that tolerance", Assert.Throws<ArgumentException>(() => Survey.Identify(found, IdentityKind.Location, 1e-9)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_copies_are_said_to_be_copies()
    {
        var text = SurveyText.Report(Survey.Run(Catalogue.Find("rastrigin").Create(2), new() { Restarts = 3_000 }));
        Assert.Contains("Copies: of 121 minima many agree in value and spectrum", text, StringComparison.Ordinal);
        Assert.Contains("--identity fingerprint", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Copies", SurveyText.Report(Survey.Run(Catalogue.Find("shekel").Create(), new() { Restarts = 500 })), StringComparison.Ordinal);
    }
}
