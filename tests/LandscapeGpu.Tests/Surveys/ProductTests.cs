using LandscapeGpu.Objectives;
using LandscapeGpu.Surveys;

namespace LandscapeGpu.Tests.Surveys;

/// <summary>Products of sets with sides and surfaces: each block is held by its own sides.</summary>
public sealed class ProductTests
{
    /// <summary>The region, f, and the values of its minima, by SciPy's SLSQP from 150 starts in the surrounding space.</summary>
    private static readonly Dictionary<string, (Region Region, int D, Func<Point, Real> Formula, double[] Values)> Landscapes = new()
    {
        ["ball, sphere"] = (Region.Product((Region.Ball(1), 2), (Region.Sphere(2), 2)), 4,
            x => (-0.307 * x[0]) - (0.543 * x[1]) - (0.975 * x[2]) + (0.862 * x[3]) + (3 * x[2] * x[0]) + (0.344 * x[2] * x[1]) - (0.77 * x[3] * x[0]) - (0.477 * Cos(5.914 * x[0])) + (0.234 * Sin(2.907 * x[0])),
            [-4.497289, -2.801707]),
        ["circle, ball"] = (Region.Product((Region.Sphere(2), 2), (Region.Ball(1), 3)), 5, Bilinear, [-4.205849, -2.422564]),
        ["circle, interval, ball"] = (Region.Product((Region.Sphere(2), 2), (Region.Box(1, 0, 1), 1), (Region.Ball(1), 2)), 5, Bilinear, [-3.984391, -2.309698]),
        ["rotations, ball"] = (Region.Product((Region.Orthogonal(2), 4), (Region.Ball(1), 2)), 6,
            x => (0.712 * x[0]) + (0.601 * x[1]) + (0.188 * x[2]) + (0.774 * x[3]) + (0.483 * x[4]) + (0.62 * x[5]) + (1.905 * x[1] * x[4]) + (0.232 * x[5] * x[1]) - (0.867 * x[3] * x[4]) - (1.863 * x[4] * x[0])
                + (1.7 * x[1] * x[1]) + (0.675 * x[0] * x[0]) + (0.783 * Cos((1.883 * x[5]) - (1.089 * x[0]))) + (0.142 * Sin((1.729 * x[0]) - (1.955 * x[2]))),
            [-4.030783, -1.245398, -0.884373, -0.802353]),
        ["ball, circle, interval"] = (Region.Product((Region.Ball(1), 2), (Region.Stiefel(2, 1), 2), (Region.Box(1, 0, 1), 1)), 5,
            x => (-0.323 * x[0]) - (0.71 * x[1]) - (0.584 * x[2]) - (0.94 * x[3]) - (0.487 * x[4]) + (1.928 * x[3] * x[4]) - (0.338 * x[1] * x[3]) + (2.562 * x[3] * x[3]) + (0.226 * Sin(3.744 * x[1]))
                - (0.784 * Sin((3.994 * x[2]) + (1.379 * x[1]))),
            [-1.357173, -1.343244, -1.05585, -0.719446, -0.472223, -0.442735, -0.344701]),
    };

    public static TheoryData<string, double> Cases => Rows.Each(Landscapes.Keys, 1, 1e8, 1e-12);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Restarts_that_the_side_of_a_block_stops_come_to_its_minimum(string name, double unit)
    {
        var (region, d, formula, values) = Landscapes[name];

        var found = Survey.Run(Objective.Define(name, d, x => unit * formula(x)) with { Region = region }, new() { Restarts = 200 });

        Assert.Equal(200, found.Minima.Concat(found.BoundaryMinima).Sum(m => m.Count));
        Assert.Equal(values, found.Minima.Concat(found.BoundaryMinima).Select(m => Math.Round(m.Value / unit, 6)).Order());
    }

    [Fact]
    public void The_points_of_every_face_of_a_product_count_in_the_Euler_sum()
    {
        // Held at the lower end of the interval and on the ball's surface, at the two ends of the circle.
        var box = SaddleSearch.Run(
            Objective.Define("interval", 6, x => x[2] + (0.4 * x[3] * x[0]) + x[0] - (0.2 * x[4]) + (0.6 * x[5])) with { Region = Region.Product((Region.Sphere(2), 2), (Region.Box(1, 0, 1), 1), (Region.Ball(1), 3)) },
            new() { Starts = 300 });
        var ball = SaddleSearch.Run(
            Objective.Define("ball", 5, x => x[0] + (0.3 * x[1]) + x[2] + (0.4 * x[3] * x[3] * x[0])) with { Region = Region.Product((Region.Ball(1), 2), (Region.Sphere(3), 3)) },
            new() { Starts = 300 });

        Assert.Equal((EulerVerdict.Satisfied, 0), (box.Euler.Verdict, box.Euler.Sum));
        Assert.Equal((EulerVerdict.Satisfied, 2), (ball.Euler.Verdict, ball.Euler.Sum));
        Assert.Contains("with 2 of the points on faces", box.Euler.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void The_faces_of_a_product_are_those_of_its_blocks_and_their_insides_but_for_the_inside_of_all()
    {
        var region = Region.Product((Region.Box(2, 0, 1), 2), (Region.Sphere(2), 2), (Region.Ball(2), 2));

        // 3² by 1 by 2, less one.
        Assert.Equal(17, region.Faces(6));
        var places = Enumerable.Range(0, 17).Select(face =>
        {
            double[] point = [0.25, 0.75, 0, 1, 0.5, 0];
            Assert.True(region.TryTakeOnto(face, point));
            Assert.True(region.Contains(point));
            Assert.Equal([0, 1], point[2..4]);
            return string.Join(' ', point);
        });
        Assert.Equal(17, places.Distinct().Count());
        // As many as a box of six coordinates has are looked at, and no more.
        Assert.Equal(728, Region.Product((Region.Box(5, 0, 1), 5), (Region.Sphere(2), 2), (Region.Box(1, 0, 1), 1)).Faces(8));
        Assert.Null(Region.Product((Region.Box(5, 0, 1), 5), (Region.Sphere(2), 2), (Region.Box(2, 0, 1), 2)).Faces(9));
    }

    private static Real Bilinear(Point x) =>
        (-0.158 * x[0]) + (0.952 * x[1]) + (0.227 * x[2]) + (0.386 * x[3]) + (0.018 * x[4]) - (2.263 * x[1] * x[1]) + (2.239 * x[0] * x[1]) + (0.022 * x[2] * x[0])
            - (0.137 * Sin((1.354 * x[4]) - (1.516 * x[2]))) + (0.105 * Sin((3.686 * x[0]) + (1.385 * x[2])));
}
