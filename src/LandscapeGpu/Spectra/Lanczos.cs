namespace LandscapeGpu.Spectra;

/// <summary>The lowest and highest eigenvalues of a symmetric operator, by products with vectors only.</summary>
/// <remarks>
/// Lanczos' method with full reorthogonalisation, restarted with the Ritz vectors nearest to the wanted ends: K. Wu, H. Simon,
/// Thick-restart Lanczos method for large symmetric eigenvalue problems (SIAM J. Matrix Anal. Appl. 22, 2000). An operator of
/// no more rows than the basis may have is solved completely and exactly. Deterministic in the seed.
/// </remarks>
internal static class Lanczos
{
    /// <summary>Finds extreme eigenvalues; what did not converge is returned as it is, and said to be so.</summary>
    /// <param name="apply">The operator; only its symmetry is assumed.</param>
    /// <param name="dimension">d, its rows.</param>
    /// <param name="options">How many eigenvalues of either end, and how hard to try.</param>
    /// <exception cref="ArgumentException">The options ask for nothing, or for more than they allow.</exception>
    public static ExtremeEigenvalues Extremes(SymmetricOperator apply, int dimension, LanczosOptions? options = null)
    {
        options ??= new LanczosOptions();
        options.Require(dimension);
        return new LanczosRun(apply, dimension, options).Solve();
    }
}
