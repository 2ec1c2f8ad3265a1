using LandscapeGpu.Devices;
using LandscapeGpu.Devices.Kernels;
using LandscapeGpu.Differentiation;
using LandscapeGpu.Objectives;
using LandscapeGpu.Spectra;

namespace LandscapeGpu.Surveys;

/// <summary>Where the heavy part of spectra is computed: on the device that runs kernels where there are points enough, else on lanes.</summary>
internal sealed class SpectrumSource(LaneDevice lanes, KernelDevice? kernels = null)
{
    // Each point in hand is a thread of the host that waits for its product.
    private const int MostTogether = 1024;

    private readonly List<string> warnings = [];
    private bool usedKernels;

    public LaneDevice Lanes => lanes;

    /// <summary>Told how many more points have their eigenvalues.</summary>
    public Action<long>? Progress { get; set; }

    /// <summary>Devices that failed.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>What has computed spectra so far.</summary>
    public string Description => usedKernels ? kernels!.Description : lanes.Description;

    /// <summary>The Hessians at some points, row by row; on a manifold with an eigenvalue above all others along its normals.</summary>
    /// <param name="objective">Whose Hessians are meant.</param>
    /// <param name="points">count × d coordinates.</param>
    public double[] Hessians(Objective objective, double[] points)
    {
        var d = objective.Dimension;
        var count = points.Length / d;
        if (kernels is not null && new KernelHessians(objective, kernels) is { Fits: true } work && work.Pays(count) && Try(() => work.Run(points)) is { } found)
        {
            return found;
        }

        using var hessians = new LaneHessians(Derivatives.Of(objective, lanes.Bits), objective);
        var matrices = new double[count * d * d];
        for (var begin = 0; begin < count; begin += hessians.Count)
        {
            var filled = Math.Min(hessians.Count, count - begin);
            for (var l = 0; l < filled; l++)
            {
                hessians.Set(l, points.AsSpan((begin + l) * d, d));
            }

            hessians.ComputeApart();
            for (var l = 0; l < filled; l++)
            {
                hessians.CopyTo(matrices.AsSpan((begin + l) * d * d, d * d), l);
            }
        }

        return matrices;
    }

    /// <summary>Eigenvalues of many matrices, n × n, ascending for each.</summary>
    public double[] Eigenvalues(double[] matrices, int n)
    {
        var count = matrices.Length / (n * n);
        var eigenvalues = OnDevice(matrices, n, count) ?? OnLanes(matrices, n, count);
        Progress?.Invoke(count);
        return eigenvalues;
    }

    private double[]? OnDevice(double[] matrices, int n, int count) =>
        kernels is not null && new KernelEigenvalues(kernels, n) is { Fits: true } work && work.Pays(count) ? Try(() => work.Run(matrices)) : null;

    private double[] OnLanes(double[] matrices, int n, int count)
    {
        var eigenvalues = new double[count * n];
        SymmetricEigenvalues.Batch(matrices, n, count, eigenvalues, lanes.Threads);
        return eigenvalues;
    }

    /// <summary>A computation for each point, with the Hessian there as an operator: plus a multiple of the part normal to a manifold.</summary>
    public T[] ForEach<T>(Objective objective, IReadOnlyList<double[]> points, Func<Func<double, SymmetricOperator>, T> compute)
    {
        // Kernels multiply with the tangent part only.
        if (kernels is not null && objective.Manifold is null)
        {
            using var products = new KernelProducts(objective, kernels);
            if (products.Fits && products.Pays(points.Count)
                && Try(() => points.Chunk(MostTogether).SelectMany(group => ProductsTogether.Run(products, group, product => compute(_ => product))).ToArray()) is { } found)
            {
                return found;
            }
        }

        using var slopes = new PointDerivatives(objective, Derivatives.Of(objective, lanes.Bits));
        return [.. points.Select(point =>
        {
            var answer = compute(normal => (v, result) => slopes.Product(point, v, result, normal));
            Progress?.Invoke(1);
            return answer;
        })];
    }

    /// <summary>The density of the Hessian's eigenvalues at each point.</summary>
    public IReadOnlyList<SpectralDensity> Densities(Objective objective, IReadOnlyList<double[]> points, HessianDensity asked)
    {
        var d = objective.Dimension;
        if (kernels is not null && new KernelLanczos(objective, kernels, asked.Steps) is { Fits: true } work)
        {
            var pairs = new double[2 * d * points.Count * asked.Probes];
            for (var k = 0; k < points.Count * asked.Probes; k++)
            {
                points[k / asked.Probes].CopyTo(pairs, 2 * d * k);
                Probe.Signs(asked.Seed, k % asked.Probes, pairs.AsSpan(((2 * k) + 1) * d, d));
            }

            if (Try(() => work.Run(pairs)) is { } found)
            {
                return [.. found.Select(r => (r.Values, r.Weights)).Chunk(asked.Probes).Select(SpectralDensity.OfQuadratures)];
            }
        }

        return ForEach(objective, points, hessian => SpectralDensity.Estimate(hessian(0), d, asked.Probes, asked.Steps, asked.Seed));
    }

    /// <summary>What kernels find; null where the device failed, and lanes do it again.</summary>
    private T? Try<T>(Func<T> work)
        where T : class
    {
        try
        {
            var found = work();
            usedKernels = true;
            return found;
        }
        catch (WorkFailedException failure)
        {
            warnings.Add($"{failure.Message}; spectra were computed on lanes.");
            return null;
        }
    }
}
