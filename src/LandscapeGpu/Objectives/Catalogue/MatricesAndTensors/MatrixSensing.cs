namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>1/(2m) Σ (⟨Aₖ, UUᵀ⟩ − ⟨Aₖ, ZZᵀ⟩)²: a matrix of low rank from m random linear measurements.</summary>
/// <remarks>
/// Aₖ are symmetric with standard normal entries, U has d rows and r columns, stored row by row. With restricted isometry (m a few times dr) all
/// minima are rotations of Z. With fewer, and a factor U of more columns than Z has, there are many U of loss 0, and what a descent finds is a matter of its start: from near 0
/// it comes to a matrix of low rank (Gunasekar et al. 2017, Implicit regularization in matrix factorization; Li, Ma and Zhang 2018). The loss on measurements that
/// were not made has an expectation in closed form, ½‖D∘(UUᵀ − ZZᵀ)‖², D being 1 on the diagonal and √2 off it. Symmetric Aₖ hold each pair of entries once, off the diagonal doubled.
/// </remarks>
internal sealed class MatrixSensing() : Family(
    "matrix-sensing", "a matrix of low rank from random linear measurements: no spurious minima when they suffice", 12,
    "Bhojanapalli, Neyshabur and Srebro (2016), Global optimality of local search for low rank matrix recovery, NIPS; " +
    "Ge, Jin and Zheng (2017), No spurious local minima in nonconvex low rank problems, ICML")
{
    public override IReadOnlyList<Setting> Settings =>
    [
        new("rows", 6, "the size of the matrix"),
        new("rank", 2, "the number of columns of the factor"),
        new("truth", 0, "the rank of the matrix that is measured; 0 for as many as the factor has columns"),
        new("m", 60, "the number of measurements"),
        Setting.Seed("the matrix and of the measurements"),
    ];

    protected override Objective Build(Choices choices)
    {
        var d = choices.Whole("rows", 1, 200);
        var (r, m, seed) = (choices.Whole("rank", 1, d), choices.Whole("m", 1, 100_000), choices.Seed);
        var (normal, factor) = (new GeneratedNumbers(seed, 0), new GeneratedNumbers(seed, 1));
        var truth = choices.Whole("truth", 0, r) is > 0 and var rank ? rank : r;
        // The columns beyond the true rank are 0.
        double[] z = [.. Enumerable.Range(0, d * r).Select(k => k % r < truth ? factor.Normal(k / r, k % r) / Math.Sqrt(truth) : 0)];

        // Entry q of the lower triangle is (row[q], column[q]); an entry off the diagonal stands for two.
        (int Row, int Column)[] triangle = [.. Enumerable.Range(0, d).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => (i, j)))];
        var (row, column) = (new IndexData("row", [.. triangle.Select(q => q.Row)]), new IndexData("column", [.. triangle.Select(q => q.Column)]));
        var entries = triangle.Length;
        var a = GeneratedNumbers.Matrix(m, entries, (k, q) => (triangle[q].Row == triangle[q].Column ? 1 : 2) * normal.Normal(k, q));
        var measured = Enumerable.Range(0, m).Select(k => Enumerable.Range(0, entries).Sum(q =>
            a[k, q] * Enumerable.Range(0, r).Sum(c => z[(triangle[q].Row * r) + c] * z[(triangle[q].Column * r) + c])));
        Real Entry(Point u, Index q) => Sum(r, c => u[(row[q] * r) + c] * u[(column[q] * r) + c]);
        var (planted, weight) = (
            new Data("M", [.. triangle.Select(q => Enumerable.Range(0, r).Sum(c => z[(q.Row * r) + c] * z[(q.Column * r) + c]))]), new Data("weight", [.. triangle.Select(q => q.Row == q.Column ? 1.0 : 4.0)]));
        var (dataA, dataB) = (new Data("A", a), new Data("b", [.. measured]));
        return Objective.DefineModel(
            Name, d * r,
            u =>
            {
                var product = Vector(entries, q => Entry(u, q));
                return Vector(m, k => Sum(entries, q => dataA[k, q] * product[q]));
            },
            outputs => 0.5 * Mean(m, k => Square(outputs[k] - dataB[k]))) with
        {
            Symmetry = new Rotations(r),
            Scores = new() { TestLoss = Objective.Define($"{Name} (expected loss)", d * r, u => 0.5 * Sum(entries, q => weight[q] * Square(Entry(u, q) - planted[q]))) },
            Starts = new Gaussian(1 / Math.Sqrt(r)),
            Known = new() { GlobalValue = 0, Points = Math.Abs(z.Max(Math.Abs)) < 2 ? [z] : [], PointError = 1e-9, Planted = z },
        };
    }
}
