namespace LandscapeGpu.Tests.Valleys;

/// <summary>Curvatures along the floors of valleys that bend between steep walls: on a straight line the walls' hides them.</summary>
public class BentFloorTests
{
    /// <summary>r, which is 0 on the floor, what the value is along it, and what the lowest place of the floor is.</summary>
    private static readonly Dictionary<string, (Func<Real, Real, Real> Wall, Func<Real, Real, Real> Floor, StationaryKind? Kind)> Valleys = new()
    {
        ["a parabola"] = ((x, y) => x + (0.5 * y) + (0.3 * Square(y)), (x, y) => Square(x - y - 0.3), StationaryKind.Minimum),
        ["a parabola with two bowls"] = ((x, y) => x + (0.5 * y) + (0.3 * Square(y)), (x, y) => Square(x - y - 0.3) + Square(x + y), StationaryKind.Minimum),
        ["a hyperbola"] = ((x, y) => (x * y) - 1, (x, y) => 0.01 * Square(x + y - 5), StationaryKind.Minimum),
        ["a circle"] = ((x, y) => Square(x) + Square(y) - 1, (x, y) => Square(x - 1.3), StationaryKind.Minimum),
        ["a quartic floor"] = ((x, y) => x + (0.5 * y) + (0.3 * Square(y)), (x, y) => Square(Square(x - y - 0.3)), StationaryKind.DegenerateMinimum),
        ["a falling floor that levels"] = ((x, y) => x + (0.5 * y) + (0.3 * Square(y)), (x, y) => Pow(x - y - 0.3, 3), null),
    };

    public static TheoryData<string, double, double, double> InUnits => Rows.Slices<string, double, double, double>(Valleys.Keys, 2, (1e8, 1, 1), (1e10, 1, 1), (1e9, 1e6, 1e-20), (1e10, 1e-5, 1e7));

    [Theory]
    [MemberData(nameof(InUnits))]
    public void The_lowest_place_is_what_it_is_along_the_floor(string name, double weight, double unit, double factor)
    {
        var (wall, floor, kind) = Valleys[name];
        var objective = Objective.Define(name, 2, x => factor * ((weight * Square(wall(x[0] / unit, x[1] / unit))) + floor(x[0] / unit, x[1] / unit))) with { Region = Region.Box(2, -2 * unit, 2 * unit) };

        var inside = Survey.Run(objective, new() { Restarts = 60 }).AllMinima.Where(m => !m.IsOnBoundary).ToList();

        Assert.All(inside, m => Assert.Equal(kind, m.Kind));
        Assert.Equal(kind is null, inside.Count == 0);
        Assert.All(inside, m => Assert.Equal(kind == StationaryKind.Minimum ? 0 : 1, m.FlatDirections));
    }

    /// <summary>Floors of two dimensions: q on a sphere and where xyz = 1, of which the minima are known by Lagrange's multipliers.</summary>
    [Theory]
    [InlineData(1e7)]
    [InlineData(1e9)]
    public void Floors_of_two_dimensions_have_the_curvatures_of_both(double weight)
    {
        var sphere = Objective.Define("sphere", 3, x => (weight * Square(Square(x[0]) + Square(x[1]) + Square(x[2]) - 1)) + Square(x[0] - 0.3) + (2 * Square(x[1] + 0.2)) + (0.1 * x[2])) with { Region = Region.Box(3, -2, 2) };
        var product = Objective.Define("product", 3, x => (weight * Square((x[0] * x[1] * x[2]) - 1)) + Square(x[0] - 2) + Square(x[1] - 1) + Square(x[2] - 1)) with { Region = Region.Box(3, -3, 3) };

        foreach (var objective in new[] { sphere, product })
        {
            var minima = Survey.Run(objective, new() { Restarts = 60 }).AllMinima.ToList();
            Assert.InRange(minima.Count, 2, 4);
            Assert.All(minima, m => Assert.Equal((StationaryKind.Minimum, 0), (m.Kind, m.FlatDirections)));
        }
    }

    /// <summary>min x₁x₂ + 0.02x₃(4 + x₂) where x₁²x₂x₃ ≥ 1, of which x₂ is at its bound; the curvature along what the constraint leaves is 0.0475, whatever the penalty's.</summary>
    [Theory]
    [InlineData(1e4, 0.0)]
    [InlineData(1e7, 0.0)]
    [InlineData(1e8, 0.0)]
    [InlineData(1e5, 1e-3)]
    [InlineData(1e7, 1e-3)]
    [InlineData(1e8, 1e-3)]
    public void A_penalty_has_the_curvature_of_what_it_leaves_free(double weight, double deadZone)
    {
        Real Beyond(Point x) => 1 - (x[0] * x[0] * x[1] * x[2]) is var g && deadZone == 0 ? Max(0, g) : Max(Abs(g) - deadZone, 0);
        var objective = Objective.Define("spring", 3, x => (x[0] * x[1]) + (0.02 * x[2] * (4 + x[1])) + (weight * Square(Beyond(x)))) with { Region = Region.Box(3, 0.1, 4) };

        var found = Survey.Run(objective, new() { Restarts = 60 });
        var minimum = Assert.Single(found.AllMinima);

        // Along so steep a wall some come to the iteration limit, and say so; none has "converged" on its way.
        Assert.Equal(0, found.Outcomes.Stalled);
        Assert.InRange(found.Outcomes.Converged, weight > 1e7 ? 15 : 50, 60);
        Assert.Equal(StationaryKind.BoundaryMinimum, minimum.Kind);
        // The softer the penalty, the farther its minimum is from the constraint.
        Assert.Equal(0.0475, minimum.LowestEigenvalue!.Value, 5e-4);
    }
}
