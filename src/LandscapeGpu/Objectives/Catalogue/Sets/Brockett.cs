namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>−tr(XᵀAXN) = −Σ μₖ xₖᵀAxₖ over p orthonormal vectors, N = diag(p, …, 1): the p leading eigenvectors, each by itself.</summary>
/// <remarks>
/// A is symmetric with eigenvalues n, …, 1 in a random basis. Stationary points are p different eigenvectors up to sign: 2ᵖ·n!/(n−p)! of
/// them, of which the 2ᵖ with the leading ones in order are the minima. The Hessian there has the eigenvalue (λₐ − λ_b)(μₐ − μ_b) for
/// each pair of the frame, and 2μₐ(λₐ − λⱼ) for each of its vectors and each eigenvector outside.
/// </remarks>
internal sealed class Brockett() : Family(
    "brockett", "leading eigenvectors on the Stiefel manifold: 2^p minima among 2^p n!/(n-p)! stationary points", 8,
    "Brockett (1991), Dynamical systems that sort lists, diagonalize matrices, and solve linear programming problems, Linear Algebra and " +
    "its Applications 146, 79; Absil, Mahony and Sepulchre (2008), Optimization Algorithms on Matrix Manifolds, §4.8")
{
    private const ulong BasisSeed = 103;

    public override IReadOnlyList<Setting> Settings => [new("n", 4, "the size of the matrix"), new("p", 2, "the number of eigenvectors")];

    protected override Objective Build(Choices choices)
    {
        var n = choices.Whole("n", 2, 60);
        var p = choices.Whole("p", 1, n);
        var basis = SeededMatrices.Orthonormal(BasisSeed, n);
        var a = new Data("A", SeededMatrices.Symmetric(basis, r => n - r));
        return Objective.Define(Name, n * p, x => -Sum(p, k => (p - (Real)k) * Sum(n, i => x[(k * n) + i] * Sum(n, j => a[i, j] * x[(k * n) + j])))) with
        {
            Region = Region.Stiefel(n, p),
            Known = new()
            {
                Count = 1L << Math.Min(p, 62),
                GlobalValue = -Enumerable.Range(0, p).Sum(k => (double)(n - k) * (p - k)),
                Points = [[.. basis.Take(p).SelectMany(v => v)]],
            },
        };
    }
}
