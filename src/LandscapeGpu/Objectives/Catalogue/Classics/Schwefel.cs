namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>418.98… d − Σ xᵢ sin √|xᵢ|: the second-best minimum is far from the best.</summary>
/// <remarks>
/// Only interior minima are counted; each axis has one more at its lower end.
/// </remarks>
internal sealed class Schwefel() : Family(
    "schwefel", "the best minimum is near a corner, far from the next best", 2,
    "Schwefel (1981), Numerical Optimization of Computer Models, Wiley")
{
    public override (int Least, int Most) Dimensions => (1, 10_000);

    protected override Objective Build(Choices choices)
    {
        var d = choices.Dimension;
        // With the usual four decimals, 418.9829, the minimum would be 1.3e-5 an axis instead of 0.
        return Objective.Define(Name, d, x => (418.982887272433706 * d) - Sum(d, i => x[i] * Sin(Sqrt(Abs(x[i]))))) with
        {
            Region = Region.Box(d, -500, 500),
            Known = new()
            {
                // Scanned: 7 minima inside an axis.
                Count = d <= 18 ? (long)Math.Pow(7, d) : null,
                GlobalValue = 0,
                ValueError = 1e-9 * d,
                Points = [[.. Enumerable.Repeat(420.968746, d)]],
                PointError = 1e-6,
            },
        };
    }
}
