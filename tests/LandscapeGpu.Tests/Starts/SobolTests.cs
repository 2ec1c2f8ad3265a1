namespace LandscapeGpu.Tests.Starts;

public class SobolTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    public void The_first_two_coordinates_are_a_net_with_one_point_in_every_elementary_rectangle(ulong seed)
    {
        const int M = 8;
        // Any block of 2ᵐ points that starts at a multiple of 2ᵐ is one, not only the first.
        foreach (var first in new long[] { 0, 3 << M, 1L << 40 })
        {
            var points = Points(new Sobol(0, 1), seed, first, 1 << M, 2);
            for (var a = 0; a <= M; a++)
            {
                var cells = points.Select(p => (Math.Floor(Math.ScaleB(p[0], a)), Math.Floor(Math.ScaleB(p[1], M - a))));
                Assert.Equal(1 << M, cells.Distinct().Count());
            }
        }
    }

    [Fact]
    public void Every_coordinate_is_stratified_up_to_the_last_dimension()
    {
        const int N = 256;
        var points = Points(new Sobol(0, 1), 5, 0, N, Sobol.MaximumDimension);
        for (var i = 0; i < Sobol.MaximumDimension; i++)
        {
            Assert.Equal(N, points.Select(p => (int)(p[i] * N)).Distinct().Count());
        }
    }

    [Fact]
    public void Projections_on_two_of_the_first_53_coordinates_are_good_nets()
    {
        // What the choice of the direction numbers reached with 2¹² points. Every pair: no elementary rectangle of area 2^(8 − 12)
        // or more is unevenly filled; on average t is below 3.
        var quality = new List<int>();
        for (var i = 0; i < 53; i++)
        {
            for (var j = 0; j < i; j++)
            {
                quality.Add(QualityParameter(i, j, 12));
            }
        }

        Assert.Equal(0, QualityParameter(1, 0, 12));
        Assert.InRange(quality.Max(), 1, 8);
        Assert.InRange(quality.Average(), 1, 3);
    }

    [Fact]
    public void Discrepancy_is_much_lower_than_that_of_random_points()
    {
        foreach (var dimension in new[] { 2, 5, 10 })
        {
            var sobol = Enumerable.Range(0, 5).Average(s => SquaredDiscrepancy(Points(new Sobol(0, 1), (ulong)s, 0, 512, dimension)));
            var random = Enumerable.Range(0, 5).Average(s => SquaredDiscrepancy(Points(new UniformBox(0, 1), (ulong)s, 0, 512, dimension)));
            // Measured over 20 seeds: 0.004, 0.03 and 0.2 in two, five and ten dimensions; twice that leaves room for five.
            Assert.InRange(sobol / random, 0, dimension switch { 2 => 0.01, 5 => 0.06, _ => 0.4 });
        }
    }

    [Fact]
    public void Each_point_is_uniform_over_the_seeds()
    {
        var sampler = new Sobol(0, 1);
        foreach (var restart in new long[] { 0, 1, 12345 })
        {
            double[][] points = [.. Enumerable.Range(0, 20_000).Select(seed => Points(sampler, (ulong)seed, restart, 1, 3)[0])];
            for (var i = 0; i < 3; i++)
            {
                KolmogorovSmirnov.RequireFit([.. points.Select(p => p[i])], u => u);
            }
        }
    }

    [Fact]
    public void Two_points_that_share_leading_digits_are_independent_in_the_digits_after_the_first_that_differs()
    {
        // Points 0 and 1 differ in the first digit of coordinate 0: what is left of them after it must be uncorrelated over the seeds.
        const int N = 20_000;
        var sum = 0.0;
        for (var seed = 0; seed < N; seed++)
        {
            var pair = Points(new Sobol(0, 1), (ulong)seed, 0, 2, 1);
            sum += (pair[0][0] * 2 % 1 - 0.5) * (pair[1][0] * 2 % 1 - 0.5);
        }

        // Products of two numbers uniform on ±½ have deviation 1/12: six deviations of their mean.
        Assert.InRange(sum / N, -6 / (12 * Math.Sqrt(N)), 6 / (12 * Math.Sqrt(N)));
    }

    [Fact]
    public void There_are_as_many_primitive_polynomials_as_euler_counts()
    {
        // φ(2ˢ − 1)/s for s = 1, …, 13.
        int[] counts = [1, 1, 2, 2, 6, 6, 18, 16, 48, 60, 176, 144, 630];

        Assert.Equal(counts, SobolDirections.PrimitivePolynomials().GroupBy(p => p.Degree).Select(g => g.Count()));
        Assert.Equal(Sobol.MaximumDimension, 1 + counts.Sum());
    }

    [Fact]
    public void The_carryless_product_is_the_product_of_polynomials_over_two_elements()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 1000; trial++)
        {
            // All ones is where the most carries meet.
            var a = trial == 0 ? ulong.MaxValue : (ulong)random.NextInt64();
            var b = trial == 0 ? ulong.MaxValue : (ulong)random.NextInt64();
            var expected = 0UL;
            for (var bit = 0; bit < 64; bit++)
            {
                expected ^= ((b >> bit) & 1) * (a << bit);
            }

            Assert.Equal(expected, Sobol.CarrylessProduct(a, b));
        }
    }

    [Fact]
    public void A_dimension_or_a_restart_past_the_end_is_an_error()
    {
        Assert.Contains("at most 1111", Assert.Throws<ArgumentException>(() => Sobol.Over(1112, 0, 1)).Message);
        Assert.Contains("UniformBox", Assert.Throws<ArgumentException>(() => new Sobol(0, 1).Validate(1112)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Points(new Sobol(0, 1), 1, 1L << 52, 1, 1));
    }

    private static double[][] Points(Sampler sampler, ulong seed, long first, int count, int dimension)
    {
        var points = new double[count][];
        for (var i = 0; i < count; i++)
        {
            sampler.Draw(seed, first + i, points[i] = new double[dimension]);
        }

        return points;
    }

    // The smallest t for which every elementary rectangle of area 2^(t − m) holds 2ᵗ of the first 2ᵐ points: m − t is the
    // largest number such that whatever share of it are leading digit rows of one coordinate and the rest of the other, they
    // are linearly independent. Row r: bit k is digit r of direction number k.
    private static int QualityParameter(int i, int j, int m)
    {
        var (first, second) = (Rows(i, m), Rows(j, m));
        var strength = m;
        for (var a = 0; a < strength; a++)
        {
            var rank = new List<ulong>(first[..a]);
            var basis = new Dictionary<int, ulong>();
            foreach (var row in rank)
            {
                Insert(basis, row);
            }

            for (var b = 0; a + b < strength; b++)
            {
                if (!Insert(basis, second[b]))
                {
                    strength = a + b;
                }
            }
        }

        return m - strength;
    }

    private static ulong[] Rows(int coordinate, int m)
    {
        var directions = SobolDirections.Of(coordinate)[..m].ToArray();
        return [.. Enumerable.Range(0, m).Select(r =>
            Enumerable.Range(0, m).Aggregate(0UL, (row, k) => row | (((directions[k] >> r) & 1) << k)))];
    }

    private static bool Insert(Dictionary<int, ulong> basis, ulong row)
    {
        while (row != 0)
        {
            var lead = (int)ulong.TrailingZeroCount(row);
            if (basis.TryAdd(lead, row))
            {
                return true;
            }

            row ^= basis[lead];
        }

        return false;
    }

    // The centred L2 discrepancy, squared. F. J. Hickernell: A generalized discrepancy and quadrature error bound (Mathematics of
    // Computation 67, 1998). Unlike the star discrepancy it favours no corner of the cube.
    private static double SquaredDiscrepancy(double[][] points)
    {
        double n = points.Length;
        double[][] centred = [.. points.Select(p => p.Select(x => x - 0.5).ToArray())];
        var single = centred.Sum(p => p.Aggregate(1.0, (product, x) => product * (1 + 0.5 * Math.Abs(x) - 0.5 * x * x)));
        var pairs = centred.Sum(p => centred.Sum(q =>
        {
            var product = 1.0;
            for (var i = 0; i < p.Length; i++)
            {
                product *= 1 + 0.5 * (Math.Abs(p[i]) + Math.Abs(q[i]) - Math.Abs(p[i] - q[i]));
            }

            return product;
        }));
        return Math.Pow(13 / 12.0, points[0].Length) - 2 / n * single + pairs / (n * n);
    }
}
