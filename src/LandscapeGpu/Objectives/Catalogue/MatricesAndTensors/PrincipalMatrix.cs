namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>The matrix whose principal components are sought, with its eigenvalues.</summary>
/// <param name="Entries">M, symmetric to the bit.</param>
/// <param name="Eigenvalues">λ₁ ≥ λ₂ ≥ …</param>
/// <param name="Basis">Eigenvectors in the same order.</param>
internal sealed record PrincipalMatrix(double[,] Entries, IReadOnlyList<double> Eigenvalues, double[][] Basis)
{
    private const ulong Seed = 101;
    private const double Decay = 0.8;

    /// <summary>d.</summary>
    public int Size => Eigenvalues.Count;

    /// <summary>√λ₁ v₁.</summary>
    public IEnumerable<double> First => Basis[0].Select(v => Math.Sqrt(Eigenvalues[0]) * v);

    /// <summary>Eigenvalues 0.8ⁱ, i = 0 … d−1, and a random orthonormal basis of eigenvectors.</summary>
    public static PrincipalMatrix Generate(int d)
    {
        var basis = SeededMatrices.Orthonormal(Seed, d);
        return new(SeededMatrices.Symmetric(basis, i => Math.Pow(Decay, i)), [.. Enumerable.Range(0, d).Select(i => Math.Pow(Decay, i))], basis);
    }

    /// <summary>The covariance of rows.</summary>
    /// <exception cref="ArgumentException">All rows are the same.</exception>
    public static PrincipalMatrix Of(DataRows rows)
    {
        var (entries, d) = (rows.Covariance(), rows.Dimension);
        var spectrum = SymmetricEigenvalues.Decompose([.. entries.Cast<double>()], d);
        return spectrum.Values[^1] > 0
            ? new(entries, [.. Enumerable.Range(1, d).Select(k => Math.Max(0, spectrum.Values[d - k]))], [.. Enumerable.Range(1, d).Select(k => spectrum.Vector(d - k).ToArray())])
            : throw new ArgumentException("The rows are all the same: they have no principal component.");
    }
}
