namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>½‖W_L ⋯ W₁ − Φ‖²: a deep linear network on whitened data; every local minimum is global.</summary>
/// <remarks>
/// Whitened inputs reduce n samples to the map Φ that fits them best. Its singular values are 2·0.8ⁱ; the best value is half the sum of the squares
/// of those that the narrowest layer has no room for. Weights are W₁ row by row, then W₂, …; minima are counted by
/// their product. With three layers or more the origin is a saddle whose Hessian vanishes: not a strict one.
/// </remarks>
internal sealed class DeepLinear() : Family(
    "deep-linear", "a deep linear network: every local minimum is global, and the origin a saddle without curvature", 14,
    "Kawaguchi (2016), Deep learning without poor local minima, NIPS; Baldi and Hornik (1989), Neural Networks 2, 53; " +
    "Laurent and von Brecht (2018), Deep linear networks with arbitrary loss: all local minima are global, ICML")
{
    private const ulong Seed = 103;

    public override IReadOnlyList<Setting> Settings =>
    [
        new("inputs", 3, "the number of inputs"),
        new("outputs", 2, "the number of outputs"),
        new("width", 2, "the width of the hidden layers"),
        new("layers", 3, "the number of layers, hidden ones and the last"),
    ];

    protected override Objective Build(Choices choices)
    {
        var (inputs, outputs, width, layers) = (choices.Whole("inputs", 1, 200), choices.Whole("outputs", 1, 200), choices.Whole("width", 1, 200), choices.Whole("layers", 1, 50));
        int[] widths = [inputs, .. Enumerable.Repeat(width, layers - 1), outputs];
        var singular = Enumerable.Range(0, Math.Min(inputs, outputs)).Select(i => 2 * Math.Pow(0.8, i)).ToArray();
        var (left, right) = (SeededMatrices.Orthonormal(Seed, outputs), SeededMatrices.Orthonormal(Seed + 1, inputs));
        var phi = new double[outputs, inputs];
        for (var k = 0; k < singular.Length; k++)
        {
            for (var e = 0; e < phi.Length; e++)
            {
                phi[e / inputs, e % inputs] += singular[k] * left[k][e / inputs] * right[k][e % inputs];
            }
        }

        var map = new Data("Phi", phi);
        var symmetry = new LayerProduct(widths);
        return LinearLayers.Define(Name, widths, map, isResidual: false) with
        {
            Symmetry = symmetry,
            // Products of L factors of this size are of order one.
            Starts = new Gaussian(1 / Math.Sqrt(width)),
            Known = new() { Count = 1, GlobalValue = 0.5 * singular.Skip(widths.Min()).Sum(s => s * s), ValueError = 1e-12 },
        };
    }
}
