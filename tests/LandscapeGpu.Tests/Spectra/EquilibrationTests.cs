using LandscapeGpu.Spectra;

namespace LandscapeGpu.Tests.Spectra;

/// <summary>A symmetric matrix in the units of its own rows.</summary>
public sealed class EquilibrationTests
{
    // Of subnormal numbers a few digits are left: 2⁻¹⁰⁶⁰ times an entry of one is 2¹⁴ times the least number there is.
    [Theory]
    [InlineData(0)]
    [InlineData(-500)]
    [InlineData(500)]
    [InlineData(-1060)]
    [InlineData(-1074)]
    public void Scaled_eigenvalues_are_numbers_whatever_power_of_two_the_matrix_is_multiplied_by(int power)
    {
        double[] matrix = [2, 1, -1, 1, 4, 3, -1, 3, 8];
        double[] tiny = [.. matrix.Select(a => Math.ScaleB(a, power))];
        var scale = Equilibration.Of(tiny, 3);

        var eigenvalues = SymmetricEigenvalues.Of(Equilibration.Apply(scale, tiny), 3);

        var expected = SymmetricEigenvalues.Of(Equilibration.Apply(Equilibration.Of(matrix, 3), matrix), 3);
        // Each pass of scaling takes a square root, by which the last digit of a power of two is lost.
        Assert.All(eigenvalues.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }
}
