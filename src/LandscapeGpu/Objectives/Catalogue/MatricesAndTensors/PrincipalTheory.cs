namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>The proof of Theorem 4.1 at points: at an eigenvector that is not the first, v₁ is where the objective falls fastest.</summary>
/// <remarks>Lemma 4.2 and (4.3) of Ma (2021): with g = ½‖M − xxᵀ‖², ∇²g = 2(2xxᵀ + ‖x‖²I − M), twice what the text prints.</remarks>
internal static class PrincipalTheory
{
    public static Theory Of(PrincipalMatrix matrix) => new()
    {
        Source = "Ma (2021), lemma 4.2 and theorem 4.1",
        Measures =
        [
            new("Lemma 4.2, ‖Mx − ‖x‖²x‖", TheoryPoints.Stationary, x => Math.Sqrt(Residual(matrix, x).Sum(r => r * r))) { Bound = _ => 0, Scale = matrix.Eigenvalues[0] * Math.Sqrt(matrix.Eigenvalues[0]) },
            new("at saddles |⟨v₁, lowest eigenvector⟩|", TheoryPoints.Stationary, x => AlongFirst(matrix, x)) { IsFromBelow = true, Bound = _ => 1 },
        ],
    };

    private static double[] Residual(PrincipalMatrix matrix, IReadOnlyList<double> x)
    {
        var (d, square) = (matrix.Size, x.Sum(c => c * c));
        return [.. Enumerable.Range(0, d).Select(i => Enumerable.Range(0, d).Sum(j => matrix.Entries[i, j] * x[j]) - (square * x[i]))];
    }

    /// <summary>How far the lowest eigenvector of ∇²g lies along v₁; NaN at minima, and where the first eigenvalue is not alone.</summary>
    private static double AlongFirst(PrincipalMatrix matrix, IReadOnlyList<double> x)
    {
        var (d, square, first) = (matrix.Size, x.Sum(c => c * c), matrix.Eigenvalues[0]);
        if (d < 2 || square >= first * (1 - Stationarity.HalfTheDigits) || matrix.Eigenvalues[1] >= first * (1 - Stationarity.HalfTheDigits))
        {
            return double.NaN;
        }

        var spectrum = SymmetricEigenvalues.Decompose(
            [.. Enumerable.Range(0, d * d).Select(e => 2 * ((2 * x[e / d] * x[e % d]) - matrix.Entries[e / d, e % d] + (e / d == e % d ? square : 0)))], d);
        return Math.Abs(spectrum.Vector(0).ToArray().Zip(matrix.Basis[0], (a, b) => a * b).Sum());
    }
}
