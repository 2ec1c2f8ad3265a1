namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>−Σ αₖ exp(−Σ Aₖⱼ(xⱼ − Pₖⱼ)²), k = 1 … 4: four Gaussian wells of unequal depth and shape in the unit cube.</summary>
/// <remarks>
/// No count is stated: 4 and 6 minima are often quoted, one a well, but overlapping wells can share a minimum, and sixty
/// descents in three coordinates ended in only 3.
/// </remarks>
internal abstract class Hartmann(int dimension) : Family(
    $"hartmann-{dimension}", "four Gaussian wells that overlap", dimension,
    "Hartman (1973), Some experiments in global optimization, Naval Postgraduate School, Monterey; " +
    "constants: Dixon and Szegő (1978), Towards Global Optimisation 2, North-Holland, 1")
{
    private static readonly Data Depths = new("alpha", [1, 1.2, 3, 3.2]);

    /// <summary>How steep each well is along each axis.</summary>
    private protected abstract double[,] Steepness { get; }

    /// <summary>Where the wells are, in units of 10⁻⁴ as they are printed.</summary>
    private protected abstract double[,] Centres { get; }

    private protected abstract KnownMinima Minima { get; }

    protected override Objective Build(Choices choices)
    {
        var (d, a, p) = (DefaultDimension, new Data("A", Steepness), new Data("P", [.. Centres.Cast<double>().Select(c => c / 10_000)]));
        return Objective.Define(Name, d, x =>
            -Sum(4, k => Depths[k] * Exp(-Sum(d, j => a[k, j] * Square(x[j] - p[(k * d) + j]))))) with
        {
            Region = Region.Box(d, 0, 1),
            Known = Minima,
        };
    }
}

/// <summary>Hartmann's function of three coordinates.</summary>
internal sealed class Hartmann3() : Hartmann(3)
{
    private protected override double[,] Steepness => new[,] { { 3.0, 10, 30 }, { 0.1, 10, 35 }, { 3, 10, 30 }, { 0.1, 10, 35 } };

    private protected override double[,] Centres => new[,] { { 3689.0, 1170, 2673 }, { 4699, 4387, 7470 }, { 1091, 8732, 5547 }, { 381, 5743, 8828 } };

    // The first coordinate is often printed as 0.114614, which is off in the fifth decimal.
    private protected override KnownMinima Minima => new() { GlobalValue = -3.862780, Points = [[0.114589, 0.555649, 0.852547]], PointError = 1e-6 };
}

/// <summary>Hartmann's function of six coordinates.</summary>
internal sealed class Hartmann6() : Hartmann(6)
{
    private protected override double[,] Steepness => new[,]
    {
        { 10, 3, 17, 3.5, 1.7, 8 },
        { 0.05, 10, 17, 0.1, 8, 14 },
        { 3, 3.5, 1.7, 10, 17, 8 },
        { 17, 8, 0.05, 10, 0.1, 14 },
    };

    private protected override double[,] Centres => new[,]
    {
        { 1312.0, 1696, 5569, 124, 8283, 5886 },
        { 2329, 4135, 8307, 3736, 1004, 9991 },
        { 2348, 1451, 3522, 2883, 3047, 6650 },
        { 4047, 8828, 8732, 5743, 1091, 381 },
    };

    private protected override KnownMinima Minima => new()
    {
        GlobalValue = -3.322368,
        Points = [[0.201690, 0.150011, 0.476874, 0.275332, 0.311652, 0.657301]],
        PointError = 1e-6,
    };
}
