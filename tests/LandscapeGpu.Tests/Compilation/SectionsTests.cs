using LandscapeGpu.Compilation;
using LandscapeGpu.LinearAlgebra;

namespace LandscapeGpu.Tests.Compilation;

/// <summary>Programs that are cut, because the JIT compiler optimises no long method.</summary>
public class SectionsTests
{
    [Fact]
    public void A_program_that_is_short_until_its_loops_are_written_out_side_by_side_is_cut_and_computes_the_same()
    {
        var network = Catalogue.Find("perceptron").Create(settings: new Dictionary<string, double> { ["normalise"] = 2, ["layers"] = 3, ["width"] = 4, ["n"] = 20 });
        var derivatives = Derivatives.Of(network);
        // Three thousand statements are one method where each is a few instructions; these are not.
        Assert.NotNull(derivatives.Rounded.Slope.Program.SectionEnds);
        Assert.Null(derivatives.Slope.Program.SectionEnds);
        using var whole = new PointDerivatives(network);
        using var cut = new HessianRounding(network, derivatives);
        var (gradient, same, bounds) = (new double[network.Dimension], new double[network.Dimension], new double[network.Dimension]);
        foreach (var seed in Enumerable.Range(0, 5))
        {
            var random = new Random(seed);
            double[] point = [.. gradient.Select(_ => (2 * random.NextDouble()) - 1)];
            whole.Gradient(point, gradient);
            cut.Look(point, same, bounds);
            // Both are the exact gradient but for the rounding that is bounded.
            Assert.All(gradient.Zip(same, bounds), g => Assert.InRange(g.First - g.Second, -2 * g.Third, 2 * g.Third));
            // And the bounds are of rounding: a billionth of what they bound is millions of it.
            Assert.InRange(Inner.Norm(bounds), double.Epsilon, 1e-9 * Inner.Norm(gradient));
        }
    }
}
