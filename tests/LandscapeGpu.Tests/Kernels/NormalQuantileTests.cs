using LandscapeGpu.Tests.Starts;

namespace LandscapeGpu.Tests.Kernels;

public class NormalQuantileTests
{
    // The check values of the published algorithm (AS 241, PPND16); 1e-20 only reaches the far tail here.
    [Theory]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.001, -3.090232306167814)]
    [InlineData(1e-20, -9.262340089798408)]
    [InlineData(0.975, 1.959963984540054)]
    public void Quantiles_are_the_published_ones(double p, double x)
    {
        // Ten units in the last place: two polynomials, a quotient, a root and a logarithm.
        Assert.InRange(NormalQuantile.Of(p) / x - 1, -1e-15 * 2, 1e-15 * 2);
    }

    [Fact]
    public void The_probability_of_the_quantile_is_the_probability_it_was_made_from()
    {
        for (var i = 1; i < 20_000; i++)
        {
            var p = i / 40_000.0;
            // Relative in the tail, where p ≈ e^(-x²/2) turns an error of x into x times as much of log p.
            Assert.InRange(KolmogorovSmirnov.NormalProbability(NormalQuantile.Of(p)) / p - 1, -1e-13, 1e-13);
        }

        for (var p = 0.5; p > 1e-300; p *= 0.7)
        {
            var x = NormalQuantile.Of(p);
            // d log Φ = x dx in the tail, and x itself is good to a few 1e-16 relative.
            var tolerance = 1e-13 + x * x * 2e-15;
            Assert.InRange(KolmogorovSmirnov.NormalProbability(x) / p - 1, -tolerance, tolerance);
        }
    }

    [Fact]
    public void The_quantile_is_odd_about_one_half()
    {
        for (var k = 1; k < 1 << 12; k++)
        {
            var p = k / (double)(1 << 13);
            Assert.Equal(NormalQuantile.Of(p), -NormalQuantile.Of(1 - p));
        }

        Assert.Equal(8.2095, NormalQuantile.Of(1 - Math.ScaleB(1, -53)), 4);
    }

    [Fact]
    public void The_quantile_rises_across_its_three_regions()
    {
        // The borders are at |p − ½| = 0.425 and at p = e^-25.
        foreach (var border in new[] { 0.075, Math.Exp(-25), 0.925 })
        {
            var below = NormalQuantile.Of(border * (1 - 1e-12));
            var above = NormalQuantile.Of(border * (1 + 1e-12));
            Assert.True(below < above);
            Assert.InRange(above - below, 0, 1e-10);
        }
    }
}
