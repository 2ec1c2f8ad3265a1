namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>−Σ Jᵢⱼₖ xᵢxⱼxₖ on the unit sphere with normal couplings: the spherical 3-spin glass.</summary>
/// <remarks>Its number of minima grows exponentially with d on average. Auffinger, Ben Arous and Černý (2013), CPAM 66, 165.</remarks>
internal sealed class SphericalSpinGlass() : Family(
    "spherical-spin-glass", "random cubic couplings on the sphere: exponentially many minima", 10, (2, 60),
    "Crisanti and Sommers (1992), Zeitschrift für Physik B 87, 341")
{
    private enum Couplings
    {
        Equal,
        Isotropic,
    }

    public override IReadOnlyList<Setting> Settings =>
    [
        new("sample", 1, "which random couplings"),
        Setting.Of("couplings", Couplings.Equal, "of one variance for all i <= j <= k, or isotropic: as if every order of i, j, k had one of its own, which the formula of Kac and Rice is about"),
    ];

    protected override Objective Build(Choices choices)
    {
        var d = choices.Dimension;
        var sample = (ulong)choices.Whole("sample");
        var isIsotropic = choices.Option<Couplings>("couplings") == Couplings.Isotropic;
        // Normal couplings for all i ≤ j ≤ k, spread over the permutations; the energy per coordinate is then of order 1.
        var values = new double[d * d * d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                for (var k = 0; k < d; k++)
                {
                    int[] sorted = [.. new[] { i, j, k }.Order()];
                    var coordinate = (uint)((((sorted[0] * d) + sorted[1]) * d) + sorted[2]);
                    values[(((i * d) + j) * d) + k] = CounterRandom.Normal(sample, StreamId.Probes, 0, 0, coordinate) / Math.Sqrt(6 * d) / (isIsotropic ? Math.Sqrt(Orders(sorted)) : 1);
                }
            }
        }

        var couplings = new Data("J", values);
        return Objective.Define(Name, d, x => -Sum(d, i => x[i] * Sum(d, j => x[j] * Sum(d, k => couplings[(((i * d) + j) * d) + k] * x[k])))) with
        {
            Region = Region.Sphere(d),
            Theory = isIsotropic ? new()
            {
                Source = "Auffinger, Ben Arous and Černý (2013), theorem 2.1",
                Constants = [new("minima expected") { Value = stop => KacRice.Expected(d, 3, stop)[0], Role = TheoryRole.ExpectedMinima }, new("stationary points expected") { Value = stop => KacRice.Expected(d, 3, stop).Sum() }],
            } : null,
        };
    }

    /// <summary>In how many orders three indices can stand.</summary>
    private static int Orders(int[] sorted) => (sorted[0] == sorted[1], sorted[1] == sorted[2]) switch { (true, true) => 1, (false, false) => 6, _ => 3 };
}
