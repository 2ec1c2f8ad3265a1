namespace LandscapeGpu.Devices;

/// <summary>Hessians of one objective at many points at once, and what is made of them.</summary>
/// <remarks>Every method returns null where so few points are not worth this device, or it has no room for them.</remarks>
internal interface IDifferentiator
{
    /// <summary>The Hessians, row by row; on a manifold with an eigenvalue above all others along its normals.</summary>
    /// <param name="points">count × d coordinates.</param>
    double[]? Hessians(double[] points);

    /// <summary>Eigenvalues of many matrices, n × n, ascending for each.</summary>
    double[]? Eigenvalues(double[] matrices, int n);

    /// <summary>A computation for each point, with the Hessian there as an operator: plus a multiple of the part normal to a manifold.</summary>
    /// <param name="points">The points.</param>
    /// <param name="compute">The computation, given the operator for a multiple of the normal part, and the number of the point.</param>
    /// <param name="progress">Told how many more points are done.</param>
    T[]? ForEach<T>(IReadOnlyList<double[]> points, Func<Func<double, SymmetricOperator>, int, T> compute, Action<long>? progress);

    /// <summary>Ritz values and weights of stochastic Lanczos quadrature at each point.</summary>
    /// <param name="points">The points.</param>
    /// <param name="probes">How many random vectors for each.</param>
    /// <param name="steps">How many products for each vector.</param>
    /// <param name="seed">The seed of the vectors.</param>
    IReadOnlyList<SpectralDensity>? Densities(IReadOnlyList<double[]> points, int probes, int steps, ulong seed);
}
