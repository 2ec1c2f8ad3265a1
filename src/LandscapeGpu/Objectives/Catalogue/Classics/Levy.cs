namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>sin² πw₁ + Σ (wᵢ−1)²(1 + 10 sin²(πwᵢ+1)) + (w_d−1)²(1 + sin² 2πw_d) with wᵢ = 1 + (xᵢ−1)/4.</summary>
/// <remarks>
/// Separable: counts are products of those of the first, the middle and the last axis.
/// </remarks>
internal sealed class Levy() : CubeFamily(
    "levy", "a bowl with ripples that grow away from the minimum", 2, (1, 10_000), (-10, 10),
    "Levy and Montalvo (1985), The tunneling algorithm, SIAM Journal on Scientific and Statistical Computing 6, 15; " +
    "as in Laguna and Martí (2005), Journal of Global Optimization 33, 235")
{
    protected override Real Formula(int d, Point x)
    {
        var w = Vector(d, i => 1 + ((x[i] - 1) / 4));
        return Square(Sin(Math.PI * w[0]))
            + Sum(d - 1, i => Square(w[i] - 1) * (1 + (10 * Square(Sin((Math.PI * w[i]) + 1)))))
            + (Square(w[d - 1] - 1) * (1 + Square(Sin(2 * Math.PI * w[d - 1]))));
    }

    protected override KnownMinima Known(int d) => new()
    {
        // Scanned axis by axis: 5 minima inside on the first, 6 on each in the middle, 8 on the last and on the only one.
        Count = d == 1 ? 8 : d <= 20 ? 40 * (long)Math.Pow(6, d - 2) : null,
        GlobalValue = 0,
        Points = [[.. Enumerable.Repeat(1.0, d)]],
    };
}
