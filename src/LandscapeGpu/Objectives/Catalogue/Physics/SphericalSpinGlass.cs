namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>−Σ Jᵢⱼₖ xᵢxⱼxₖ on the unit sphere with normal couplings: the spherical 3-spin glass.</summary>
/// <remarks>Its number of minima grows exponentially with d on average. Auffinger, Ben Arous and Černý (2013), CPAM 66, 165.</remarks>
internal sealed class SphericalSpinGlass() : Family(
    "spherical-spin-glass", "random cubic couplings on the sphere: exponentially many minima", 10,
    "Crisanti and Sommers (1992), Zeitschrift für Physik B 87, 341")
{
    public override (int Least, int Most) Dimensions => (2, 60);

    public override IReadOnlyList<Setting> Settings => [new("sample", 1, "which random couplings")];

    protected override Objective Build(Choices choices)
    {
        var d = choices.Dimension;
        var sample = (ulong)choices.Whole("sample");
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
                    values[(((i * d) + j) * d) + k] = CounterRandom.Normal(sample, StreamId.Probes, 0, 0, coordinate) / Math.Sqrt(6 * d);
                }
            }
        }

        var couplings = new Data("J", values);
        return Objective.Define(Name, d, x => -Sum(d, i => x[i] * Sum(d, j => x[j] * Sum(d, k => couplings[(((i * d) + j) * d) + k] * x[k])))) with
        {
            Region = Region.Sphere(d),
        };
    }
}
