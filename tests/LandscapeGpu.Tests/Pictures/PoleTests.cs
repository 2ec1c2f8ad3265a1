using LandscapeGpu.Pictures;
using LandscapeGpu.Pictures.Drawing;
using LandscapeGpu.Pictures.Surveys;

namespace LandscapeGpu.Tests.Pictures;

/// <summary>What becomes of a picture where a landscape rises or falls without bound.</summary>
public class PoleTests
{
    private static readonly Dictionary<string, (double Low, double High, Func<Point, Real> Formula)> Graphs = new()
    {
        ["falls to a side"] = (0, 10, x => (0.3 * x[0]) - (1 / x[0]) + Sin(3 * x[0])),
        ["falls by 38 powers of ten"] = (0, 10, x => (1000 * Exp(-3 * x[0])) - (50 / Pow(x[0], 6))),
        ["falls in the middle"] = (-3, 3, x => (-1 / Square(x[0])) + Square(Square(x[0]) - 2)),
        ["falls slowly"] = (0, 10, x => Log(x[0]) + Cos(2 * x[0])),
        ["rises to a side"] = (0, 10, x => (1 / x[0]) + Sin(3 * x[0])),
        ["is infinite on a half"] = (-5, 10, x => Log(Max(x[0], 0)) + Cos(2 * x[0])),
        ["rises and falls"] = (-2, 2, x => 1 / x[0]),
    };

    public static TheoryData<string> Names() => [.. Graphs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_graph_is_drawn_and_cut_off_where_it_goes_without_bound(string name)
    {
        var panel = Drawn(name).Panels[0];
        var (scale, curve) = (AxisScale.Of(panel, isX: false), (Line)panel.Series[0]);
        Assert.Contains("cut off", panel.Y.Label, StringComparison.Ordinal);
        Assert.Contains(curve.Y, double.IsInfinity);
        // Most of the values are in the picture, and they take more than half of its height.
        var inside = curve.Y.Where(y => double.IsFinite(y) && !scale.IsOutside(y)).Select(scale.At).Order().ToList();
        Assert.InRange(inside.Count, 0.6 * curve.Y.Count(double.IsFinite), curve.Count);
        Assert.True(inside[^1] - inside[0] > 0.5 * (scale.High - scale.Low));
        Assert.All(panel.Series.OfType<Points>().SelectMany(p => p.Y), y => Assert.False(scale.IsOutside(y)));
        // Where something was no number to the drawer, the whole curve was missing.
        Assert.InRange(Drawn(name).Svg().Split("stroke=\"gray\"")[1..].Max(path => path[..path.IndexOf('>', StringComparison.Ordinal)].Count(c => c == 'L')), inside.Count / 2, curve.Count);
    }

    [Fact]
    public void A_narrow_valley_is_no_pole()
    {
        var valley = Surveyed(-1, 1, x => -Exp(-1000 * Square(x[0] - 0.3))).Figure().Panels[0];
        Assert.Equal("value f(x)", valley.Y.Label);
        Assert.Null(valley.Y.Low);
    }

    [Fact]
    public void A_minimum_at_the_foot_of_a_wall_is_in_the_picture_and_one_too_high_for_it_is_counted_beside_it()
    {
        var near = Surveyed(-1.5, 8, x => Square(Tan(x[0]) - 1) + (0.1 * x[0]));
        Assert.Equal(4, near.AllMinima.Count());
        Assert.DoesNotContain("outside the picture", near.Figure().Svg(), StringComparison.Ordinal);
        // That at the side 8 lies 62 above the others.
        Assert.False(AxisScale.Of(near.Figure().Panels[0], isX: false).IsOutside(near.AllMinima.Max(m => m.Value)));
        var far = Surveyed(-1.5, 8, x => Square(Tan(x[0]) - 1) + (1e6 * Max(0, x[0] - 6)) - (1.2e6 * Max(0, x[0] - 7))).Figure();
        Assert.Contains("minima, of which 1 lies outside the picture", far.Svg(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, "; beyond these it falls to −∞")]
    [InlineData(1, "; beyond these it rises to ∞")]
    [InlineData(0, "")]
    public void Contour_lines_say_what_lies_beyond_them(double pole, string words)
    {
        var objective = Objective.Define("pole", 2, x => (pole / (Square(x[0]) + Square(x[1]))) + (0.1 * Square(x[0] - 2))) with { Region = Region.Box(2, -3, 3) };
        var contours = ContourMap.Of(Survey.Run(objective, new() { Restarts = 20 }), withBasins: false).Panels[0].Series.OfType<Contours>().Single();
        Assert.Matches($"^f from dark .* to light [^;]*{words}$", contours.Name);
    }

    [Fact]
    public void A_slice_through_a_pole_says_so_and_not_how_high_its_grid_comes()
    {
        // A wall around x₁ = 0, half way between two minima.
        var wall = Objective.Define("wall", 3, x => (1 / Max(Square(x[0]) - 0.01, 0)) + Square(x[0]) + Square(x[1]) + Square(x[2])) with { Region = Region.Box(3, -2, 2) };
        var minima = Survey.Run(wall, new() { Restarts = 50 }).AllMinima.ToList();
        var between = SliceFigure.Between(wall, minima[0], minima[1]);
        Assert.Contains("f rises to ∞ above the lower one", between.Title, StringComparison.Ordinal);
        Assert.Contains("barrier ∞", between.Svg(), StringComparison.Ordinal);
        Assert.Contains("cut off", between.Panels[0].Y.Label, StringComparison.Ordinal);
    }

    private static SurveyResult Surveyed(double low, double high, Func<Point, Real> formula) =>
        Survey.Run(Objective.Define("f", 1, formula) with { Region = Region.Box(1, low, high) }, new() { Restarts = 100 });

    private static Figure Drawn(string name) => Graphs[name] is var (low, high, formula) ? Surveyed(low, high, formula).Figure() : null!;
}
