namespace LandscapeGpu.Tests.Starts;

/// <summary>Do the points follow the distribution that the sampler names?</summary>
public class ContinuousSamplerTests
{
    private const int Count = 40_000;
    private const ulong Seed = 7;

    [Fact]
    public void Coordinates_of_a_uniform_box_are_uniform_between_their_bounds()
    {
        var points = Points(new UniformBox([-1, 0, 1e6], [1, 1e-3, 1e6 + 1]), 3);

        KolmogorovSmirnov.RequireFit(Coordinate(points, 0), x => (x + 1) / 2);
        KolmogorovSmirnov.RequireFit(Coordinate(points, 1), x => x / 1e-3);
        KolmogorovSmirnov.RequireFit(Coordinate(points, 2), x => x - 1e6);
    }

    [Fact]
    public void Cells_of_a_square_are_hit_equally_often()
    {
        var points = Points(new UniformBox(0, 1), 2);
        var hits = new int[16 * 16];
        foreach (var p in points)
        {
            hits[(int)(p[0] * 16) * 16 + (int)(p[1] * 16)]++;
        }

        var expected = Count / 256.0;
        var chiSquared = hits.Sum(h => (h - expected) * (h - expected) / expected);
        // 255 degrees of freedom: mean 255, deviation 22.6; above 410 or below 140 with probability below 1e-8.
        Assert.InRange(chiSquared, 140, 410);
    }

    [Fact]
    public void A_box_is_never_left_and_equal_bounds_hold_a_coordinate_fixed()
    {
        var tight = double.BitIncrement(0.1);
        var box = new UniformBox([3, 0.1, -1e308], [3, tight, 0.7e308]);
        foreach (var p in Points(box, 3))
        {
            Assert.Equal(3, p[0]);
            Assert.True(p[1] == 0.1 || p[1] == tight);
            Assert.InRange(p[2], -1e308, 0.7e308);
        }
    }

    [Fact]
    public void Coordinates_of_a_gaussian_are_normal_with_their_mean_and_deviation()
    {
        var points = Points(new Gaussian([0, -3, 10], [1, 0.5, 0]), 3);

        KolmogorovSmirnov.RequireFit(Coordinate(points, 0), KolmogorovSmirnov.NormalProbability);
        KolmogorovSmirnov.RequireFit(Coordinate(points, 1), x => KolmogorovSmirnov.NormalProbability((x + 3) / 0.5));
        Assert.All(Coordinate(points, 2), x => Assert.Equal(10, x));
    }

    [Fact]
    public void Points_of_a_sphere_have_its_radius_and_favour_no_direction()
    {
        var points = Points(new UniformSphere(2), 3);

        // A few roundings of the norm and of each coordinate.
        Assert.All(points, p => Assert.InRange(Norm(p) / 2 - 1, -1e-15, 1e-15));
        // Archimedes: in three dimensions each coordinate of a point on the sphere is uniform.
        for (var i = 0; i < 3; i++)
        {
            KolmogorovSmirnov.RequireFit(Coordinate(points, i), x => (x + 2) / 4);
        }

        for (var i = 0; i < 3; i++)
        {
            // E xᵢxⱼ = 4/3·δᵢⱼ, deviation of a mean below 4/√Count = 0.02: six of them.
            Assert.InRange(points.Average(p => p[i] * p[(i + 1) % 3]), -0.12, 0.12);
        }
    }

    [Fact]
    public void A_sphere_in_one_dimension_is_a_fair_choice_of_sign()
    {
        var points = Points(new UniformSphere(2), 1);

        Assert.All(points, p => Assert.Equal(2, Math.Abs(p[0]), 1e-15));
        // Binomial with deviation ½√Count = 100: six of them.
        Assert.InRange(points.Count(p => p[0] > 0), Count / 2 - 600, Count / 2 + 600);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void Points_of_a_ball_fill_it_evenly(int dimension)
    {
        var points = Points(new UniformBall(3), dimension);

        // The share of the volume within r is (r/3)ᵈ.
        KolmogorovSmirnov.RequireFit([.. points.Select(Norm)], r => Math.Pow(r / 3, dimension));
        Assert.InRange(points.Average(p => Math.Sign(p[0])), -6 / Math.Sqrt(Count), 6 / Math.Sqrt(Count));
    }

    [Fact]
    public void Points_of_a_simplex_fill_it_evenly()
    {
        var points = Points(new UniformSimplices(4), 8);

        // A few roundings of the sum.
        Assert.All(points, p => Assert.Equal(1, p.Take(4).Sum(), 1e-15));
        Assert.All(points, p => Assert.Equal(1, p.Skip(4).Sum(), 1e-15));
        // The part of the simplex with xᵢ > t is a simplex of its size times 1 − t.
        for (var i = 0; i < 8; i++)
        {
            KolmogorovSmirnov.RequireFit(Coordinate(points, i), t => 1 - Math.Pow(1 - t, 3));
        }
    }

    [Fact]
    public void Frames_are_orthonormal_and_favour_no_direction()
    {
        var points = Points(new UniformStiefel(3, 2), 6);

        Assert.All(points, p => Assert.InRange(Math.Abs((p[0] * p[3]) + (p[1] * p[4]) + (p[2] * p[5])), 0, 1e-15));
        Assert.All(points, p => Assert.Equal(1, Norm(p[3..]), 1e-15));
        // Archimedes: each vector is uniform on the sphere of three dimensions. So is the cross product of the two.
        for (var i = 0; i < 6; i++)
        {
            KolmogorovSmirnov.RequireFit(Coordinate(points, i), x => (x + 1) / 2);
        }

        KolmogorovSmirnov.RequireFit([.. points.Select(p => (p[0] * p[4]) - (p[1] * p[3]))], x => (x + 1) / 2);
    }

    [Fact]
    public void Half_normal_coordinates_are_absolute_values_of_normal_ones()
    {
        var points = Points(new HalfNormal(2), 2);

        KolmogorovSmirnov.RequireFit(Coordinate(points, 0), x => (2 * KolmogorovSmirnov.NormalProbability(x / 2)) - 1);
        KolmogorovSmirnov.RequireFit(Coordinate(points, 1), x => (2 * KolmogorovSmirnov.NormalProbability(x / 2)) - 1);
    }

    [Fact]
    public void Given_points_are_taken_in_turn()
    {
        var points = Points(new GivenPoints([1, 2], [3, 4], [5, 6]), 2);

        Assert.Equal([1, 2], points[0]);
        Assert.Equal([5, 6], points[2]);
        Assert.Equal([3, 4], points[31]);
    }

    private static double[][] Points(Sampler sampler, int dimension)
    {
        var points = new double[Count][];
        for (var i = 0; i < Count; i++)
        {
            sampler.Draw(Seed, i, points[i] = new double[dimension]);
        }

        return points;
    }

    private static double[] Coordinate(double[][] points, int i) => [.. points.Select(p => p[i])];

    private static double Norm(double[] point) => Math.Sqrt(point.Sum(x => x * x));
}
