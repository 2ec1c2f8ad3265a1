namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>−(1/d) Σ sin(10 ln xᵢ): 6ᵈ equal minima whose basins differ widely in width.</summary>
internal sealed class Vincent() : CubeFamily(
    "vincent", "6^d equal minima, crowded at the lower end of each axis", 2, (1, 10_000), (0.25, 10),
    "Shir and Bäck (2006), Niche radius adaptation in the CMA-ES niching algorithm, PPSN IX, LNCS 4193, 142; " +
    "number of minima: Li, Engelbrecht and Epitropakis (2013), Benchmark functions for CEC'2013 special session on niching methods")
{
    protected override Real Formula(int d, Point x) => -Mean(d, i => Sin(10 * Log(x[i])));

    protected override KnownMinima Known(int d) => new()
    {
        Count = d <= 20 ? (long)Math.Pow(6, d) : null,
        GlobalValue = -1,
        Points = [.. Enumerable.Range(-2, 6).Select(k => (IReadOnlyList<double>)[.. Enumerable.Repeat(Best(k), d)])],
        PointError = 1e-9,
    };

    /// <summary>Where sin(10 ln x) = 1; within the domain for k = −2 … 3.</summary>
    private static double Best(int k) => Math.Exp(((Math.PI / 2) + (2 * Math.PI * k)) / 10);
}
