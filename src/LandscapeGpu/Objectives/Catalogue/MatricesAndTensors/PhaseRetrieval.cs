namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>1/(4m) Σ (⟨aₖ, x⟩² − ⟨aₖ, z⟩²)²: a vector from the magnitudes of its projections, up to its sign.</summary>
/// <remarks>Real Gaussian measurements aₖ. From about d log³ d of them on ±z are the only minima and all else is a strict saddle or a maximum.</remarks>
internal sealed class PhaseRetrieval() : Family(
    "phase-retrieval", "a vector from magnitudes of projections: one minimum up to sign when there are enough", 8, (1, 1000), DataForm.Samples,
    "Sun, Qu and Wright (2018), A geometric analysis of phase retrieval, Foundations of Computational Mathematics 18, 1131")
{
    public override IReadOnlyList<Setting> Settings =>
    [
        new("ratio", 10, "the number of measurements for each coordinate, m/d") { IsOfGenerator = true },
        Setting.Seed("the vector and of the measurements"),
    ];

    protected override Objective Build(Choices choices)
    {
        var (measurements, z) = choices.Samples is { } given ? (given, null) : Generate(choices);
        var (d, m) = (measurements.Dimension, measurements.Count);
        var (a, y) = (new Data("A", measurements.Inputs), new Data("y", measurements.Targets));
        return Objective.DefineModel(Name, d, x => Vector(m, k => Square(Sum(d, j => a[k, j] * x[j]))), outputs => 0.25 * Mean(m, k => Square(outputs[k] - y[k]))) with
        {
            Symmetry = new GlobalSign(),
            Starts = new Gaussian(1 / Math.Sqrt(d)),
            Known = z is null ? new() : new() { GlobalValue = 0, Points = [z, [.. z.Select(c => -c)]], PointError = 1e-9, Planted = z },
        };
    }

    private static (Samples Measurements, double[]? Planted) Generate(Choices choices)
    {
        var (d, seed) = (choices.Dimension, choices.Seed);
        var m = Math.Max(1, (int)Math.Round(choices.Within("ratio", 0.01, 10_000) * d));
        var z = new GeneratedNumbers(seed, 0).OnSphere(d, 1);
        var normal = new GeneratedNumbers(seed, 1);
        return (Samples.Generate(m, d, normal.Normal, (_, a) => Math.Pow(a.Zip(z, (u, v) => u * v).Sum(), 2)), z);
    }
}
