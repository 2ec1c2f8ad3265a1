namespace LandscapeGpu.Tests.Spectra;

/// <summary>Eigenvalues of a saddle whose coordinates have very different units are known each to its own digits.</summary>
public sealed class GradedEigenvaluesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_negative_eigenvalue_below_the_rounding_of_the_largest_keeps_its_digits_and_its_sign(int down)
    {
        // S·B·S with small entries off the diagonal: the eigenvalues are sᵢ²bᵢ to a relative 1e-6 or less where units are 1e3 apart.
        double[] units = [1e9, 1e3, 1e-9];
        var n = units.Length;
        double[] matrix = [.. Enumerable.Range(0, n * n).Select(e => units[e / n] * units[e % n] * (e / n != e % n ? 1e-4 : e / n == down ? -2 : 3))];

        var mended = GradedEigenvalues.Mended(matrix, SymmetricEigenvalues.Of(matrix, n), index: 1);

        double[] expected = [.. Enumerable.Range(0, n).Select(i => units[i] * units[i] * (i == down ? -2 : 3)).Order()];
        // What is off the diagonal changes the smaller of two by its square over 2 or 3.
        Assert.All(mended.Zip(expected), p => Assert.Equal(1, p.First / p.Second, 1e-7));
    }

    [Fact]
    public void A_pair_of_opposite_signs_that_no_diagonal_shows_is_found()
    {
        double[] matrix = [1e18, 0, 0, 0, 0, 1e-9, 0, 1e-9, 0];

        var mended = GradedEigenvalues.Mended(matrix, SymmetricEigenvalues.Of(matrix, 3), index: 1);

        Assert.Equal(-1e-9, mended[0], 1e-20);
        Assert.Equal(1e-9, mended[1], 1e-20);
    }

    [Fact]
    public void Eigenvalues_that_an_eigensolver_knows_stay_as_they_are()
    {
        double[] matrix = [2, 3, 3, 2];
        var computed = SymmetricEigenvalues.Of(matrix, 2);

        Assert.Same(computed, GradedEigenvalues.Mended(matrix, computed, index: 1));
    }
}
