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

    // Everything there is on each landscape, however wide the box: minima, saddles and what lies on the boundary.
    private static readonly Dictionary<string, (Func<Vector, Real> Formula, double Low, double High, int Minima)> Landscapes = new()
    {
        ["two Morse bonds"] = (x => Square(1 - Exp(-(x[0] - 1))) + Square(1 - Exp(-2 * (x[1] - 2))), 0, 40, 1),
        ["a logistic step beside a bowl"] = (x => (1 / (1 + Exp(-x[0]))) + Square(x[1]), -50, 50, 0),
        ["a Gaussian well beside a bowl"] = (x => Square(x[1]) - Exp(-Square(x[0])), -60, 60, 1),
        ["a Yukawa well beside a bowl"] = (x => Square(x[1] - 30) - (Exp(-x[0]) / x[0]) + (Exp(-2 * x[0]) / Square(x[0])), 0.1, 60, 1),
    };

    public static TheoryData<string, double, double> InAllUnits => InUnits.Each(Landscapes.Keys);

    [Theory]
    [MemberData(nameof(InAllUnits))]
    public void No_end_of_a_tail_is_a_minimum_or_a_saddle(string name, double unit, double factor)
    {
        var (formula, low, high, minima) = Landscapes[name];
        var tailed = Objective.Define(name, 2, x => factor * formula(Vector(x[0] / unit, x[1]))) with { Region = Region.Box([unit * low, low], [unit * high, high]) };

        var found = Survey.Run(tailed, new() { Restarts = 200 });

        Assert.Equal(minima, found.Minima.Count);
        Assert.All(found.Stationary, p => Assert.Equal(StationaryKind.Tail, p.Kind));
        // Where slopes fade is one row, with all that came there.
        Assert.InRange(found.Stationary.Count, 0, 1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e-6, 1)]
    [InlineData(1e6, 1)]
    [InlineData(1, 30)]
    public void A_rate_that_fades_beside_one_that_does_not_is_no_minimum_before_the_side(double factor, double unit)
    {
        // Poisson's likelihood of groups with and without counts: the second rate is e^(x₁), and its curvature next to the first one's is nothing, so that scaling makes any mixture of the two an eigenvector.
        foreach (var (d, formula) in new (int, Func<Vector, Real>)[]
        {
            (2, y => Exp(y[0]) + Exp(y[0] + y[1]) - (3 * y[0])),
            (3, y => Exp(y[0]) + Exp(y[0] + y[1]) + Exp(y[0] + y[2]) - (3 * y[0])),
            (3, y => Exp(y[0]) + Exp(y[1]) + Exp(y[1] + y[2]) - (3 * y[0]) - (2 * y[1])),
        })
        {
            var found = Survey.Run(Objective.Define("counts", d, x => factor * formula(Vector(d, i => x[i] / unit))) with { Region = Region.Box(d, -100 * unit, 100 * unit) }, new() { Restarts = 200 });

            Assert.Empty(found.Minima);
            Assert.All(found.Stationary, s => Assert.Equal(StationaryKind.Tail, s.Kind));
            Assert.NotEmpty(found.BoundaryMinima);
            // Sides hold what descent still presses against them, by e⁻¹⁰⁰.
            Assert.All(found.BoundaryMinima, m => Assert.All(m.AtBound, i => Assert.Equal(-100, m.Point[i] / unit, 1e-9)));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void A_minimum_where_derivatives_vanish_is_no_tail(int power)
    {
        var found = Survey.Run(Objective.Define("flat bottom", 2, x => Pow(x[0], power) + Square(x[1])) with { Region = Region.Box(2, -2, 2) }, new() { Restarts = 100 });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal((StationaryKind.DegenerateMinimum, 100), (minimum.Kind, minimum.Count));
    }

    [Theory]
    [InlineData(1, 50)]
    [InlineData(2, 50)]
    [InlineData(1, 100)]
    [InlineData(2, 100)]
    public void A_tail_where_derivatives_overflow_is_one_row_beside_its_minimum(int d, double half)
    {
        var well = Objective.Define("well", d, x => -1 / (1 + Exp(Sum(d, i => Square(x[i]))))) with { Region = Region.Box(d, -half, half) };

        var found = Survey.Run(well, new() { Restarts = 2_000 });

        Assert.Equal(-0.5, Assert.Single(found.AllMinima).Value);
        Assert.Equal(StationaryKind.Tail, Assert.Single(found.Stationary).Kind);
    }
}
