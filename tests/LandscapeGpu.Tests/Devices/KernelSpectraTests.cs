namespace LandscapeGpu.Tests.Devices;

/// <summary>Spectra by one device's kernels.</summary>
public abstract class SpectraTests
{
    private protected abstract KernelDevice Device { get; }

    [Fact]
    public void Products_are_those_of_lanes() => SpectralParity.RequireProducts(Device);

    [Fact]
    public void Hessians_are_those_of_lanes() => SpectralParity.RequireHessians(Device);

    [Fact]
    public void Lanczos_finds_the_eigenvalues_of_the_dense_Hessian() => SpectralParity.RequireLanczos(Device);

    [Fact]
    public void Batched_eigenvalues_are_those_of_lanes_bit_for_bit_and_of_a_dense_solver() => SpectralParity.RequireEigenvalues(Device);
}

public class KernelSpectraTests : SpectraTests
{
    private static readonly ReferenceDevice Reference = new(2);

    private protected override KernelDevice Device => Reference;

    [Fact]
    public void Lanczos_in_few_steps_bounds_its_errors() => SpectralParity.RequireBounds(Reference);

    [Fact]
    public void Products_made_together_give_what_each_alone_gives()
    {
        var objective = Catalogue.Find("phi4-chain").Create(40);
        var points = Enumerable.Range(0, 7).Select(k =>
        {
            var point = new double[40];
            objective.DefaultStarts.Draw(1, k, point);
            return point;
        }).ToList();
        using var products = new KernelProducts(objective, Reference);
        using var slopes = new PointDerivatives(objective);
        // Different points need different numbers of products: some end earlier and must not hold up the others.
        var together = ProductsTogether.Run(products, points, (op, _) => Lanczos.Extremes(op, 40, new LanczosOptions { BasisLimit = 20 }));
        var alone = points.Select(p => Lanczos.Extremes((v, result) => slopes.Product(p, v, result), 40, new LanczosOptions { BasisLimit = 20 })).ToList();
        foreach (var (a, b) in together.Zip(alone))
        {
            Assert.True(a.Converged);
            // Both are within their residuals, 1e-10 of the largest.
            Assert.Equal(b.Lowest[0], a.Lowest[0], 1e-8);
            Assert.Equal(b.Highest[0], a.Highest[0], 1e-8);
        }
    }

    [Fact]
    public void One_computation_that_fails_does_not_hang_the_others()
    {
        var objective = Catalogue.Find("rosenbrock").Create(3);
        using var products = new KernelProducts(objective, Reference);
        var result = new double[3];
        Assert.Throws<InvalidOperationException>(() => ProductsTogether.Run(products, [[0, 0, 0], [1, 1, 1]], (op, _) =>
        {
            op(new double[3], result);
            return result[0] == 0 ? throw new InvalidOperationException() : 1;
        }));
    }

    [Fact]
    public void A_survey_in_many_coordinates_gives_the_lanes_spectra()
    {
        var objective = Catalogue.Find("phi4-chain").Create(300);
        var options = new SurveyOptions { Restarts = 6, Threads = 2 };
        var lanes = Survey.Run(objective, options);
        var kernels = Survey.Run(objective, options with { Device = "reference" });
        Assert.Equal(kernels.Device, kernels.SpectraOn);
        Assert.Equal(kernels.Device, kernels.PolishedOn);
        Assert.Equal(lanes.Minima.Count, kernels.Minima.Count);
        foreach (var (a, b) in lanes.Minima.Zip(kernels.Minima))
        {
            Assert.Equal(a.Value, b.Value, 1e-8 * Math.Max(1, Math.Abs(a.Value)));
            // Lanczos' method stops at residuals of 1e-10 of the largest eigenvalue.
            Assert.All(a.Eigenvalues.Zip(b.Eigenvalues), p => Assert.Equal(p.First, p.Second, 1e-6));
        }
    }
}
