namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>1/(2n) ‖Xw − y‖² with fewer samples than weights: a whole plane of minima, and the Polyak–Łojasiewicz inequality.</summary>
/// <remarks>
/// Not strongly convex, yet ½‖∇f‖² ≥ μ f with μ the smallest nonzero eigenvalue of XᵀX/n, and β its largest: gradient descent with step 1/β
/// converges as (1 − μ/β)ᵏ. Generated X has singular values from √n down to √(n/10), so β = 1 and μ = 1/10. Minima are
/// counted up to the directions Xw does not see.
/// </remarks>
internal sealed class LeastSquares() : Family(
    "least-squares", "fewer equations than unknowns: a plane of minima, linear convergence without strong convexity", 10, (1, 2000), DataForm.Samples,
    "Karimi, Nutini and Schmidt (2016), Linear convergence of gradient and proximal-gradient methods under the Polyak-Lojasiewicz condition, ECML PKDD; " +
    "Liu, Zhu and Belkin (2022), Loss landscapes and optimization in over-parameterized non-linear systems, Applied and Computational Harmonic Analysis 59, 85")
{
    public override IReadOnlyList<Setting> Settings => [new("n", 5, "the number of samples, at most the dimension") { IsOfGenerator = true }, Setting.Seed("the data")];

    protected override Objective Build(Choices choices)
    {
        var samples = choices.Samples ?? Generate(choices.Whole("n", 1, choices.Dimension), choices.Dimension, choices.Seed);
        var (n, d) = (samples.Count, samples.Dimension);
        var (x, y) = (new Data("X", samples.Inputs), new Data("y", samples.Targets));
        return (Objective.DefineModel(Name, d, w => Vector(n, s => Sum(d, j => x[s, j] * w[j])), outputs => 0.5 * Mean(n, s => Square(outputs[s] - y[s]))) with
        {
            Symmetry = new Translations([.. Enumerable.Range(0, n).Select(s => Enumerable.Range(0, d).Select(j => samples.Inputs[s, j]).ToArray())]),
            Starts = new Gaussian(1),
            Known = choices.Samples is null ? new() { Count = 1, GlobalValue = 0, ValueError = 1e-20 } : new() { Count = 1 },
        }).InUnits(choices.Samples, 1, isOfTargets: true);
    }

    /// <summary>n rows whose singular values are √n·10^(−k/(2(n−1))), k = 0 … n−1, and targets of order one.</summary>
    private static Samples Generate(int n, int d, ulong seed)
    {
        var (left, right) = (SeededMatrices.Orthonormal((2 * seed) + 1, n), SeededMatrices.Orthonormal((2 * seed) + 2, d));
        double Singular(int k) => Math.Sqrt(n) * Math.Pow(10, n == 1 ? 0 : -0.5 * k / (n - 1));
        var targets = new GeneratedNumbers(seed, 0);
        return Samples.Generate(n, d, (s, j) => Enumerable.Range(0, n).Sum(k => Singular(k) * left[k][s] * right[k][j]), (s, _) => targets.Normal(s, 0));
    }
}
