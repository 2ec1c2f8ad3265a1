using LandscapeGpu.Objectives.Datasets;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>Where weights of a user's columns begin.</summary>
public class StartsOfWeightsTests
{
    [Theory]
    [InlineData("glm")]
    [InlineData("logistic-regression")]
    public void A_weight_begins_where_it_does_whatever_units_the_other_columns_have(string family)
    {
        Gaussian StartsOf(double first, double second) => Assert.IsType<Gaussian>(Catalogue.Find(family).Create(null, null, new Samples(
            new double[,] { { first, -second, 0.5 }, { -0.4 * first, 0.7 * second, 1 }, { 0.9 * first, 1.2 * second, -0.8 }, { -1.1 * first, -0.3 * second, 0.6 } }, [0, 1, 1, 0])).Starts);
        var (plain, other) = (StartsOf(1, 1), StartsOf(Math.ScaleB(1, 20), Math.ScaleB(1, -10)));
        Assert.Equal(1 / Math.Sqrt(3), plain.StandardDeviation[2], 1e-15);
        Assert.Equal(plain.StandardDeviation[2], other.StandardDeviation[2], 1e-15);
        // Starts are those of the unit itself, which is a power of two.
        Assert.Equal(plain.StandardDeviation[0] * Math.ScaleB(1, -20), other.StandardDeviation[0], 1e-20);
    }
}
