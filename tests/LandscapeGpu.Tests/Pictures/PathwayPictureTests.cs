using LandscapeGpu.Pathways;
using LandscapeGpu.Pictures;
using LandscapeGpu.Pictures.Pathways;

namespace LandscapeGpu.Tests.Pictures;

/// <summary>Pictures of minima and the transition states between them.</summary>
public class PathwayPictureTests
{
    // Wells of different depths at the corners of a cube.
    private static readonly TransitionNetwork Cube = TransitionSearch.Run(
        Objective.Define("cube", 3, x => Sum(3, i => Square(Square(x[i]) - 1)) + (0.3 * x[0]) + (0.2 * x[1]) + (0.1 * x[2])) with { Region = Region.Box(3, -2, 2) }, new() { Survey = new() { Restarts = 200 } });

    [Fact]
    public void Minima_and_transition_states_are_a_disconnectivity_graph_a_profile_and_a_map()
    {
        var figures = TransitionSearch.Run(Catalogue.Find("muller-brown").Create(), new() { Survey = new() { Restarts = 300 } }).Figures();
        Assert.Equal(["disconnectivity", "profile", "paths"], figures.Select(f => f.Name));
        Assert.All(figures, f => Structure.Check(f, f.Name));
    }

    [Fact]
    public void Branches_begin_at_minima_and_join_at_the_saddles_between_them()
    {
        var branches = (Line)DisconnectivityFigure.Of(Cube).Panels[0].Series[0];
        var ends = branches.Y.Where(double.IsFinite).ToList();
        Assert.All(Cube.Minima, m => Assert.Contains(m.Value, ends));
        // Eight leaves take seven joints, of two ends and the two beginnings of branches each; what lies between is a barrier of the matrix.
        var barriers = Cube.Barriers(8);
        var heights = Enumerable.Range(0, 8).SelectMany(a => Enumerable.Range(0, 8).Select(b => barriers[a, b])).ToHashSet();
        Assert.All(ends, e => Assert.Contains(e, heights));
    }

    [Fact]
    public void A_profile_rises_as_high_as_the_barrier_and_no_higher()
    {
        var barriers = Cube.Barriers(8);
        foreach (var (a, b) in Enumerable.Range(0, 8).SelectMany(a => Enumerable.Range(0, 8).Where(b => b != a).Select(b => (a, b))))
        {
            var series = ProfileFigure.Of(Cube, a, b).Panels[0].Series;
            var line = (Line)series[0];
            Assert.Equal(barriers[a, b], ((Level)series[1]).At);
            Assert.Equal(barriers[a, b], line.Y.Max(), 1e-9 * Math.Abs(barriers[a, b]));
            // Paths end beside minima, as near as steepest descent is followed.
            Assert.Equal(Cube.Minima[a].Value, line.Y[0], 0.01);
            Assert.Equal(Cube.Minima[b].Value, line.Y[^1], 0.01);
            // Where two paths meet, the end of one and the beginning of the next are one place to rounding.
            Assert.All(line.X.Zip(line.X.Skip(1)), p => Assert.True(p.Second - p.First > -1e-12));
        }
    }

    [Fact]
    public void Where_no_way_is_known_there_is_no_profile_and_the_graph_says_so()
    {
        var apart = Cube with { TransitionStates = [] };
        Assert.Contains("No way is known from minimum 1 to minimum 2", Assert.Throws<ArgumentException>(() => ProfileFigure.Of(apart)).Message, StringComparison.Ordinal);
        Assert.Contains("8 groups between which no path is known", apart.Figure().Title, StringComparison.Ordinal);
        Assert.Equal(["disconnectivity"], apart.Figures().Select(f => f.Name));
        Assert.Contains("give two of them", Assert.Throws<ArgumentException>(() => ProfileFigure.Of(Cube, 3, 3)).Message, StringComparison.Ordinal);
    }
}
