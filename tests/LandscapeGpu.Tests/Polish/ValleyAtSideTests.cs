namespace LandscapeGpu.Tests.Polish;

/// <summary>Valleys without curvature along them that lead out of the region: where they meet its side is a minimum, as of two parameters of a fit that only their sum is known of, one of them bounded.</summary>
public class ValleyAtSideTests
{
    private const int Restarts = 100;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, LongTests.AreAsked ? 60 : 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_valley_that_leads_out_of_a_box_has_its_minimum_at_the_side(int seed)
    {
        var random = new Random(seed);
        var d = 2 + (seed % 4);
        // Bounds such as people write: what single precision makes of most of them lies inside the box.
        double Bound(double from) => Math.Round(from + (2 * random.NextDouble()), 2);
        double[] lower = [.. Enumerable.Range(0, d).Select(_ => Bound(-3))];
        double[] upper = [.. Enumerable.Range(0, d).Select(_ => Bound(1))];
        double[] along = [.. Enumerable.Range(0, d - 1).Select(_ => (2 * random.NextDouble()) - 1)];
        var (fall, wall) = (Math.Pow(10, -3 + (2 * random.NextDouble())), Math.Pow(10, 2 * random.NextDouble()));
        // The last coordinate is held to a sum of the others, and f falls slowly along the first.
        var valley = Objective.Define("valley", d, x => (fall * x[0]) + (wall * Square(x[d - 1] - (0.2 * Enumerable.Range(0, d - 1).Select(i => along[i] * x[i]).Aggregate((a, b) => a + b)))) + Enumerable.Range(1, d - 2).Select(i => 0.1 * Square(x[i] - (0.1 * x[0]))).Aggregate((Real)0, (a, b) => a + b)) with { Region = Region.Box(lower, upper) };
        foreach (var (isDouble, device) in new[] { (false, (string?)null), (true, null), (false, "reference") })
        {
            Agrees(Survey.Run(valley, new() { Restarts = Restarts, Descent = new() { IsDouble = isDouble }, Device = device }), lower[0]);
        }
    }

    [Theory]
    [InlineData(1.91, 2)]
    [InlineData(0.7, 3)]
    [InlineData(12.3, 5)]
    public void A_valley_that_leads_out_of_a_ball_has_its_minimum_on_it(double radius, int d)
    {
        var valley = Objective.Define("valley", d, x => (0.05 * x[0]) + (20 * Square(x[d - 1] - x[0])) + Enumerable.Range(1, d - 2).Select(i => Square(x[i])).Aggregate((Real)0, (a, b) => a + b)) with { Region = Region.Ball(radius) };
        var found = Survey.Run(valley, new() { Restarts = Restarts });
        var only = Assert.Single(found.BoundaryMinima);
        Assert.Equal(Restarts, found.Outcomes.Converged);
        Assert.Equal(radius, Math.Sqrt(only.Point.Sum(x => x * x)), 1e-12 * radius);
    }

    [Theory]
    [InlineData(1.94, 3, false)]
    [InlineData(1.94, 3, true)]
    [InlineData(0.87, 4, true)]
    [InlineData(1.11, 6, true)]
    public void Descents_on_the_surface_of_a_ball_know_its_own_curvature(double radius, int d, bool isDouble)
    {
        // Half as many squares as coordinates, the centre of which is outside: along the others only the surface curves.
        var random = new Random(d);
        var rows = Enumerable.Range(0, d / 2).Select(_ => Enumerable.Range(0, d).Select(_ => (2 * random.NextDouble()) - 1).ToArray()).ToArray();
        var squares = Objective.Define("squares", d, x => rows.Select(row => Square(Enumerable.Range(0, d).Select(i => row[i] * x[i]).Aggregate((a, b) => a + b) - 5)).Aggregate((a, b) => a + b)) with { Region = Region.Ball(radius) };
        var found = Survey.Run(squares, new() { Restarts = Restarts, Descent = new() { IsDouble = isDouble } });
        Assert.Single(found.BoundaryMinima);
        Assert.Equal(Restarts, found.Outcomes.Converged);
        // Some dozen steps each; without that curvature thousands in double precision.
        Assert.InRange(found.GradientEvaluations, 0, 100 * Restarts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_ball_beside_a_box_keeps_its_curvature_and_the_box_its_bounds(bool isDouble)
    {
        // Along the second coordinate only the ball's surface curves; of the others each is held by a bound, or led to it along a valley.
        var both = Objective.Define("ball and box", 4, x => Square(x[0] - 3) + Square(x[2] + (0.5 * x[3]) - 4) + (0.01 * x[3])) with { Region = Region.Product((Region.Ball(1.91), 2), (Region.Box([-0.87, -1.23], [0.91, 1.91]), 2)) };
        var found = Survey.Run(both, new() { Restarts = Restarts, Descent = new() { IsDouble = isDouble } });
        var only = Assert.Single(found.BoundaryMinima);
        Assert.Equal(Restarts, found.Outcomes.Converged);
        Assert.Equal([1.91, 0, 0.91, 1.91], only.Point.Select(x => Math.Round(x, 9)));
        Assert.InRange(found.GradientEvaluations, 0, 100 * Restarts);
    }

    private static void Agrees(SurveyResult found, double bound)
    {
        var only = Assert.Single(found.BoundaryMinima);
        Assert.Empty(found.Minima);
        Assert.Equal(Restarts, found.Outcomes.Converged);
        // Along the floor f is the first coordinate's multiple and nothing else.
        Assert.Equal(bound, only.Point[0]);
    }
}
