namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>1/(4n) Σ (yₛ − Σₖ ⟨wₖ, xₛ⟩²)²: two layers with quadratic activation; with enough hidden units every minimum is global.</summary>
/// <remarks>
/// The output is xᵀWWᵀx, so hidden units may be rotated into one another. Weights are stored input by input: entry (j, k) is unit k's weight of
/// input j. Targets are those of a network with fewer units. From width d on there are no spurious minima.
/// </remarks>
internal sealed class QuadraticNetwork() : Family(
    "quadratic-network", "two layers with quadratic activation: one minimum up to rotation when wide enough", 16, DataForm.Samples,
    "Soltanolkotabi, Javanmard and Lee (2019), Theoretical insights into the optimization landscape of over-parameterized shallow neural networks, " +
    "IEEE Transactions on Information Theory 65, 742; Du and Lee (2018), On the power of over-parametrization in neural networks with quadratic activation, ICML")
{
    public override IReadOnlyList<Setting> Settings =>
    [
        new("inputs", 4, "the number of inputs") { IsOfGenerator = true },
        new("width", 4, "the number of hidden units"),
        new("teacher", 4, "the number of hidden units of the network the targets come from") { IsOfGenerator = true },
        new("n", 60, "the number of samples") { IsOfGenerator = true },
        Setting.Seed("the data"),
    ];

    protected override Objective Build(Choices choices)
    {
        var (width, teacher, seed) = (choices.Whole("width", 1, 1000), choices.Whole("teacher", 1, 1000), choices.Seed);
        var (inputs, weights) = (new GeneratedNumbers(seed, 0), new GeneratedNumbers(seed, 1));
        var samples = choices.Samples ?? Samples.Generate(choices.Whole("n", 1, 10_000_000), choices.Whole("inputs", 1, 1000), inputs.Normal,
            (_, x) => Enumerable.Range(0, teacher).Sum(k => Math.Pow(x.Select((c, j) => c * weights.Normal(j, k)).Sum(), 2)) / (teacher * x.Length));
        var (n, d) = (samples.Count, samples.Dimension);
        var (xs, y) = (new Data("X", samples.Inputs), new Data("y", samples.Targets));
        return Objective.DefineModel(
            Name, d * width,
            w => Vector(n, s => Sum(width, k => Square(Sum(d, j => w[(j * width) + k] * xs[s, j])))),
            outputs => 0.25 * Mean(n, s => Square(outputs[s] - y[s]))) with
        {
            Symmetry = new Rotations(width),
            Doubt = choices.Samples is null ? null : InputUnits.DoubtOf(samples),
            Starts = new Gaussian(1 / Math.Sqrt(d * (double)width)),
            Known = choices.Samples is null && width >= Math.Min(teacher, d) ? new() { GlobalValue = 0 } : new(),
        };
    }
}
