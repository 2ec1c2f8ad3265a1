namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>Σ (xᵢ² − 1)²: two wells an axis, 2ᵈ equal minima at the corners (±1, …, ±1).</summary>
internal sealed class DoubleWell() : Family(
    "double-well", "two wells an axis: 2^d equal minima, 3^d stationary points", 1,
    "Landau's quartic free energy: Chaikin and Lubensky (1995), Principles of Condensed Matter Physics, Cambridge, chapter 4")
{
    public override (int Least, int Most) Dimensions => (1, 10_000);

    protected override Objective Build(Choices choices)
    {
        var d = choices.Dimension;
        return Objective.Define(Name, d, x => Sum(d, i => Square(Square(x[i]) - 1))) with
        {
            Region = Region.Box(d, -2, 2),
            Known = new()
            {
                Count = d < 63 ? 1L << d : null,
                GlobalValue = 0,
                Points = [[.. Enumerable.Repeat(1.0, d)], [.. Enumerable.Repeat(-1.0, d)]],
                PointError = 1e-9,
            },
        };
    }
}
