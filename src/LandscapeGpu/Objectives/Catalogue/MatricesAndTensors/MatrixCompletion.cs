namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>½ Σ over observed (i, j) of (Mᵢⱼ − ⟨uᵢ, uⱼ⟩)² with M = ZZᵀ: from enough entries, only Z is a minimum.</summary>
/// <remarks>
/// U has d rows and r columns, stored row by row; entries (i, j) and (j, i) are observed together, each pair with probability
/// p. Entries of Z are random signs times numbers uniform on [1 − s, 1 + s] for rank 1 (incoherence at most 1 + s), and standard normal
/// for higher ranks, scaled so that ‖Z‖² = d. Above a threshold of p near log(d)/d all minima are rotations of Z, with value 0.
/// </remarks>
internal sealed class MatrixCompletion() : Family(
    "matrix-completion", "a matrix of low rank from some of its entries: spurious minima appear when too few are seen", 16, DataForm.Entries,
    "Ge, Lee and Ma (2016), Matrix completion has no spurious local minimum, NIPS; Ma (2021), Why do local methods solve nonconvex problems?, section 4.2")
{
    public override IReadOnlyList<Setting> Settings =>
    [
        new("rows", 16, "the size of the matrix") { IsOfGenerator = true },
        new("rank", 1, "the rank"),
        new("p", 0.7, "the probability that an entry is observed") { IsOfGenerator = true },
        new("spread", 0.5, "rank 1: how far magnitudes of the factor's entries are from 1, below 1") { IsOfGenerator = true },
        new("support", 0, "rank 1: how many entries of the factor are not zero, 1 for a unit vector, of which nothing can be told; 0 for all") { IsOfGenerator = true },
        new("noise", 0, "the standard deviation of noise in the entries") { IsOfGenerator = true },
        Setting.Seed("the matrix and of what is observed"),
    ];

    protected override Objective Build(Choices choices)
    {
        var seen = choices.Data is MatrixEntries entries ? Given(entries) : Generate(choices);
        var d = seen.Entries.GetLength(0);
        var r = choices.Whole("rank", 1, d);
        var (m, observed) = (new Data("M", seen.Entries), new Data("W", seen.Mask));
        return Objective.DefineModel(
            Name, d * r,
            u => 0.5 * Sum(d, i => Sum(d, j => observed[i, j] * Square(m[i, j] - Sum(r, a => u[(i * r) + a] * u[(j * r) + a])))),
            u => Vector(d * d, e => Sum(r, a => u[(e / d * r) + a] * u[(e % d * r) + a])),
            outputs => 0.5 * Sum(d * d, e => observed[e] * Square(m[e] - outputs[e]))) with
        {
            // The incoherent matrices, with a buffer of factor 2, as in the source: outside, unseen entries let rows run away.
            Region = Region.Box(d * r, -2 * seen.LargestRow, 2 * seen.LargestRow),
            Symmetry = new Rotations(r),
            Starts = new Gaussian(1 / Math.Sqrt(r)),
            Known = seen.Planted is not { } z ? new() : seen.IsNoisy ? new() { Planted = z } : new() { GlobalValue = 0, Points = [z], PointError = 1e-9, Planted = z },
            Theory = r == 1 && seen is { Planted: { } factor, Probability: > 0 } ? new MatrixCompletionTheory(factor, seen.Mask, seen.Probability, seen.IsNoisy).Theory : null,
        };
    }

    private static Observed Generate(Choices choices)
    {
        var d = choices.Whole("rows", 2, 1000);
        var (r, p, seed) = (choices.Whole("rank", 1, d), choices.Within("p", 0, 1), choices.Seed);
        var z = Factor(d, r, choices.Within("spread", 0, 0.99), choices.Whole("support", 0, d), seed);
        var (numbers, errors, noise) = (new GeneratedNumbers(seed, 2), new GeneratedNumbers(seed, 3), choices.Within("noise", 0));
        return new(
            // The whole matrix, so that another p is another mask alone.
            GeneratedNumbers.Matrix(d, d, (i, j) => Enumerable.Range(0, r).Sum(a => z[(i * r) + a] * z[(j * r) + a]) + (noise == 0 ? 0 : noise * errors.Normal(Math.Max(i, j), Math.Min(i, j)))),
            GeneratedNumbers.Matrix(d, d, (i, j) => numbers.Uniform(Math.Max(i, j), Math.Min(i, j)) < p ? 1 : 0),
            Enumerable.Range(0, d).Max(i => Math.Sqrt(Enumerable.Range(0, r).Sum(a => z[(i * r) + a] * z[(i * r) + a]))),
            z)
        { Probability = p, IsNoisy = noise > 0 };
    }

    /// <summary>Where rows of the factor are not known, their length is that of the largest entry's, as if it were on the diagonal.</summary>
    private static Observed Given(MatrixEntries entries) => entries.Largest > 0
        ? new(
            GeneratedNumbers.Matrix(entries.Size, entries.Size, (i, j) => entries.At(i, j) ?? 0),
            GeneratedNumbers.Matrix(entries.Size, entries.Size, (i, j) => entries.At(i, j) is null ? 0 : 1),
            Math.Sqrt(entries.Largest),
            null)
        : throw new ArgumentException("All observed entries are 0: the matrix that fits them is 0.");

    private sealed record Observed(double[,] Entries, double[,] Mask, double LargestRow, double[]? Planted)
    {
        public double Probability { get; init; }

        public bool IsNoisy { get; init; }
    }

    private static double[] Factor(int d, int r, double spread, int support, ulong seed)
    {
        if (support > 0 && r > 1)
        {
            throw new ArgumentException($"matrix-completion was given support={support} with rank={r}; it is about factors of rank 1.");
        }

        var (signs, sizes) = (new GeneratedNumbers(seed, 0), new GeneratedNumbers(seed, 1));
        if (r == 1)
        {
            // Fewer entries are larger: the length stays about √d.
            var factor = support == 0 ? 1 : Math.Sqrt((double)d / support);
            return [.. Enumerable.Range(0, d).Select(i => support > 0 && i >= support ? 0 : factor * signs.Sign(i, 0) * (1 + (spread * ((2 * sizes.Uniform(i, 0)) - 1))))];
        }

        double[] z = [.. Enumerable.Range(0, d * r).Select(k => sizes.Normal(k / r, k % r))];
        var scale = Math.Sqrt(d / z.Sum(c => c * c));
        return [.. z.Select(c => scale * c)];
    }
}
