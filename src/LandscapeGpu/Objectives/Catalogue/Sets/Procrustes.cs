namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>−tr(MᵀX) over orthogonal n×n matrices: the rotation or reflection nearest to M.</summary>
/// <remarks>
/// With M = UΣVᵀ and singular values n, …, 1 the stationary points are U diag(±1) Vᵀ: 2ⁿ of them. O(n) has two components; each has
/// one minimum, −Σσ at UVᵀ and −Σσ + 2σₙ in the other, where the least singular value is paid for the wrong determinant: the smallest
/// example of a spurious minimum that only topology makes.
/// </remarks>
internal sealed class Procrustes() : Family(
    "procrustes", "the nearest orthogonal matrix: one minimum in each component of O(n)", 9,
    "Schönemann (1966), A generalized solution of the orthogonal Procrustes problem, Psychometrika 31, 1")
{
    private const ulong LeftSeed = 104;
    private const ulong RightSeed = 105;

    public override IReadOnlyList<Setting> Settings => [new("n", 3, "the size of the matrix")];

    protected override Objective Build(Choices choices)
    {
        var n = choices.Whole("n", 2, 40);
        var (u, v) = (SeededMatrices.Orthonormal(LeftSeed, n), SeededMatrices.Orthonormal(RightSeed, n));
        // Column after column: entry k·n + i is in row i, column k.
        double[] Product(Func<int, double> sigma) => [.. Enumerable.Range(0, n * n).Select(e => Enumerable.Range(0, n).Sum(r => sigma(r) * u[r][e % n] * v[r][e / n]))];
        var m = new Data("M", Product(r => n - r));
        return Objective.Define(Name, n * n, x => -Sum(n * n, e => m[e] * x[e])) with
        {
            Region = Region.Orthogonal(n),
            Known = new()
            {
                Count = 2,
                GlobalValue = -n * (n + 1) / 2.0,
                Points = [Product(_ => 1), Product(r => r == n - 1 ? -1 : 1)],
            },
        };
    }
}
