namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>−Σ sin xᵢ sin²ᵐ(i xᵢ²/π): d! narrow valleys on a plain that is flat for large m.</summary>
internal sealed class Michalewicz() : Family(
    "michalewicz", "d! narrow valleys on a flat plain", 2, (1, 1000),
    "Michalewicz (1992), Genetic Algorithms + Data Structures = Evolution Programs, Springer; " +
    "best values of 5 and 10 axes: Vanaret et al. (2014), Certified global minima for a benchmark of difficult optimization problems")
{
    public override IReadOnlyList<Setting> Settings => [new("m", 10, "how narrow the valleys are")];

    protected override Objective Build(Choices choices)
    {
        var (d, m) = (choices.Dimension, choices.Whole("m", 1, 100));
        return Objective.Define(Name, d, x => -Sum(d, i => Sin(x[i]) * Pow(Sin((i + 1) * Square(x[i]) / Math.PI), 2 * m))) with
        {
            Region = Region.Box(d, 0, Math.PI),
            // Axis i has i valleys; scanned for m = 10 and up to 20 axes.
            Known = m != 10 ? new() : new()
            {
                Count = d <= 20 ? Enumerable.Range(1, d).Aggregate(1L, (product, i) => product * i) : null,
                GlobalValue = d switch { 2 => -1.801303410, 5 => -4.687658179, 10 => -9.660151716, _ => null },
                ValueError = 1e-8,
                Points = d == 2 ? [[2.202906, 1.570796]] : [],
                PointError = 1e-6,
            },
        };
    }
}
