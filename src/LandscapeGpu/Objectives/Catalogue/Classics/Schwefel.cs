namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>418.98… d − Σ xᵢ sin √|xᵢ|: the second-best minimum is far from the best.</summary>
/// <remarks>
/// Only interior minima are counted; each axis has one more at its lower end.
/// </remarks>
internal sealed class Schwefel() : CubeFamily(
    "schwefel", "the best minimum is near a corner, far from the next best", 2, (1, 10_000), (-500, 500),
    "Schwefel (1981), Numerical Optimization of Computer Models, Wiley")
{
    // With the usual four decimals, 418.9829, the minimum would be 1.3e-5 an axis instead of 0.
    protected override Real Formula(int d, Point x) => (418.982887272433706 * d) - Sum(d, i => x[i] * Sin(Sqrt(Abs(x[i]))));

    protected override KnownMinima Known(int d) => new()
    {
        // Scanned: 7 minima inside an axis.
        Count = d <= 18 ? (long)Math.Pow(7, d) : null,
        GlobalValue = 0,
        ValueError = 1e-9 * d,
        Points = [[.. Enumerable.Repeat(420.968746, d)]],
        PointError = 1e-6,
    };
}
