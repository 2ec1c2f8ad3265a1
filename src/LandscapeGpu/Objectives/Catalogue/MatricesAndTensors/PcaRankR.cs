namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>½‖M − UUᵀ‖² over U of d rows and r columns: all minima are global, and they are one orbit of rotations.</summary>
/// <remarks>
/// M is generated as that of <see cref="Pca"/>, or the covariance of given rows. U is
/// stored row by row. At a minimum UUᵀ holds the r largest eigenvalues; r(r−1)/2 directions are flat.
/// </remarks>
internal sealed class PcaRankR() : Family(
    "pca-rank-r", "best approximation of rank r: one minimum up to rotations of the factor", 16, DataForm.Rows,
    "Ma (2021), Why do local methods solve nonconvex problems?, section 4.1; " +
    "Jin, Ge, Netrapalli, Kakade and Jordan (2017), How to escape saddle points efficiently, ICML")
{
    public override IReadOnlyList<Setting> Settings => [new("rows", 8, "the size of the matrix") { IsOfGenerator = true }, new("rank", 2, "the number of columns of the factor")];

    protected override Objective Build(Choices choices)
    {
        var matrix = choices.Data is DataRows rows ? PrincipalMatrix.Of(rows) : PrincipalMatrix.Generate(choices.Whole("rows", 1, 1000));
        var d = matrix.Size;
        var r = choices.Whole("rank", 1, d);
        var m = new Data("M", matrix.Entries);
        var squares = matrix.Entries.Cast<double>().Sum(entry => entry * entry);

        // ½‖M‖² − tr UᵀMU + ½‖UᵀU‖² is the same number as ½‖M − UUᵀ‖² and needs no d×d residual.
        return Objective.DefineModel(
            Name, d * r,
            u => (0.5 * squares)
                - Sum(d, i => Sum(r, a => u[(i * r) + a] * Sum(d, j => m[i, j] * u[(j * r) + a])))
                + (0.5 * Sum(r, a => Sum(r, b => Square(Sum(d, i => u[(i * r) + a] * u[(i * r) + b]))))),
            u => Vector(d * d, e => Sum(r, a => u[(e / d * r) + a] * u[(e % d * r) + a])),
            outputs => 0.5 * Sum(d * d, e => Square(m[e] - outputs[e]))) with
        {
            Symmetry = new Rotations(r),
            Starts = new Gaussian(Math.Sqrt(matrix.Eigenvalues[0]) / Math.Sqrt(d)),
            Known = new()
            {
                Count = 1,
                GlobalValue = 0.5 * matrix.Eigenvalues.Skip(r).Sum(v => v * v),
                ValueError = 1e-12 * d * matrix.Eigenvalues[0] * matrix.Eigenvalues[0],
                Points = [[.. Enumerable.Range(0, d * r).Select(k => Math.Sqrt(matrix.Eigenvalues[k % r]) * matrix.Basis[k % r][k / r])]],
                PointError = 1e-8 * Math.Sqrt(matrix.Eigenvalues[0]),
            },
        };
    }
}
