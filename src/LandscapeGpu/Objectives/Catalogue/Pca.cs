using LandscapeGpu.Expressions;
using LandscapeGpu.Starts;
using static LandscapeGpu.Expressions.Functions;

namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>½‖M − xxᵀ‖²: the best approximation of rank one, whose only minima are ±√λ₁ v₁.</summary>
/// <remarks>
/// M is positive definite with the eigenvalues 0.8ⁱ, i = 0 … d−1, and a random orthonormal basis of eigenvectors. There are
/// 2d + 1 stationary points: ±√λᵢ vᵢ of index i − 1, and the origin of index d.
/// </remarks>
public sealed class Pca : Family
{
    private const ulong Seed = 101;

    private const double Decay = 0.8;

    public override string Name => "pca";

    public override string Summary => "principal component as a landscape: two minima, all else strict saddles";

    public override int DefaultDimension => 10;

    public override (int Least, int Most) Dimensions => (1, 1000);

    public override string Source =>
        "Baldi and Hornik (1989), Neural networks and principal component analysis: learning from examples without local minima, " +
        "Neural Networks 2, 53; rank one: Chi, Lu and Chen (2019), Nonconvex optimization meets low-rank matrix factorization, " +
        "IEEE Transactions on Signal Processing 67, 5239";

    protected override Objective Build(Choices choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        var d = choices.Dimension;
        var basis = SeededMatrices.Orthonormal(Seed, d);
        var matrix = SeededMatrices.Symmetric(basis, i => Math.Pow(Decay, i));
        var m = new Data("M", matrix);
        var squares = matrix.Cast<double>().Sum(entry => entry * entry);

        // ½‖M‖² − xᵀMx + ½(xᵀx)² is the same number as ½‖M − xxᵀ‖², and its gradient costs one product with M instead of three.
        return Objective.DefineModel(
            Name, d,
            x => (0.5 * squares) - Sum(d, i => x[i] * Sum(d, j => m[i, j] * x[j])) + (0.5 * Square(Sum(d, i => Square(x[i])))),
            x => Vector(d * d, e => x[e / d] * x[e % d]),
            outputs => 0.5 * Sum(d * d, e => Square(m[e] - outputs[e]))) with
        {
            // Every coordinate about as large as those of the minima.
            Starts = new Gaussian(1 / Math.Sqrt(d)),
            Known = new()
            {
                Count = 2,
                // What is left of M without its first eigenvalue.
                GlobalValue = 0.5 * Enumerable.Range(1, d - 1).Sum(i => Math.Pow(Decay, 2 * i)),
                ValueError = 1e-12 * d,
                // λ₁ = 1.
                Points = [basis[0], [.. basis[0].Select(v => -v)]],
                PointError = 1e-9,
            },
        };
    }
}
