namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>(x² + y − 11)² + (x + y² − 7)²: four equal minima.</summary>
internal sealed class Himmelblau() : Family(
    "himmelblau", "four equal minima, four saddles, one maximum", 2,
    "Himmelblau (1972), Applied Nonlinear Programming, McGraw-Hill")
{
    protected override Objective Build(Choices choices) =>
        Objective.Define(Name, 2, x => Square(Square(x[0]) + x[1] - 11) + Square(x[0] + Square(x[1]) - 7)) with
        {
            Region = Region.Box(2, -6, 6),
            Known = new()
            {
                Count = 4,
                GlobalValue = 0,
                Points = [[3, 2], [-2.805118, 3.131313], [-3.779310, -3.283186], [3.584428, -1.848127]],
                PointError = 1e-6,
            },
        };
}
