namespace LandscapeGpu.Tests.Surveys;

/// <summary>Convex valleys in tens to hundreds of coordinates whose curvatures differ by up to ten powers of ten: descents come to the iteration limit there, and polish to the minimum.</summary>
public sealed class IllConditionedTests
{
    private static Real Quadratic(Point x, int d, double powers, bool isTurned)
    {
        var curvature = new Data("curvature", [.. Enumerable.Range(0, d).Select(i => Math.Pow(10, powers * i / (d - 1)))]);
        double[] normal = [.. Enumerable.Range(0, d).Select(i => isTurned ? Math.Sin(1 + (1.7 * i)) : 0)];
        var length = Math.Sqrt(normal.Sum(e => e * e));
        // Householder's reflection turns the axes.
        var u = new Data("u", [.. normal.Select(e => isTurned ? e / length : 0)]);
        var along = 2 * Sum(d, j => u[j] * (x[j] - 0.3));
        return Sum(d, i => curvature[i] * Square(x[i] - 0.3 - (u[i] * along)));
    }

    public static TheoryData<int, double, double, bool> Kinds => Rows.Of(
        from kind in new[] { (50, 8.0), (100, 8.0), (100, 10.0), (150, 6.0), (256, 8.0) }
        from turn in new[] { (1, false), (1e-12, true) }
        select (kind.Item1, kind.Item2, turn.Item1, turn.Item2));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void All_restarts_come_to_the_one_minimum(int d, double powers, double factor, bool isTurned)
    {
        var valley = Objective.Define("valley", d, x => factor * Quadratic(x, d, powers, isTurned)) with { Region = Region.Box(d, -2, 2) };
        var found = Survey.Run(valley, new() { Restarts = 4 });
        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal((StationaryKind.Minimum, 4), (minimum.Kind, minimum.Count));
        Assert.All(minimum.Point, e => Assert.Equal(0.3, e, 1e-4));
        Assert.InRange(Math.Log10(minimum.ConditionNumber), powers - 0.01, powers + 0.01);
    }

    [Fact]
    public void An_iteration_limit_that_is_given_is_one()
    {
        var valley = Objective.Define("valley", 100, x => Quadratic(x, 100, 8, isTurned: false)) with { Region = Region.Box(100, -2, 2) };
        var found = Survey.Run(valley, new() { Restarts = 8, Descent = new() { Stop = new() { Iterations = 1_000 } } });
        Assert.Equal(8, found.Outcomes.IterationLimit);
    }
}
