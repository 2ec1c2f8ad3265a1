namespace LandscapeGpu.Spectra;

/// <summary>A symmetric matrix as A = Σ λₖ vₖ vₖᵀ with orthonormal vₖ.</summary>
internal sealed class SymmetricEigenvectors
{
    private readonly double[] _vectors;

    /// <param name="values">n eigenvalues, ascending.</param>
    /// <param name="vectors">n × n, one eigenvector after the other.</param>
    internal SymmetricEigenvectors(double[] values, double[] vectors) => (Values, _vectors) = (values, vectors);

    /// <summary>λ₀ ≤ λ₁ ≤ …</summary>
    internal double[] Values { get; }

    /// <summary>λ₀ ≤ λ₁ ≤ …</summary>
    public IReadOnlyList<double> Eigenvalues => Values;

    /// <summary>vₖ, of length one; its sign means nothing.</summary>
    public ReadOnlySpan<double> Vector(int k) => _vectors.AsSpan(k * Values.Length, Values.Length);
}
