namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>½ Σ xᵢ⁴ − 16xᵢ² + 5xᵢ: two wells of unequal depth an axis.</summary>
internal sealed class StyblinskiTang() : CubeFamily(
    "styblinski-tang", "two unequal wells an axis: 2^d minima, 3^d stationary points", 5, (1, 10_000), (-5, 5),
    "Styblinski and Tang (1990), Experiments in nonconvex optimization: stochastic approximation with function smoothing " +
    "and simulated annealing, Neural Networks 3, 467")
{
    protected override Real Formula(int d, Point x) => 0.5 * Sum(d, i => Pow(x[i], 4) - (16 * Square(x[i])) + (5 * x[i]));

    protected override KnownMinima Known(int d) => new()
    {
        Count = d < 63 ? 1L << d : null,
        GlobalValue = -39.16616570377142 * d,
        ValueError = 1e-9 * d,
        Points = [[.. Enumerable.Repeat(-2.903534028, d)], [.. Enumerable.Repeat(2.746802771, d)]],
        PointError = 1e-9,
    };
}
