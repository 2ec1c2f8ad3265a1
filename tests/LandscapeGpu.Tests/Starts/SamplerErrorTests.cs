namespace LandscapeGpu.Tests.Starts;

/// <summary>Each error says what was given, what is allowed and what to do.</summary>
public class SamplerErrorTests
{
    public static TheoryData<Func<Sampler>, string> Misuse => new()
    {
        { () => new UniformBox([0, 2], [1, 1]), "lower[1] = 2 is above upper[1] = 1: swap them" },
        { () => new UniformBox(2, 1), "lower = 2 is above upper = 1" },
        { () => new UniformBox(0, double.PositiveInfinity), "upper is Infinity: give finite numbers" },
        { () => new UniformBox([0, double.NaN], [1, 1]), "lower[1] is NaN" },
        { () => new UniformBox([0, 0], [1, 1, 1]), "lower has 2 values and upper has 3" },
        { () => new UniformBox([], 1), "lower has no values" },
        { () => new UniformBox(-1.7e308, 1.7e308), "overflows" },
        { () => new Sobol([0, 2], [1, 1]), "lower[1] = 2 is above upper[1] = 1" },
        { () => new Gaussian([0, 0], [1, -1]), "standardDeviation[1] = -1: give a standard deviation of at least 0" },
        { () => new Gaussian(double.NaN, 1), "mean is NaN" },
        { () => new Gaussian([0, 0], [1]), "mean has 2 values and standardDeviation has 1" },
        { () => new UniformSphere(0), "A radius is a positive finite number" },
        { () => new HalfNormal(0), "A standard deviation is a positive finite number" },
        { () => new UniformBall(double.PositiveInfinity), "A radius is a positive finite number" },
        { () => new GivenPoints([], 2), "There are no points" },
        { () => new GivenPoints([1, 2, 3], 2), "3 coordinates are not a whole number of points of dimension 2" },
        { () => new GivenPoints([1, 2, 3, double.NaN], 2), "x[1] of point 1 is NaN" },
        { () => new GivenPoints([1, 2], [3]), "Point 1 has 1 coordinates and point 0 has 2" },
    };

    [Theory, MemberData(nameof(Misuse))]
    public void Misuse_is_a_clear_error(Func<Sampler> make, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => make());

        Assert.Contains(message, error.Message);
        Assert.NotNull(error.ParamName);
    }
}
