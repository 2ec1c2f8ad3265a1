namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>½‖(I + W_L) ⋯ (I + W₁) − Φ‖²: a linear residual network; near the origin every stationary point is a global minimum.</summary>
/// <remarks>
/// Φ = exp(S) for a random symmetric S of norm 1/2, so that W = S/L + O(1/L²) solves it; where all ‖Wₗ‖ &lt; 1 every I + Wₗ is invertible and
/// ∇f = 0 only where f = 0. Unlike a deep linear network's, the origin is no saddle. Minima are counted by their product.
/// </remarks>
internal sealed class LinearResidual() : Family(
    "linear-residual", "a linear network with skip connections: no spurious stationary points near the origin", 27,
    "Hardt and Ma (2017), Identity matters in deep learning, ICLR")
{
    private const ulong Seed = 105;

    public override IReadOnlyList<Setting> Settings => [new("width", 3, "the number of inputs and outputs"), new("layers", 3, "the number of layers")];

    protected override Objective Build(Choices choices)
    {
        var (width, layers) = (choices.Whole("width", 1, 100), choices.Whole("layers", 1, 50));
        int[] widths = [.. Enumerable.Repeat(width, layers + 1)];
        var basis = SeededMatrices.Orthonormal(Seed, width);

        // S has eigenvalues from −½ to ½.
        double Exponent(int i) => width == 1 ? 0.5 : ((double)i / (width - 1)) - 0.5;
        var map = new Data("Phi", SeededMatrices.Symmetric(basis, i => Math.Exp(Exponent(i))));
        var root = SeededMatrices.Symmetric(basis, i => Math.Exp(Exponent(i) / layers) - 1);
        var symmetry = new LayerProduct(widths, residual: true);
        return LinearLayers.Define(Name, widths, map, isResidual: true) with
        {
            Symmetry = symmetry,
            // Matrices of norm about 1/2.
            Starts = new Gaussian(0.25 / Math.Sqrt(width)),
            Known = new()
            {
                GlobalValue = 0,
                Points = [[.. Enumerable.Repeat(root.Cast<double>(), layers).SelectMany(w => w)]],
                PointError = 1e-9,
            },
        };
    }
}
