namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>Σ (xᵢ² − 1)²: two wells an axis, 2ᵈ equal minima at the corners (±1, …, ±1).</summary>
internal sealed class DoubleWell() : CubeFamily(
    "double-well", "two wells an axis: 2^d equal minima, 3^d stationary points", 1, (1, 10_000), (-2, 2),
    "Landau's quartic free energy: Chaikin and Lubensky (1995), Principles of Condensed Matter Physics, Cambridge, chapter 4")
{
    protected override Real Formula(int d, Point x) => Sum(d, i => Square(Square(x[i]) - 1));

    protected override KnownMinima Known(int d) => new()
    {
        Count = d < 63 ? 1L << d : null,
        GlobalValue = 0,
        Points = [[.. Enumerable.Repeat(1.0, d)], [.. Enumerable.Repeat(-1.0, d)]],
        PointError = 1e-9,
    };
}
