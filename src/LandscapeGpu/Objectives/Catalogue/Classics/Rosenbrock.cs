namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²: a curved, nearly flat valley.</summary>
internal sealed class Rosenbrock() : CubeFamily(
    "rosenbrock", "a curved valley: easy to find, slow to follow; a second minimum from d = 4", 2, (2, 10_000), (-2.048, 2.048),
    "Rosenbrock (1960), An automatic method for finding the greatest or least value of a function, The Computer Journal 3, 175; " +
    "minima for d = 4 to 7: Kok and Sandrock (2009), Locating and characterizing the stationary points of the extended " +
    "Rosenbrock function, Evolutionary Computation 17, 437")
{
    protected override Real Formula(int d, Point x) => Sum(d - 1, i => (100 * Square(x[i + 1] - Square(x[i]))) + Square(1 - x[i]));

    protected override KnownMinima Known(int d) => new()
    {
        Count = d <= 3 ? 1 : d <= 7 ? 2 : null,
        GlobalValue = 0,
        Points = d == 4
            ? [[1, 1, 1, 1], [-0.775659, 0.613093, 0.382063, 0.145972]]
            : [[.. Enumerable.Repeat(1.0, d)]],
        PointError = 1e-6,
    };
}
