namespace LandscapeGpu.Devices.Kernels;

/// <summary>Hessians by kernels, one point a thread.</summary>
internal sealed class KernelDifferentiator(Objective objective, KernelDevice device) : IDifferentiator
{
    // Each point in hand is a thread of the host that waits for its product.
    private const int MostTogether = 1024;

    public double[]? Hessians(double[] points) =>
        new KernelHessians(objective, device) is { Fits: true } work && work.Pays(points.Length / objective.Dimension) ? work.Run(points) : null;

    public double[]? Eigenvalues(double[] matrices, int n) =>
        new KernelEigenvalues(device, n) is { Fits: true } work && work.Pays(matrices.Length / (n * n)) ? work.Run(matrices) : null;

    public T[]? ForEach<T>(IReadOnlyList<double[]> points, Func<Func<double, SymmetricOperator>, int, T> compute, Action<long>? progress)
    {
        // Kernels multiply with the tangent part only.
        if (objective.Surface is not null)
        {
            return null;
        }

        using var products = new KernelProducts(objective, device);
        return products.Fits && products.Pays(points.Count)
            ? [.. points.Chunk(MostTogether).SelectMany((group, g) => ProductsTogether.Run(products, group, (product, k) => compute(_ => product, (g * MostTogether) + k)))]
            : null;
    }

    public IReadOnlyList<SpectralDensity>? Densities(IReadOnlyList<double[]> points, int probes, int steps, ulong seed)
    {
        if (new KernelLanczos(objective, device, steps) is not { Fits: true } work)
        {
            return null;
        }

        var d = objective.Dimension;
        var pairs = new double[2L * d * points.Count * probes];
        for (var k = 0; k < points.Count * probes; k++)
        {
            points[k / probes].CopyTo(pairs, 2 * d * k);
            Probe.Signs(seed, k % probes, pairs.AsSpan(((2 * k) + 1) * d, d));
        }

        return [.. work.Run(pairs).Select(r => (r.Values, r.Weights)).Chunk(probes).Select(SpectralDensity.OfQuadratures)];
    }
}
