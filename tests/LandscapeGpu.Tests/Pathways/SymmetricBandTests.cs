using System.Globalization;
using LandscapeGpu.Pathways;
using LandscapeGpu.Reporting;

namespace LandscapeGpu.Tests.Pathways;

/// <summary>Bands between minima that a symmetry maps to each other, where the straight line stays on top of what a path goes around.</summary>
public class SymmetricBandTests
{
    /// <remarks>
    /// f = (‖x‖² − 1)² − x₀x₁/5 has minima −0.1025 at ‖x‖² = 1.05 on the diagonal, and on the line between them the origin, f = 1, which is no saddle of index 1. In two
    /// coordinates the way leads over the other diagonal, ‖x‖² = 0.95, f = 0.0975; in more over a pole, where x₀x₁ = 0 and ‖x‖ = 1, f = 0.
    /// </remarks>
    [Theory]
    [InlineData(2, 0.2)]
    [InlineData(3, 0.1025)]
    [InlineData(5, 0.1025)]
    public void Bands_alone_go_around_a_maximum_that_the_straight_line_leads_over(int d, double barrier)
    {
        var objective = Objective.Define("hat", d, x => Square(Sum(d, i => Square(x[i])) - 1) - (0.2 * x[0] * x[1])) with { Region = Region.Box(d, -2, 2) };
        var network = TransitionSearch.Run(objective, new() { Climbs = 0, Survey = new() { Restarts = 64 } });
        Assert.Equal(2, network.Minima.Count);
        Assert.True(network.IsConnected(2));
        Assert.Equal(barrier, network.Barriers(2)[0, 1] - network.Minima[0].Value, 1e-9);
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(-3e7)]
    public void Values_that_an_offset_makes_alike_are_shown_to_digits_that_tell_them_apart(double offset)
    {
        var well = Objective.Define("well", 1, x => Square(Square(x[0]) - 1) + (0.1 * x[0]) + offset) with { Region = Region.Box(1, -2, 2) };
        var network = TransitionSearch.Run(well, new() { Survey = new() { Restarts = 50 } });
        var shown = PathwaysText.Tables(network).Take(2).SelectMany(t => t.Rows.Select(r => double.Parse(r[1], CultureInfo.InvariantCulture) - offset)).ToList();
        double[] exact = [.. network.Minima.Select(m => m.Value - offset), network.TransitionStates[0].Value - offset];
        Assert.All(shown.Zip(exact), p => Assert.Equal(p.Second, p.First, 0.02));
        Assert.Contains(NumberText.Of(network.Minima[0].Value, 12), PathwaysText.Tree(network, 5).Replace(" ", "", StringComparison.Ordinal)[..60], StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_the_usual_kind_keep_the_digits_they_had()
    {
        Assert.Equal(7, TellingDigits.Beside(7, 6, 16.5, 4));
        Assert.Equal(7, TellingDigits.Beside(7, 6, 44, 3.6));
        Assert.Equal(7, TellingDigits.Beside(7, 6, 1, 0));
        Assert.Equal(14, TellingDigits.Beside(7, 6, 1e9, 2));
    }

    [Fact]
    public void Minima_at_kinks_alone_are_said_to_have_no_saddle_that_a_gradient_leads_to()
    {
        var roof = Objective.Define("roof", 2, x => Abs(x[0]) + Abs(x[1] - 1)) with { Region = Region.Box(2, -2, 2) };
        var refusal = Assert.Throws<NothingFoundException>(() => TransitionSearch.Run(roof, new() { Survey = new() { Restarts = 20 } }));
        Assert.Contains("minima at kinks (1)", refusal.Message, StringComparison.Ordinal);
    }
}
