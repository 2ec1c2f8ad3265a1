using LandscapeGpu.Objectives.Datasets;
using LandscapeGpu.Objectives.Symmetries;

namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>1/(2n) Σ (yₛ − ⟨u∘u, xₛ⟩)²: a linear model whose weights are squares, with fewer samples than weights.</summary>
/// <remarks>
/// Inputs are standard normal and yₛ = ⟨w*, xₛ⟩ with few weights that are not 0, all positive. Many u fit all samples; gradient descent from near 0 finds
/// the one whose weights are sparse, and from far away one of least length: the kernel and the rich regime. The loss on inputs that were not
/// drawn has the expectation ½‖u∘u − w*‖². Signs of coordinates change nothing.
/// </remarks>
internal sealed class DiagonalLinear() : Family(
    "diagonal-linear", "a quadratically parametrised linear model: sparse from small starts, and not from large ones", 30, (1, 10_000),
    "Woodworth, Gunasekar, Lee, Moroshko, Savarese, Golan, Soudry and Srebro (2020), Kernel and rich regimes in overparametrized models, COLT; " +
    "Vaskevicius, Kanade and Rebeschini (2019), Implicit regularization for optimal sparse recovery, NeurIPS")
{
    public override IReadOnlyList<Setting> Settings =>
    [
        new("n", 8, "the number of samples"),
        new("sparsity", 2, "how many weights are not 0, each 1"),
        Setting.Seed("the inputs"),
    ];

    protected override Objective Build(Choices choices)
    {
        var (d, n) = (choices.Dimension, choices.Whole("n", 1, 100_000));
        var sparse = choices.Whole("sparsity", 0, d);
        var inputs = new GeneratedNumbers(choices.Seed, 0);
        var samples = Samples.Generate(n, d, inputs.Normal, (_, row) => row.Take(sparse).Sum());
        var (x, y) = (new Data("X", samples.Inputs), new Data("y", samples.Targets));
        double[] truth = [.. Enumerable.Range(0, d).Select(j => j < sparse ? 1.0 : 0)];
        var weights = new Data("w", truth);
        return Objective.DefineModel(Name, d, u => Vector(n, s => Sum(d, j => x[s, j] * Square(u[j]))), outputs => 0.5 * Mean(n, s => Square(outputs[s] - y[s]))) with
        {
            Symmetry = new CoordinateSigns(),
            Starts = new Gaussian(1 / Math.Sqrt(d)),
            Scores = new() { TestLoss = Objective.Define($"{Name} (expected loss)", d, u => 0.5 * Sum(d, j => Square(Square(u[j]) - weights[j]))) },
            Known = new() { GlobalValue = 0, ValueError = 1e-20, Planted = truth },
        };
    }
}
