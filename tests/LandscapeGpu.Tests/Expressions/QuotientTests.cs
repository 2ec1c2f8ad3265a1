using LandscapeGpu.Tests.Devices;

namespace LandscapeGpu.Tests.Expressions;

/// <summary>Derivatives of b·f(a/b), where b cancels.</summary>
public sealed class QuotientTests
{
    [Theory]
    [InlineData(0.3, 0.7)]
    [InlineData(-2.5, 0.4)]
    [InlineData(1.5, -3)]
    public void A_quotient_that_is_multiplied_by_its_denominator_has_the_right_derivatives(double a, double b)
    {
        var f = Objective.Define("scaled", 2, x => x[1] * Tanh(x[0] / x[1]));
        var (q, t) = (a / b, Math.Tanh(a / b));
        var (slope, curvature) = (1 - (t * t), -2 * t * (1 - (t * t)) / b);

        Everywhere.Require(f, [a, b], b * t, [slope, t - (q * slope)], [curvature, -q * curvature, -q * curvature, q * q * curvature]);
    }

    // (√(1 − c²) + (π − arccos c)·c)·b with c = a/b cut off at ±1: of slope π − arccos c by a, and √(1 − c²) by b; beyond the cut that of πb or 0.
    [Theory]
    [InlineData(0.3, 0.7)]
    [InlineData(-0.5, 0.7)]
    [InlineData(2, 1)]
    [InlineData(-2, 1)]
    [InlineData(1, 1)]
    [InlineData(-1, 1)]
    public void A_cut_off_quotient_passes_back_what_the_branch_says(double a, double b)
    {
        var f = Overlap(2, x => x[1], x => x[0]);
        var c = Math.Clamp(a / b, -1, 1);
        var (root, angle) = (Math.Sqrt(1 - (c * c)), Math.PI - Math.Acos(c));
        using var slopes = new PointDerivatives(f);

        var at = slopes.At([a, b]);

        double[] expected = Math.Abs(a) < b ? [angle, root] : [0, root + (angle * c)];
        Assert.Equal(Math.Sqrt(expected.Sum(e => e * e)), at.GradientNorm, 1e-14);
        Assert.Equal(b * (root + (angle * c)), at.Value, 1e-14);
    }

    [Fact]
    public void A_cut_off_quotients_derivative_neither_divides_nor_multiplies_by_what_cancels()
    {
        var text = new LaneDevice().Explain(Overlap(2, x => x[1], x => x[0]), new() { Rule = new GradientDescent(), Stop = new() { OnlyIterations = true } });

        // The quotient itself is the one place where the denominator's reciprocal is read, and its square is nowhere.
        var reciprocal = Assert.Single(text.Split('\n'), line => line.Contains("= 1/", StringComparison.Ordinal)).Split('=')[0].Trim();
        Assert.Single(text.Split('\n'), line => line.Split('=')[^1].Split('*', '+', '-', ' ').Contains(reciprocal));
    }

    private static Objective Overlap(int d, Func<Point, Real> norms, Func<Point, Real> product) => Objective.Define("overlap", d, x =>
    {
        var cosine = Max(-1, Min(1, product(x) / norms(x)));
        return norms(x) * (Sqrt(1 - Square(cosine)) + ((Math.PI - Acos(cosine)) * cosine));
    });
}
