namespace LandscapeGpu.Tests.Surveys;

/// <summary>Floors that meet are one flat set, whatever faces they lie on; beside them and on faces, degenerate points are what they are.</summary>
public sealed class MeetingFloorsTests
{
    private static readonly Dictionary<string, (Func<Vector, Real> Formula, double[] Lower, double[] Upper, bool IsInside)> Floors = new()
    {
        ["both axes"] = (x => x[0] * x[1], [0, 0], [1, 1], false),
        ["three planes"] = (x => x[0] * x[1] * x[2], [0, 0, 0], [1, 1, 1], false),
        ["an axis and a line inside"] = (x => x[0] * Square(x[1] - 1), [0, 0], [1, 2], true),
        ["the same beside a bound that holds"] = (x => (x[0] * Square(x[1] - 1)) + x[2], [0, 0, 0], [1, 2, 1], false),
        ["a face with no curvature on a part of it"] = (x => Pow(x[0], x[1]), [0, 0.5], [1, 2], false),
        ["one exponential where two are fitted"] = (
            x => Sum(6, k => Square((x[0] * Exp(-x[1] * (Real)k)) + (x[2] * Exp(-x[3] * (Real)k)) - (2 * Exp(-0.7 * (Real)k)))), [0, 0.05, 0, 0.05], [4, 3, 4, 3], true),
    };

    public static TheoryData<string, double, double> InAllUnits => InUnits.Each(Floors.Keys);

    [Theory]
    [MemberData(nameof(InAllUnits))]
    public void Floors_that_meet_are_one(string name, double unit, double factor)
    {
        var (formula, lower, upper, isInside) = Floors[name];
        // Every other coordinate in another unit.
        double[] units = [.. lower.Select((_, i) => i % 2 == 0 ? unit : 1)];
        var floors = Objective.Define(name, lower.Length, x => factor * formula(Vector([.. units.Select((u, i) => x[i] / u)]))) with
        {
            Region = Region.Box([.. lower.Zip(units, (b, u) => b * u)], [.. upper.Zip(units, (b, u) => b * u)]),
        };

        var found = Survey.Run(floors, new() { Restarts = 200, Descent = new() { IsDouble = true } });

        Assert.Single(found.AllMinima);
        Assert.Equal(isInside ? 1 : 0, found.Minima.Count);
        // Hardly a point of a floor is a saddle, as the sign of what is left of a slope would have it: of the exponentials', a restart or two may be.
        Assert.InRange(found.Stationary.Sum(p => p.Count), 0, lower.Length < 4 ? 0 : 2);
    }

    [Theory]
    [InlineData(1.0, false)]
    [InlineData(1e-6, true)]
    public void A_floor_without_an_end_is_one_however_far_its_points_lie(double unit, bool isDouble)
    {
        // Factors U and V of the nearest matrix of rank 2: UA and VA⁻ᵀ for all A of one sign of its determinant.
        var m = new Data("M", new double[,] { { 2, 1, 0 }, { 1, 3, 1 }, { 0, 1, 1 } });
        Real Factors(Func<int, Index, Real> u, Index i, Index j) => (u(0, i) * u(2, j)) + (u(1, i) * u(3, j));
        var factors = Objective.Define("factors", 12, x => Sum(3, i => Sum(3, j => Square(m[i, j] - Factors((k, row) => x[(k < 2 ? 0 : 6) + (2 * row) + (k % 2)] / unit, i, j))))) with { Starts = new Gaussian(3 * unit) };
        // Four atoms and their bonds: two hands, each moved and turned.
        var bonds = Objective.Define("bonds", 12, x => Sum(4, i => Sum(i, j => Square(1 - Exp(-2 * (Sqrt(Sum(3, k => Square((x[(3 * i) + k] - x[(3 * j) + k]) / unit))) - 1)))))) with { Starts = new Gaussian(unit) };
        foreach (var objective in new[] { factors, bonds })
        {
            var found = Survey.Run(objective, new() { Restarts = 100, Descent = new() { IsDouble = isDouble } });

            var families = found.Minima.Where(f => f.Value <= found.Minima[0].Value + 1e-9).ToList();
            Assert.All(families, f => Assert.True(f.IsFlatFamily));
            // Who stands at a hundred times the others' distance may be left.
            Assert.InRange(families.Count, 2, 3);
            Assert.True(families.OrderByDescending(f => f.Count).Take(2).Sum(f => f.Count) >= families.Sum(f => f.Count) - 1);
        }
    }

