namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>½‖M − xxᵀ‖²: the best approximation of rank one, whose only minima are ±√λ₁ v₁.</summary>
/// <remarks>
/// M is positive definite with the eigenvalues 0.8ⁱ, i = 0 … d−1, and a random orthonormal basis of eigenvectors, or the covariance
/// of given rows. There are
/// 2d + 1 stationary points: ±√λᵢ vᵢ of index i − 1, and the origin of index d.
/// </remarks>
internal sealed class Pca() : Family(
    "pca", "principal component as a landscape: two minima, all else strict saddles", 10, (1, 1000), DataForm.Rows,
    "Baldi and Hornik (1989), Neural networks and principal component analysis: learning from examples without local minima, " +
    "Neural Networks 2, 53; rank one: Chi, Lu and Chen (2019), Nonconvex optimization meets low-rank matrix factorization, " +
    "IEEE Transactions on Signal Processing 67, 5239")
{
    protected override Objective Build(Choices choices)
    {
        var matrix = choices.Data is DataRows rows ? PrincipalMatrix.Of(rows) : PrincipalMatrix.Generate(choices.Dimension);
        var d = matrix.Size;
        var m = new Data("M", matrix.Entries);
        var squares = matrix.Entries.Cast<double>().Sum(entry => entry * entry);

        // ½‖M‖² − xᵀMx + ½(xᵀx)² is the same number as ½‖M − xxᵀ‖², and its gradient costs one product with M instead of three.
        return Objective.DefineModel(
            Name, d,
            x => (0.5 * squares) - Sum(d, i => x[i] * Sum(d, j => m[i, j] * x[j])) + (0.5 * Square(Sum(d, i => Square(x[i])))),
            x => Vector(d * d, e => x[e / d] * x[e % d]),
            outputs => 0.5 * Sum(d * d, e => Square(m[e] - outputs[e]))) with
        {
            // Every coordinate about as large as those of the minima.
            Starts = new Gaussian(Math.Sqrt(matrix.Eigenvalues[0]) / Math.Sqrt(d)),
            Theory = PrincipalTheory.Of(matrix),
            Known = new()
            {
                Count = 2,
                // What is left of M without its first eigenvalue.
                GlobalValue = 0.5 * matrix.Eigenvalues.Skip(1).Sum(v => v * v),
                ValueError = 1e-12 * d * matrix.Eigenvalues[0] * matrix.Eigenvalues[0],
                Points = [[.. matrix.First], [.. matrix.First.Select(v => -v)]],
                PointError = 1e-9 * Math.Sqrt(matrix.Eigenvalues[0]),
            },
        };
    }
}
