using LandscapeGpu.LinearAlgebra;

namespace LandscapeGpu.Tests.Polish;

/// <summary>A step from a matrix that is made positive.</summary>
public sealed class ShiftedFactorsTests
{
    [Theory]
    [InlineData(0, 1e-318)]
    [InlineData(0, 0)]
    [InlineData(-1e-320, 1e-318)]
    [InlineData(-1, 1)]
    [InlineData(double.NaN, 1)]
    public void A_step_is_found_or_refused_however_small_the_numbers_are(double curvature, double slope)
    {
        double[] matrix = [curvature, 0, 0, curvature], step = [slope, -slope];

        ArrayFactors.Of(matrix, matrix, new double[2]).Solve(new(step));

        Assert.All(step, s => Assert.Equal(double.IsNaN(curvature), double.IsNaN(s)));
        Assert.True(double.IsNaN(curvature) || step[0] * slope >= 0);
    }
}
