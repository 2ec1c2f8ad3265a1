using LandscapeGpu.Objectives;
using LandscapeGpu.Reporting;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Minima without a derivative on surfaces, and where curved sides or sides of products hold them.</summary>
public sealed class KinksOnRegionsTests
{
    // How well the place of a kink is told: what a step that is none leaves of it.
    private const double Place = 1e-6;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void TheSumOfAbsoluteValuesHasAMinimumAtEachPoleOfTheSphereAndAntipodesAreTwo(int d)
    {
        var found = Survey.Run(Objective.Define("length", d, x => Sum(d, i => Abs(x[i]))) with { Region = Region.Sphere(d) }, new() { Restarts = 60 * d });

        Assert.Equal(2 * d, found.KinkMinima.Count);
        Assert.All(found.KinkMinima, m => Assert.Equal(1, m.Value, Place));
    }

    [Fact]
    public void TheSumOfAbsoluteValuesHasAMinimumAtEachMatrixOfSignedExchanges()
    {
        var found = Survey.Run(Objective.Define("entries", 4, x => Sum(4, i => Abs(x[i]))) with { Region = Region.Orthogonal(2) }, new() { Restarts = 200 });

        Assert.Equal(8, found.KinkMinima.Count);
    }

    [Fact]
    public void OnTheSimplexAPointIsOneWhateverTheSignsOfItsRoots()
    {
        var objective = Objective.Define("deviations", 3, x => (1.49 * Abs((1.57 * x[0]) - 0.12)) + (0.1551 * x[1]) + (1.29 * Abs((1.58 * x[1]) + (0.22 * x[2]) + 0.51))) with { Region = Region.Simplex(3) };

        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 100 }).KinkMinima);

        Assert.Equal(0.12 / 1.57, minimum.Point[0], Place);
        Assert.Equal(0, minimum.Point[1], Place);
    }

    /// <summary>Where a norm is zero no derivative is known, and rounding hides that f falls along the line of its zeros.</summary>
    [Theory]
    [InlineData("ball")]
    [InlineData("ball and box")]
    [InlineData("box")]
    public void ThePlacesOfANormsZerosAreNoMinimaWhereFFallsAlongThemAndRestartsCountOnce(string name)
    {
        var region = name == "ball" ? Region.Ball(1) : name == "box" ? Region.Box(3, -1, 1) : Region.Product((Region.Ball(1), 2), (Region.Box(1, -0.5, 0.7), 1));
        var objective = Objective.Define(name, 3, x =>
            (1.06 * Sqrt(Square((0.71 * x[0]) + (2.32 * x[1]) - (1.66 * x[2]) + 0.52) + Square((1.21 * x[0]) + (2.41 * x[1]) + (0.94 * x[2]) - 0.3))) + (0.5 * x[2])) with
        { Region = region };

        var found = Survey.Run(objective, new() { Restarts = 100 });

        Assert.Equal(100, Assert.Single(found.KinkMinima).Count);
        Assert.Empty(found.Minima.Concat(found.BoundaryMinima));
        Assert.Equal([("at a kink", 100)], OutcomeRows.Of(found).Where(row => row.Count != 0));
    }

    [Fact]
    public void AKinkOnWhichTheMinimumIsLevelAllRoundTheSphereIsOneFamily()
    {
        // Zero on the equator, which is a circle.
        var found = Survey.Run(Objective.Define("equator", 3, x => Abs(x[2])) with { Region = Region.Sphere(3) }, new() { Restarts = 100 });

        Assert.Equal(1, Assert.Single(found.KinkMinima).FlatDirections);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-6)]
    [InlineData(1e6)]
    public void AMinimumAtAKinkThatABallsSurfaceHoldsIsFound(double radius)
    {
        var objective = Objective.Define("deviations", 2, x => Abs((x[0] / radius) - 2) + (2 * Abs((x[1] / radius) - 0.3))) with { Region = Region.Ball(radius) };

        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 50 }).KinkMinima);

        Assert.Equal(Math.Sqrt(1 - 0.09), minimum.Point[0] / radius, Place);
        Assert.Equal(0.3, minimum.Point[1] / radius, Place);
    }

    [Fact]
    public void AKinkBesideASideThatIsNoneIsOneAndASmoothMinimumThatTheSurfaceHoldsIsNone()
    {
        var smooth = Objective.Define("beyond", 3, x => Abs(x[0] - 3) + Square(x[1]) + Square(x[2] - 1)) with { Region = Region.Ball(1.5) };

        var found = Survey.Run(smooth, new() { Restarts = 50 });

        Assert.Empty(found.KinkMinima);
        Assert.Single(found.BoundaryMinima);
    }

    [Fact]
    public void SidesOfPartsOfAProductHoldKinksToo()
    {
        var objective = Objective.Define("parts", 6, x => Abs(x[0] - 0.2) - x[1] + Abs(x[2] - 0.4) - x[3] + x[4]) with
        {
            Region = Region.Product((Region.Box(2, -1, 1), 2), (Region.Ball(1), 2), (Region.Sphere(2), 2)),
        };

        var minimum = Assert.Single(Survey.Run(objective, new() { Restarts = 50 }).KinkMinima);

        double[] place = [0.2, 1, 0.4, Math.Sqrt(0.84), -1, 0];
        Assert.All(place.Zip(minimum.Point), p => Assert.Equal(p.First, p.Second, Place));
    }

    [Fact]
    public void AnInfiniteSlopeAtASideOfAProductsPartHoldsAPoint()
    {
        var objective = Objective.Define("entropy", 3, x => (-x[0] * Log(x[0])) + x[1]) with { Region = Region.Product((Region.Box(1, 0, 1), 1), (Region.Sphere(2), 2)) };

        var found = Survey.Run(objective, new() { Restarts = 100 });

        Assert.Equal([0, 1], found.KinkMinima.Concat(found.BoundaryMinima).Select(m => Math.Round(m.Point[0], 6)).Order());
        Assert.Equal(100, found.KinkMinima.Concat(found.BoundaryMinima).Sum(m => m.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-6)]
    [InlineData(1e6)]
    public void AStraightFunctionHasOneMinimumOnABall(double radius)
    {
        var found = Survey.Run(Objective.Define("straight", 3, x => x[0] + (2 * x[1])) with { Region = Region.Ball(radius) }, new() { Restarts = 50 });

        var minimum = Assert.Single(found.BoundaryMinima);
        Assert.Equal(-Math.Sqrt(5), minimum.Value / radius, 1e-12);
        Assert.All(minimum.Eigenvalues, l => Assert.Equal(Math.Sqrt(5) / radius, l, 1e-9 / radius));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-12)]
    [InlineData(1e9)]
    public void WhereFIsStraightBesideABallsSurfaceTheMinimumThereIsNoTail(double unit)
    {
        var objective = Objective.Define("pieces", 2, x => unit * ((-0.496 * Abs(0.15 - (0.58 * x[1]))) + (1.3 * Max(0.53 - (0.37 * x[1]), (-0.87 * x[1]) - 0.26)) - (0.532 * Abs((-2.23 * x[0]) - (0.09 * x[1]) - 0.53))
            - (0.304 * Abs(0.37 - (0.02 * x[0]) - (0.35 * x[1]))))) with
        { Region = Region.Ball(1) };

        var found = Survey.Run(objective, new() { Restarts = 200 });

        // By looking at two million points of the circle.
        double[] values = [-1.008497, -0.967793, -0.408999, -0.408537];
        Assert.Equal(values, found.BoundaryMinima.Select(m => Math.Round(m.Value / unit, 6)));
        Assert.Equal(200, found.BoundaryMinima.Sum(m => m.Count));
    }

    [Fact]
    public void BoxesOneAfterTheOtherAreOneBoxAndOnePartIsWhatItIs()
    {
        Assert.Equal(Region.Box([-1, 0, 0], [1, 2, 2]), Region.Product((Region.Box(1, -1, 1), 1), (Region.Box(2, 0, 2), 2)));
        Assert.Equal(Region.Ball(2), Region.Product((Region.Ball(2), 3)));
        Assert.Equal(Region.WholeSpace, Region.Product((Region.WholeSpace, 3), (Region.WholeSpace, 1)));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1e-12, true)]
    [InlineData(1e8, false)]
    public void A_level_crease_that_runs_all_round_a_sphere_is_one_family(double unit, bool isDouble)
    {
        foreach (var crossing in new[] { false, true })
        {
            // A great circle, or two that cross.
            var found = Survey.Run(Objective.Define("circles", 3, x => unit * Abs(crossing ? x[0] * x[1] : x[0])) with { Region = Region.Sphere(3) }, new() { Restarts = 60, Descent = new() { IsDouble = isDouble } });

            var one = Assert.Single(found.KinkMinima);
            Assert.Equal((1, 60L), (one.FlatDirections, one.Count));
        }
    }
}
