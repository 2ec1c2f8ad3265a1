using LandscapeGpu.Spectra;

namespace LandscapeGpu.Tests.Spectra;

public class LanczosQuadratureTests
{
    private const int Dimension = 1500;

    public static TheoryData<string> Spectra => new("isolated above a bulk", "eight orders of magnitude", "all alike but one", "seven, each often");

    [Theory]
    [MemberData(nameof(Spectra))]
    public void Its_moments_are_those_of_the_spectrum_and_no_eigenvalue_is_seen_twice(string kind)
    {
        double[] eigenvalues = [.. Enumerable.Range(0, Dimension).Select(i => kind switch
        {
            "isolated above a bulk" => i < 5 ? 10.0 * (i + 1) : Math.Sin(i),
            "eight orders of magnitude" => Math.Pow(10, -8.0 * i / Dimension),
            "all alike but one" => i == 0 ? -3 : 2,
            _ => i % 7,
        })];
        double[] signs = [.. Enumerable.Range(0, Dimension).Select(i => (i * i % 11) % 2 == 0 ? 1.0 : -1)];
        var largest = eigenvalues.Max(Math.Abs);
        var (nodes, weights) = LanczosQuadrature.Of(
            (v, result) =>
            {
                for (var i = 0; i < v.Length; i++)
                {
                    result[i] = eigenvalues[i] * v[i];
                }
            },
            signs,
            120);
        Assert.Equal(1, weights.Sum(), 1e-13);
        // A vector of signs sees each eigenvalue alike: the quadrature's moments are the spectrum's, to the rounding of the products.
        foreach (var power in new[] { 1, 2, 5, 20 })
        {
            Assert.Equal(eigenvalues.Average(l => Math.Pow(l / largest, power)), nodes.Zip(weights, (x, w) => w * Math.Pow(x / largest, power)).Sum(), 1e-13);
        }

        // A copy that rounding has made would lie within rounding of its original.
        Assert.All(nodes.Zip(nodes.Skip(1)), p => Assert.True(p.Second - p.First > 1e-12 * largest));
        Assert.Equal(kind switch { "all alike but one" => 2, "seven, each often" => 7, _ => 120 }, nodes.Length);
    }

    [Fact]
    public void An_isolated_eigenvalue_has_the_weight_that_the_vector_has_along_it()
    {
        var (nodes, weights) = LanczosQuadrature.Of(
            (v, result) =>
            {
                for (var i = 0; i < v.Length; i++)
                {
                    result[i] = (i == 7 ? 100 : Math.Cos(i)) * v[i];
                }
            },
            [.. Enumerable.Repeat(1.0, Dimension)],
            80);
        Assert.Equal(100, nodes[^1], 1e-11);
        Assert.Equal(1.0 / Dimension, weights[^1], 1e-13);
    }
}
