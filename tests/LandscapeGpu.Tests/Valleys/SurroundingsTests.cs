using LandscapeGpu.Differentiation;
using LandscapeGpu.Valleys;

namespace LandscapeGpu.Tests.Valleys;

/// <summary>What is beyond a side of the region is none of a point's surroundings.</summary>
public class SurroundingsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1e-12)]
    [InlineData(1e-6)]
    [InlineData(2e-4)]
    [InlineData(1e-3)]
    [InlineData(0.0021)]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(4)]
    public void A_minimum_without_curvature_rises_all_round_however_near_a_side_is(double room)
    {
        // Beside 1, x⁴ is seen from a thousandth on: nearer than some of these sides, and farther than others.
        var quartic = Objective.Define("quartic", 2, x => 1 + Square(Square(x[0])) + Square(x[1])) with { Region = Region.Box([-room, -room], [4, 4]) };
        Assert.Equal(Around.Rising, Of(quartic, [0, 0]));
        Assert.InRange(Exponent(quartic, [0, 0]), Surroundings.LikeTheSquare, 4.1);
        // x⁸ is seen from 0.02 on.
        Assert.Equal(Around.Rising, Of(Objective.Define("eighth", 1, x => 1 + Square(Square(Square(x[0])))) with { Region = Region.Box([-room], [4]) }, [0]));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1e-9, false)]
    [InlineData(0.05, true)]
    [InlineData(4, true)]
    public void A_cube_falls_only_where_the_region_goes_far_enough_to_show_it(double room, bool isFalling)
    {
        var cube = Objective.Define("cube", 1, x => 1 + (Square(x[0]) * x[0])) with { Region = Region.Box([-room], [4]) };
        Assert.Equal(isFalling ? Around.Falling : Around.Rising, Of(cube, [0]));
    }

    [Fact]
    public void A_floor_is_level_also_where_it_ends_at_a_side()
    {
        var floor = Objective.Define("floor", 2, x => Square(x[1])) with { Region = Region.Box([0, -4], [4, 4]) };
        Assert.Equal(Around.Level, Of(floor, [0, 0]));
    }

    [Fact]
    public void Rays_lead_into_the_region_from_sides_corners_and_narrow_places()
    {
        foreach (var (region, point) in new (Region, double[])[]
        {
            (Region.Box(3, 0, 4), [0, 0, 0]), (Region.Box(3, 0, 4), [0, 4, 1]), (Region.Box([1e3, 0, 0], [1e3 + 1e-3, 1, 1]), [1e3 + 5e-4, 0.5, 0]), (Region.Ball(2), [2, 0, 0]), (Region.Sphere(3), [0, 1, 0]),
        })
        {
            var objective = Objective.Define("sum", 3, x => x[0] + x[1] + x[2]) with { Region = region };
            using var slopes = new PointDerivatives(objective);
            var rays = Ray.From(point, Axes(3), slopes);
            Assert.NotEmpty(rays);
            foreach (var (ray, radius) in rays.SelectMany(r => r.Radii.Select(radius => (r, radius))))
            {
                var at = ray.At(point, radius, slopes);
                Assert.True(region.Contains(at));
                Assert.InRange(Math.Sqrt(at.Zip(point, (a, b) => (a - b) * (a - b)).Sum()), 0.4 * radius, 1.1 * radius);
            }
        }
    }

    private static Around Of(Objective objective, double[] point)
    {
        using var surroundings = new Surroundings(objective, Derivatives.Of(objective, null));
        return surroundings.Of(point, Axes(point.Length));
    }

    private static double Exponent(Objective objective, double[] point)
    {
        using var surroundings = new Surroundings(objective, Derivatives.Of(objective, null));
        return surroundings.LeastExponent(point, Axes(point.Length));
    }

    private static double[][] Axes(int d) => [.. Enumerable.Range(0, d).Select(i => Enumerable.Range(0, d).Select(k => k == i ? 1.0 : 0).ToArray())];
}
