namespace LandscapeGpu.Tests.Starts;

/// <summary>What every sampler promises; a new sampler is one more line of <see cref="All"/>.</summary>
public class SamplerTests
{
    private const int Dimension = 7;

    public static TheoryData<Sampler> All =>
    [
        new UniformBox(-2, 3),
        UniformBox.Over(Dimension, -5.12, 5.12),
        new Gaussian(0.5, 2),
        new Gaussian([1, 2, 3, 4, 5, 6, 7], [1, 0, 1, 2, 3, 1, 1]),
        new UniformSphere(2.5),
        new UniformBall(2.5),
        new UniformSpheres(7),
        new UniformStiefel(7, 1),
        new UniformSimplices(7),
        new HalfNormal(2),
        new Sobol(-2, 3),
        Sobol.Over(Dimension, 0, 1),
        new GivenPoints([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14], Dimension),
    ];

    [Theory, MemberData(nameof(All))]
    public void A_start_depends_on_seed_and_restart_only_whatever_the_order_and_the_thread(Sampler sampler)
    {
        const int Count = 2000;
        var inOrder = new double[Count][];
        for (var i = 0; i < Count; i++)
        {
            inOrder[i] = Draw(sampler, 42, i);
        }

        var backwards = new double[Count][];
        Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            backwards[Count - 1 - i] = Draw(sampler, 42, Count - 1 - i));

        Assert.Equal(inOrder, backwards);
    }

    [Theory, MemberData(nameof(All))]
    public void Drawing_allocates_nothing(Sampler sampler)
    {
        var point = new double[Dimension];
        sampler.Draw(1, 0, point);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            sampler.Draw(1, i, point);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory, MemberData(nameof(All))]
    public void A_restart_out_of_range_is_an_error(Sampler sampler)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Draw(sampler, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Draw(sampler, 1, CounterRandom.RestartLimit));
    }

    [Theory, MemberData(nameof(All))]
    public void A_point_of_another_dimension_is_an_error_where_the_sampler_has_one(Sampler sampler)
    {
        if (sampler.Dimension is null)
        {
            // Some take multiples of a block's length only.
            sampler.Validate(2 * Dimension);
        }
        else
        {
            Assert.Contains("8 were asked for", Assert.Throws<ArgumentException>(() => sampler.Validate(Dimension + 1)).Message);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Validate(0));
    }

    [Theory, MemberData(nameof(All))]
    public void Another_seed_gives_other_points_unless_the_points_are_given(Sampler sampler)
    {
        var same = Enumerable.Range(0, 100).Count(i => Draw(sampler, 1, i).SequenceEqual(Draw(sampler, 2, i)));

        Assert.Equal(sampler is GivenPoints ? 100 : 0, same);
    }

    [Fact]
    public void The_first_starts_of_seed_one_never_change()
    {
        // Stored runs name their starts by seed and number only. These values hold on every machine, so equality is exact.
        Assert.Equal(FrozenStarts.UniformBox, Draw(new UniformBox(-2, 3), 1, 5));
        Assert.Equal(FrozenStarts.Gaussian, Draw(new Gaussian(1), 1, 5));
        Assert.Equal(FrozenStarts.Sobol, Draw(new Sobol(-2, 3), 1, 5));
    }

    [Fact]
    public void Equal_samplers_are_equal_values_and_describe_themselves()
    {
        Assert.Equal(new UniformBox([1, 2], [3, 4]), new UniformBox([1, 2], [3, 4]));
        Assert.Equal(new GivenPoints([1, 2]), new GivenPoints([1, 2]));
        Assert.NotEqual(new UniformBox(-2, 3), UniformBox.Over(2, -2, 3));
        Assert.Equal("uniform on [-2, 3]", new UniformBox(-2, 3).ToString());
        Assert.Equal("normal with mean 0 and standard deviation (1, 2)", new Gaussian([1, 2]).ToString());
        Assert.Equal("scrambled Sobol on [(0, 0, …, 0), (1, 1, …, 1)]", Sobol.Over(9, 0, 1).ToString());
        Assert.Equal("2 given points, in turn", new GivenPoints([1], [2]).ToString());
    }

    private static double[] Draw(Sampler sampler, ulong seed, long restart)
    {
        var point = new double[Dimension];
        sampler.Draw(seed, restart, point);
        return point;
    }
}