    [Fact]
    public void Floors_of_one_height_that_do_not_meet_are_two()
    {
        var found = Survey.Run(
            Objective.Define("two lines", 2, x => Square(Square(x[0]) - 1) * (1 + Square(x[1]))) with { Region = Region.Box(2, -2, 2) }, new() { Restarts = 100, Descent = new() { IsDouble = true } });

        Assert.Equal(2, found.Minima.Count);
        Assert.All(found.Minima, m => Assert.True(m.IsFlatFamily));
        Assert.Contains("Of the flat families 2 have the value of another", LandscapeGpu.Reporting.SurveyText.Report(found), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_place_on_a_floor_of_many_dimensions_is_no_isolated_minimum(bool isDouble)
    {
        // Bodies that are moved and turned; a sphere; a product of all coordinates.
        (int Dimension, int Flat, Func<Point, Real> Formula)[] floors =
        [
            (9, 6, Springs(3)),
            (12, 6, Springs(4)),
            (9, 8, x => Square(Sum(9, i => Square(x[i])) - 1)),
            (7, 6, x => Square(x[0] * x[1] * x[2] * x[3] * x[4] * x[5] * x[6] - 1)),
        ];
        foreach (var (dimension, flat, formula) in floors)
        {
            var found = Survey.Run(Objective.Define("floor", dimension, formula) with { Region = Region.Box(dimension, -2, 2) }, new() { Restarts = 6, Descent = new() { IsDouble = isDouble } });

            Assert.Equal(6, found.AllMinima.Sum(m => m.Count));
            // A bound may hold some of its coordinates.
            Assert.All(found.AllMinima, m => Assert.True(m.IsFlatFamily && m.FlatDirections <= flat && (m.IsOnBoundary || m.FlatDirections == flat), $"{m.Kind}, {m.FlatDirections} flat directions, at {string.Join(", ", m.Point)}"));
        }

        static Func<Point, Real> Springs(int bodies) => x => Sum(bodies, i => Sum(i, j => Square(Sum(3, k => Square(x[(3 * i) + k] - x[(3 * j) + k])) - 1)));
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(8, null)]
    [InlineData(8, "reference")]
    public void A_minimum_where_derivatives_vanish_on_a_face_is_one_boundary_minimum(int power, string? device)
    {
        foreach (var formula in new Func<Point, Real>[] { x => Pow(x[0], power) + x[1], x => Pow(x[0], power) + Pow(x[1], 4) })
        {
            var found = Survey.Run(Objective.Define("on a face", 2, formula) with { Region = Region.Box([-1, 2], [1, 3]) }, new() { Restarts = 100, Device = device, Descent = new() { IsDouble = true } });

            var minimum = Assert.Single(found.AllMinima);
            Assert.Equal((StationaryKind.DegenerateMinimum, 100), (minimum.Kind, minimum.Count));
            Assert.Empty(found.Minima);
        }
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(1, "reference")]
    [InlineData(1e-12, "reference")]
    public void Where_f_levels_and_falls_on_along_a_face_is_no_minimum(double factor, string? device)
    {
        var inflection = Objective.Define("inflection", 2, x => factor * (Pow(x[0], 3) - x[1])) with { Region = Region.Box(2, -1, 1) };

        var found = Survey.Run(inflection, new() { Restarts = 100, Device = device, Descent = new() { IsDouble = true } });

        var minimum = Assert.Single(found.AllMinima);
        Assert.Equal(-2, minimum.Value / factor, 1e-9);
    }

    /// <summary>Power flow of three buses: on the edge x₁ = −π the slope ½(sin a − 1) levels at a = π/2 and falls on.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e8, 1)]
    [InlineData(1e-8, 1)]
    [InlineData(1, 1e-9)]
    public void A_slope_that_levels_on_an_edge_is_no_minimum_however_near_to_it_a_restart_has_come(double factor, double unit)
    {
        var flow = Objective.Define("flow", 2, x => factor * ((-2 * Cos(x[0] / unit)) - (1.5 * Cos((x[0] - x[1]) / unit)) - Cos(x[1] / unit) - (0.5 / unit * x[0]) + (0.3 / unit * x[1]))) with { Region = Region.Box(2, -Math.PI * unit, Math.PI * unit) };

        var found = Survey.Run(flow, new() { Restarts = 2000 });

        Assert.Single(found.Minima);
        Assert.Equal(2, found.BoundaryMinima.Count);
        Assert.All(found.BoundaryMinima, m => Assert.NotEqual(Math.PI / 2, m.Point[0] / unit, 1e-3));
    }
}
