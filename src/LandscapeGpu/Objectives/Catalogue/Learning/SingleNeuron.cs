namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>One logistic neuron under squared loss, on data made so that it has ⌊n/d⌋ᵈ minima.</summary>
/// <remarks>
/// <para>
/// Every input lies on an axis, so Σ (σ(⟨w, xₛ⟩) − ¾)² is a sum over coordinates. A sample of size a has its loss at 1/16
/// where aw ≪ 1, falls to 0 at aw = log 3, and rises to 1/16 again where aw ≫ 1: with sizes 1, 1/10, 1/100, … each has
/// a valley of its own where all others are flat, so a coordinate has as many minima as it has samples. All targets can be
/// met one at a time and no two on an axis together. The loss is divided by 2s², s = 0.01 the deviation of the labels, so
/// that the outer valleys, which are wide, have slopes of order one as well.
/// </para>
/// </remarks>
internal sealed class SingleNeuron() : Family(
    "single-neuron", "one neuron with exponentially many minima: as many per axis as it has samples", 2, (1, 1000),
    "Auer, Herbster and Warmuth (1996), Exponentially many local minima for single neurons, NIPS 8, 316; the data are a construction after theirs, without a bias")
{
    private const double Target = 0.75;
    private const double Ratio = 10;
    private const double LabelDeviation = 0.01;

    public override IReadOnlyList<Setting> Settings => [new("samples", 3, "the number of samples for each coordinate, n/d")];

    protected override Objective Build(Choices choices)
    {
        var (d, k) = (choices.Dimension, choices.Whole("samples", 1, 5));
        var size = new Data("a", [.. Enumerable.Range(0, k).Select(j => Math.Pow(Ratio, -j))]);
        const double Weight = 1 / (2 * LabelDeviation * LabelDeviation);
        return Objective.DefineModel(
            Name, d,
            w => Weight * Sum(d, i => Sum(k, j => Square(Sigmoid(size[j] * w[i]) - Target))),
            // Sample s is the (s mod k)-th on axis s/k.
            w => Vector(d * k, s => Sigmoid(size[s % k] * w[s / k])),
            outputs => Weight * Sum(d * k, s => Square(outputs[s] - Target))) with
        {
            // From a third of the first valley's place to three times the last one's.
            Starts = new LogUniform(Math.Log(3) / 3, 3 * Math.Log(3) * Math.Pow(Ratio, k - 1)),
            Known = new() { Count = (long)Math.Pow(k, d) is var count && Math.Pow(k, d) < 1e18 ? count : null, GlobalValue = k == 1 ? 0 : null },
        };
    }
}
