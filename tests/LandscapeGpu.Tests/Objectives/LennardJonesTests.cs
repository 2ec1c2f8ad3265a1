using LandscapeGpu.Tests.Arithmetic;

namespace LandscapeGpu.Tests.Objectives;

/// <summary>The published energies of clusters, from their symmetric shapes: only one or two lengths are left to find.</summary>
public class LennardJonesTests
{
    private static readonly double Golden = (1 + Math.Sqrt(5)) / 2;

    [Fact]
    public void Six_atoms_form_an_octahedron() =>
        Assert.Equal(Published(6), BestScale([.. Axes()]), 1e-6);

    [Fact]
    public void Thirteen_atoms_form_an_icosahedron_with_one_inside() =>
        Assert.Equal(Published(13), BestScale([[0, 0, 0], .. Icosahedron()]), 1e-6);

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Five_and_seven_atoms_form_bipyramids(int ring) =>
        Assert.Equal(Published(ring + 2), BestBipyramid(ring), 1e-6);

    [Fact]
    public void The_energy_is_that_of_all_pairs()
    {
        var random = new Random(4);
        double[] x = [.. Enumerable.Range(0, 21).Select(_ => 4 * random.NextDouble())];
        var expected = 0.0;
        for (var i = 0; i < 7; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var r = Math.Sqrt(Enumerable.Range(0, 3).Sum(c => Math.Pow(x[(3 * i) + c] - x[(3 * j) + c], 2)));
                Assert.True(r > 0.2);
                expected += 4 * (Math.Pow(r, -12) - Math.Pow(r, -6));
            }
        }

        // Twelfth powers multiply a rounding by some tens.
        Assert.Equal(1, Catalogue.Find("lennard-jones").Create().Evaluate(x) / expected, 1e-13);
    }

    [Fact]
    public void Atoms_on_top_of_one_another_have_a_large_finite_energy_also_in_single_precision()
    {
        var objective = Catalogue.Find("lennard-jones").Create();
        Assert.InRange(objective.Evaluate(SingleArithmetic.Instance, new float[21]), 1e9f, 1e12f);
    }

    private static double BestScale(double[][] shape)
    {
        var objective = Cluster(shape.Length);
        double At(double scale) => objective.Evaluate([.. shape.SelectMany(atom => atom.Select(c => scale * c))]);
        return At(GoldenSection.Minimum(0.5, 1.5, At));
    }

    /// <summary>The least energy of a regular ring with an atom above and one below, over its radius and their height.</summary>
    private static double BestBipyramid(int ring)
    {
        var objective = Cluster(ring + 2);
        double At(double radius, double height) => objective.Evaluate(
        [
            0, 0, height, 0, 0, -height,
            .. Enumerable.Range(0, ring).SelectMany(k => new[] { radius * Math.Cos(2 * Math.PI * k / ring), radius * Math.Sin(2 * Math.PI * k / ring), 0 }),
        ]);
        double Height(double radius) => GoldenSection.Minimum(0.4, 1.2, h => At(radius, h));
        var best = GoldenSection.Minimum(0.5, 1.3, r => At(r, Height(r)));
        return At(best, Height(best));
    }

    /// <summary>The energy of the catalogue, printed to six decimals.</summary>
    private static double Published(int atoms) => Cluster(atoms).Known.GlobalValue!.Value;

    private static Objective Cluster(int atoms) =>
        Catalogue.Find("lennard-jones").Create(settings: new Dictionary<string, double> { ["atoms"] = atoms });

    private static IEnumerable<double[]> Axes() => [[0.8, 0, 0], [-0.8, 0, 0], [0, 0.8, 0], [0, -0.8, 0], [0, 0, 0.8], [0, 0, -0.8]];

    private static IEnumerable<double[]> Icosahedron() =>
        from s in new[] { -0.57, 0.57 }
        from t in new[] { -0.57, 0.57 }
        from corner in new[] { [0, s, t * Golden], [s, t * Golden, 0], new[] { t * Golden, 0, s } }
        select corner;
}
