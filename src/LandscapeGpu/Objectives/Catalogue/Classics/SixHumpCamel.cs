namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>4x² − 2.1x⁴ + x⁶/3 + xy − 4y² + 4y⁴: six minima in three pairs x → −x.</summary>
internal sealed class SixHumpCamel() : Family(
    "six-hump-camel", "three pairs of minima; two saddle levels differ only in the fifth digit", 2,
    "Dixon and Szegő (1978), The global optimization problem: an introduction, in Towards Global Optimisation 2, North-Holland, 1")
{
    protected override Objective Build(Choices choices) =>
        Objective.Define(Name, 2, x =>
            (4 * Square(x[0])) - (2.1 * Pow(x[0], 4)) + (Pow(x[0], 6) / 3) + (x[0] * x[1]) - (4 * Square(x[1])) + (4 * Pow(x[1], 4))) with
        {
            Region = Region.Box([-3, -2], [3, 2]),
            Known = new()
            {
                Count = 6,
                GlobalValue = -1.031628453,
                Points =
                [
                    [0.089842, -0.712656], [-0.089842, 0.712656],
                    [1.703607, -0.796084], [-1.703607, 0.796084],
                    [1.607105, 0.568651], [-1.607105, -0.568651],
                ],
                PointError = 1e-6,
            },
        };
}
