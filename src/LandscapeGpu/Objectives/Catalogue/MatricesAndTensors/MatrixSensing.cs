namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>1/(2m) Σ (⟨Aₖ, UUᵀ⟩ − ⟨Aₖ, ZZᵀ⟩)²: a matrix of low rank from m random linear measurements.</summary>
/// <remarks>
/// Aₖ are symmetric with standard normal entries, U has d rows and r columns, stored row by row. With restricted isometry (m a few times dr) all
/// minima are rotations of Z. Symmetric Aₖ hold each pair of entries once, off the diagonal doubled.
/// </remarks>
internal sealed class MatrixSensing() : Family(
    "matrix-sensing", "a matrix of low rank from random linear measurements: no spurious minima when they suffice", 12,
    "Bhojanapalli, Neyshabur and Srebro (2016), Global optimality of local search for low rank matrix recovery, NIPS; " +
    "Ge, Jin and Zheng (2017), No spurious local minima in nonconvex low rank problems, ICML")
{
    public override IReadOnlyList<Setting> Settings =>
    [
        new("rows", 6, "the size of the matrix"),
        new("rank", 2, "the rank"),
        new("m", 60, "the number of measurements"),
        new("seed", 1, "the seed of the matrix and of the measurements"),
    ];

    protected override Objective Build(Choices choices)
    {
        var d = choices.Whole("rows", 1, 200);
        var (r, m, seed) = (choices.Whole("rank", 1, d), choices.Whole("m", 1, 100_000), choices.Seed);
        var (normal, factor) = (new GeneratedNumbers(seed, 0), new GeneratedNumbers(seed, 1));
        double[] z = [.. Enumerable.Range(0, d * r).Select(k => factor.Normal(k / r, k % r) / Math.Sqrt(r))];

        // Entry q of the lower triangle is (row[q], column[q]); an entry off the diagonal stands for two.
        (int Row, int Column)[] triangle = [.. Enumerable.Range(0, d).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => (i, j)))];
        var (row, column) = (new IndexData("row", [.. triangle.Select(q => q.Row)]), new IndexData("column", [.. triangle.Select(q => q.Column)]));
        var entries = triangle.Length;
        var a = GeneratedNumbers.Matrix(m, entries, (k, q) => (triangle[q].Row == triangle[q].Column ? 1 : 2) * normal.Normal(k, q));
        var measured = Enumerable.Range(0, m).Select(k => Enumerable.Range(0, entries).Sum(q =>
            a[k, q] * Enumerable.Range(0, r).Sum(c => z[(triangle[q].Row * r) + c] * z[(triangle[q].Column * r) + c])));
        var (dataA, dataB) = (new Data("A", a), new Data("b", [.. measured]));
        return Objective.DefineModel(
            Name, d * r,
            u =>
            {
                var product = Vector(entries, q => Sum(r, c => u[(row[q] * r) + c] * u[(column[q] * r) + c]));
                return Vector(m, k => Sum(entries, q => dataA[k, q] * product[q]));
            },
            outputs => 0.5 * Mean(m, k => Square(outputs[k] - dataB[k]))) with
        {
            Symmetry = new Rotations(r),
            Starts = new Gaussian(1 / Math.Sqrt(r)),
            Known = new() { GlobalValue = 0, Points = Math.Abs(z.Max(Math.Abs)) < 2 ? [z] : [], PointError = 1e-9, Planted = z },
        };
    }
}
