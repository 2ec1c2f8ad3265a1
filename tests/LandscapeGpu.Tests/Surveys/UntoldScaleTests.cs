namespace LandscapeGpu.Tests.Surveys;

/// <summary>Where nothing tells how large distances are, a quadratic's own curvatures do.</summary>
public sealed class UntoldScaleTests
{
    [Theory]
    [InlineData(1.7e9, 1e6)]
    [InlineData(2000, 1)]
    [InlineData(7e7, 1e4)]
    [InlineData(0, 1e8)]
    public void A_straight_line_through_columns_of_any_size_has_its_one_minimum(double from, double step)
    {
        // Through three equidistant points 14, 14.2 and 14.5 the residual sum is 0.1²/6.
        double[] y = [14, 14.2, 14.5];
        var line = Objective.Define("line", 2, x => Square(x[0] + (from * x[1]) - y[0]) + Square(x[0] + ((from + step) * x[1]) - y[1]) + Square(x[0] + ((from + (2 * step)) * x[1]) - y[2]));

        var found = Survey.Run(line, new() { Restarts = 100 });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal(0.01 / 6, minimum.Value, 1e-8);
        Assert.Equal(0.25 / step, minimum.Point[1], 1e-6 / step);
        Assert.Equal(found.Outcomes.Converged, minimum.Count);
    }

    [Fact]
    public void Curvatures_that_are_alike_say_nothing()
    {
        var alike = Objective.Define("alike", 2, x => (1e5 * Square(x[1] - x[0])) + Square(1 - x[0]));

        Assert.Same(alike, UntoldScale.Told(alike, null));
    }

    [Fact]
    public void What_a_formula_adds_up_tells_how_large_its_coordinates_are_where_curvatures_change()
    {
        var torn = Objective.Define("torn", 2, x => Square(Square(x[0] / 1e-9) + x[1] - 11) + Square((x[0] / 1e-9) + Square(x[1]) - 7));

        Assert.InRange(UntoldScale.Told(torn, null).Scale![0], 1e-9, 1e-8);
        // Himmelblau's.
        Assert.Equal(4, Survey.Run(torn, new() { Restarts = 60 }).Minima.Count);
    }
}
