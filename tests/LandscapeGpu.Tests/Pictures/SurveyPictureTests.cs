using LandscapeGpu.Pictures;
using LandscapeGpu.Pictures.Surveys;

namespace LandscapeGpu.Tests.Pictures;

/// <summary>Pictures of surveys and descents.</summary>
public class SurveyPictureTests
{
    private static readonly SurveyResult Camel = Survey.Run(Catalogue.Find("six-hump-camel").Create(), new() { Restarts = 400 });

    [Fact]
    public void Threads_that_draw_at_once_draw_what_one_does()
    {
        var figure = Camel.Figures()[1];
        var alone = figure.Svg();
        Assert.All(Enumerable.Range(0, 24).AsParallel().WithDegreeOfParallelism(8).Select(_ => figure.Svg()), svg => Assert.Equal(alone, svg));
    }

    [Fact]
    public void A_landscape_of_two_coordinates_is_a_map_with_basins_and_stationary_points() => Structure.Check(Camel.Figure(), "map");

    [Fact]
    public void Minima_stand_by_value_with_shares_and_intervals() => Structure.Check(MinimaFigure.Of(Camel), "minima");

    [Fact]
    public void All_endpoints_sorted_are_a_waterfall() => Structure.Check(Waterfall.Of(Camel), "waterfall");

    [Fact]
    public void The_best_minima_are_lines_over_the_coordinates() => Structure.Check(ParameterPlot.Of(Camel), "parameters");

    [Fact]
    public void A_landscape_of_one_coordinate_is_a_graph()
    {
        var sine = Catalogue.Find("tilted-sine").Create();
        Structure.Check(Survey.Run(sine, new() { Restarts = 100 }).Figure(), "graph");
        Structure.Check(Trajectory.Record(sine, new() { Starts = new GivenPoints([5.0]), Descent = new() { Rule = new GradientDescent { Step = 0.01 }, Stop = new() { Iterations = 200 } } }).Figure(), "path");
    }

    [Fact]
    public void Many_descents_are_a_fan_and_few_are_lines()
    {
        var himmelblau = Catalogue.Find("himmelblau").Create();
        var options = new TrajectoryOptions { Descent = new() { Rule = new Momentum { Step = 0.005 }, IsDouble = true } };
        Structure.Check(DescentFigure.Of(Trajectory.Record(himmelblau, options with { Restarts = [0, 1] })), "lines");
        Structure.Check(DescentFigure.Of(Trajectory.Record(himmelblau, options with { Restarts = [.. Enumerable.Range(0, 20)] })), "fan");
        Structure.Check(Trajectory.Record(himmelblau, options with { Restarts = [0, 1] }).Figure(), "descents-on-the-map");
    }

    [Fact]
    public void Beside_a_slow_rule_a_quick_one_is_not_squeezed_to_the_edge()
    {
        var himmelblau = Catalogue.Find("himmelblau").Create();
        Trajectory[] Of(UpdateRule rule, int steps) => [.. Trajectory.Record(himmelblau, new() { Descent = new() { Rule = rule, IsDouble = true, Stop = new() { Iterations = steps } }, Restarts = [0, 1, 2, 3], IsThinning = true })];
        var (quick, slow) = (Of(new Lbfgs(), 2_000), Of(new GradientDescent { Step = 1e-4 }, 2_000));
        Assert.All(DescentFigure.Of([.. quick, .. slow]).Panels, p => Assert.True(p.X.IsLogarithmic));
        Assert.All(DescentFigure.Of(slow).Panels, p => Assert.False(p.X.IsLogarithmic));
        // Recorded ever more seldom, and never more than a sixteenth apart.
        Assert.All(slow, t => Assert.All(t.Points.Zip(t.Points.Skip(1)), p => Assert.InRange(p.Second.Step - p.First.Step, 1, Math.Max(1, p.First.Step / 16))));
    }

    [Fact]
    public void What_found_no_minimum_is_still_a_picture_that_says_so()
    {
        var slope = Objective.Define("slope", 2, x => x[0] + x[1]);
        var nothing = Survey.Run(slope, new() { Restarts = 20 });
        Assert.All(nothing.Figures(), f => Assert.Contains("no ", f.Title, StringComparison.Ordinal));
        Assert.All(nothing.Figures(), f => Assert.NotEmpty(f.Bytes(".png")));
    }

    [Theory]
    [InlineData("orthogonal-tensor")]
    [InlineData("xy-ring")]
    [InlineData("motzkin-straus")]
    [InlineData("rosenbrock")]
    [InlineData("two-layer-relu")]
    public void Every_kind_of_landscape_has_pictures(string family)
    {
        var figures = Survey.Run(Catalogue.Find(family).Create(), new() { Restarts = 100 }).Figures();
        Assert.NotEmpty(figures);
        Assert.All(figures, f => Assert.StartsWith("<svg", f.Svg(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_start_is_coloured_by_the_minimum_that_its_descent_reaches()
    {
        var minima = Camel.AllMinima.ToList();
        Assert.Equal(Enumerable.Range(0, minima.Count), BasinMap.Of(Camel, [.. minima.Select(m => m.Point)]));
        // The starts of the survey itself: as many reach each minimum as the survey counted.
        var starts = Enumerable.Range(0, 400).Select(k =>
        {
            var start = new double[2];
            Camel.Objective.Region.Starts.Draw(Camel.Options.Seed, k, start);
            return start;
        }).ToArray();
        var reached = BasinMap.Of(Camel, starts);
        Assert.Equal(minima.Select(m => m.Count), minima.Select((_, k) => (long)reached.Count(r => r == k)));
    }

    [Fact]
    public void A_file_of_an_unknown_kind_is_refused() =>
        Assert.Contains(".svg, .png, .pdf", Assert.Throws<ArgumentException>(() => MinimaFigure.Of(Camel).Save("minima.gif")).Message, StringComparison.Ordinal);

    [Fact]
    public void Units_change_nothing_about_a_map()
    {
        var plain = Objective.Define("double well", 2, x => Square(Square(x[0]) - 1) + Square(x[1]) + (0.2 * x[0])) with { Region = Region.Box([-2, -1], [2, 1]) };
        var other = Objective.Define("double well", 2, x => 1e9 * (Square(Square(1e6 * x[0]) - 1) + Square(1e-3 * x[1]) + (0.2 * 1e6 * x[0]))) with { Region = Region.Box([-2e-6, -1e3], [2e-6, 1e3]) };
        var maps = new[] { plain, other }.Select(o => (Basins)Survey.Run(o, new() { Restarts = 200 }).Figure().Panels[0].Series[0]).ToArray();
        var cells = maps[0].Which.Cast<int>().Zip(maps[1].Which.Cast<int>()).ToList();
        // Descent in single precision may take a start on a ridge either way.
        Assert.True(cells.Count(c => c.First != c.Second) < 0.01 * cells.Count);
    }
}
