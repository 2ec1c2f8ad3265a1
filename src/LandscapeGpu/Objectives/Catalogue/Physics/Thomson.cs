namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>Σ 1/‖xᵢ − xⱼ‖ over pairs of n points on the unit sphere: electrons that repel one another.</summary>
/// <remarks>Minima are counted modulo rotation, reflection and permutation.</remarks>
internal sealed class Thomson() : Family(
    "thomson", "electrons on a sphere", 36,
    "Thomson (1904), Philosophical Magazine 7, 237; Erber and Hockney (1991), Journal of Physics A 24, L1369")
{
    // From n = 2 on; Erber and Hockney (1991), and known since Föppl (1912) up to 14.
    private static readonly double[] GlobalValues =
    [
        0.5, 1.732050808, 3.674234614, 6.474691495, 9.985281374, 14.452977414, 19.675287861, 25.759986531, 32.716949460, 40.596450510, 49.165253058,
    ];

    public override IReadOnlyList<Setting> Settings => [new("electrons", 12, "the number of points; each has three coordinates")];

    protected override Objective Build(Choices choices)
    {
        var n = choices.Whole("electrons", 2, 80);
        return Objective.Define(Name, 3 * n, x => Sum(n, i => Sum(i, j =>
            1 / Sqrt(Square(x[3 * i] - x[3 * j]) + Square(x[(3 * i) + 1] - x[(3 * j) + 1]) + Square(x[(3 * i) + 2] - x[(3 * j) + 2]))))) with
        {
            Region = Region.Spheres(3),
            Symmetry = new RigidMotions(3) { IsAboutOrigin = true },
            Known = new()
            {
                Count = n is >= 2 and <= 15 ? 1 : n is 16 or 22 ? 2 : null,
                GlobalValue = n - 2 < GlobalValues.Length ? GlobalValues[n - 2] : null,
            },
        };
    }
}
