namespace LandscapeGpu.Tests.Spectra;

/// <summary>Eigenvalues of a minimum whose coordinates have very different units are known each to its own digits.</summary>
public sealed class DefiniteEigenvaluesTests
{
    [Fact]
    public void An_eigenvalue_below_the_rounding_of_the_largest_keeps_its_digits_and_its_sign()
    {
        // S·(I + ¼·ones)·S, of which the least eigenvalue is the determinant over that of what is left without the least coordinate, to a relative (s₃/s₂)².
        double[] units = [1e9, 1e3, 1, 1e-9];
        var n = units.Length;
        double[] matrix = [.. Enumerable.Range(0, n * n).Select(e => units[e / n] * units[e % n] * (e / n == e % n ? 1.25 : 0.25))];

        var mended = DefiniteEigenvalues.Mended(matrix, SymmetricEigenvalues.Of(matrix, n));

        // det(I + ¼·ones) is 1 + n/4: of n = 4 over that of n = 3 it is 8/7.
        Assert.Equal(1, mended[0] / (1e-18 * 8 / 7), 1e-12);
        Assert.Equal(1, mended[^1] / (1e18 * 1.25), 1e-9);
    }

    [Fact]
    public void Eigenvalues_that_an_eigensolver_knows_stay_as_they_are()
    {
        double[] matrix = [2, 1, 1, 2];
        var computed = SymmetricEigenvalues.Of(matrix, 2);

        Assert.Same(computed, DefiniteEigenvalues.Mended(matrix, computed));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_minimum_of_a_fit_in_SI_units_has_no_negative_eigenvalue(bool isDouble)
    {
        // An amplitude of 1e6 counts that decays at 1e-9 a second.
        var t = new Data("t", [.. Enumerable.Range(0, 12).Select(k => 1e8 * k)]);
        var fit = Objective.Define("decay", 2, x => Sum(12, k => Square((x[0] * Exp(-x[1] * t[k])) - (1e6 * Exp(-1e-9 * t[k])) - (1e3 * Sin(t[k]))))) with
        {
            Region = Region.Box([0, 0], [1e7, 1e-8]),
        };

        var minimum = Assert.Single(Survey.Run(fit, new() { Restarts = 100, Descent = new() { IsDouble = isDouble } }).Minima);

        Assert.All(minimum.Eigenvalues, l => Assert.True(l > 0, $"λ = {l}"));
    }
}
