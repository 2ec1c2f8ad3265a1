using LandscapeGpu.Tests.Starts;

namespace LandscapeGpu.Tests.Kernels;

public class CounterRandomTests
{
    private const ulong Seed = 20240229;

    [Fact]
    public void A_number_and_the_pair_it_belongs_to_agree()
    {
        for (uint pair = 0; pair < 50; pair++)
        {
            var uniform = CounterRandom.UniformPair(Seed, StreamId.Noise, 7, 3, pair);
            var normal = CounterRandom.NormalPair(Seed, StreamId.Noise, 7, 3, pair);
            Assert.Equal(uniform.Even, CounterRandom.Uniform(Seed, StreamId.Noise, 7, 3, 2 * pair));
            Assert.Equal(uniform.Odd, CounterRandom.Uniform(Seed, StreamId.Noise, 7, 3, 2 * pair + 1));
            Assert.Equal(normal.Even, CounterRandom.Normal(Seed, StreamId.Noise, 7, 3, 2 * pair));
            Assert.Equal(normal.Odd, CounterRandom.Normal(Seed, StreamId.Noise, 7, 3, 2 * pair + 1));
        }
    }

    [Fact]
    public void No_two_names_share_a_number()
    {
        var seen = new HashSet<double>();
        ulong[] restarts = [0, 1, 2, 1UL << 32, (1UL << 56) - 1];
        uint[] numbers = [0, 1, 2, 3, uint.MaxValue];
        foreach (var seed in new[] { 0UL, 1UL, ulong.MaxValue })
        {
            foreach (var stream in Enum.GetValues<StreamId>())
            {
                foreach (var restart in restarts)
                {
                    foreach (var iteration in numbers)
                    {
                        foreach (var coordinate in numbers)
                        {
                            // A repeat by chance among 2250 numbers of 52 bits has probability 6e-10.
                            Assert.True(seen.Add(CounterRandom.Uniform(seed, stream, restart, iteration, coordinate)));
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Uniform_numbers_follow_the_uniform_distribution()
    {
        var numbers = Numbers(100_000, (r, c) => CounterRandom.Uniform(Seed, StreamId.Starts, r, 0, c));

        KolmogorovSmirnov.RequireFit(numbers, u => u);
        Assert.All(numbers, u => Assert.InRange(u, double.BitIncrement(0), double.BitDecrement(1)));
    }

    [Fact]
    public void Normal_numbers_follow_the_normal_distribution()
    {
        var numbers = Numbers(100_000, (r, c) => CounterRandom.Normal(Seed, StreamId.Starts, r, 0, c));

        KolmogorovSmirnov.RequireFit(numbers, KolmogorovSmirnov.NormalProbability);
    }

    [Fact]
    public void Neighbouring_restarts_iterations_and_coordinates_are_uncorrelated()
    {
        const int N = 100_000;
        // The mean of N products of independent normal numbers has deviation 1/√N: six of them are passed with probability 2e-9.
        var limit = 6 / Math.Sqrt(N);
        double restarts = 0, iterations = 0, coordinates = 0;
        for (uint i = 0; i < N; i++)
        {
            var z = CounterRandom.Normal(Seed, StreamId.Noise, i, 0, 0);
            restarts += z * CounterRandom.Normal(Seed, StreamId.Noise, i + 1, 0, 0);
            iterations += z * CounterRandom.Normal(Seed, StreamId.Noise, i, 1, 0);
            coordinates += z * CounterRandom.Normal(Seed, StreamId.Noise, i, 0, 1);
        }

        Assert.InRange(restarts / N, -limit, limit);
        Assert.InRange(iterations / N, -limit, limit);
        Assert.InRange(coordinates / N, -limit, limit);
    }

    [Fact]
    public void Unit_numbers_at_the_ends_stay_inside_the_open_interval_and_are_symmetric()
    {
        Assert.Equal(Math.ScaleB(1, -53), CounterRandom.ToUnit(0));
        Assert.Equal(1 - Math.ScaleB(1, -53), CounterRandom.ToUnit(ulong.MaxValue));
        Assert.Equal(MathF.ScaleB(1, -24), CounterRandom.ToUnitSingle(0));
        Assert.Equal(1 - MathF.ScaleB(1, -24), CounterRandom.ToUnitSingle(ulong.MaxValue));
        Assert.Equal(1, CounterRandom.ToUnit(12345UL << 40) + CounterRandom.ToUnit(~(12345UL << 40)));
    }

    [Fact]
    public void The_single_precision_number_is_the_double_one_to_24_bits()
    {
        for (uint i = 0; i < 1000; i++)
        {
            var difference = CounterRandom.UniformSingle(Seed, StreamId.Starts, i, 0, i)
                - CounterRandom.Uniform(Seed, StreamId.Starts, i, 0, i);
            // Both are midpoints of intervals with the same 23 leading bits.
            Assert.InRange(difference, -Math.ScaleB(1, -24), Math.ScaleB(1, -24));
        }
    }

    private static double[] Numbers(int count, Func<ulong, uint, double> number) =>
        [.. Enumerable.Range(0, count).Select(i => number((ulong)i / 10, (uint)i % 10))];
}
