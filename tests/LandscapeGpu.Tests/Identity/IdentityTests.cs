namespace LandscapeGpu.Tests.Identity;

public class IdentityTests
{
    // ±(1, 2) and (3, 0), each three times, with noise 1e-9 as polished endpoints have.
    private static readonly double[] Points = [1, 2, -1, -2, 3, 0, 1 + 1e-9, 2, -1, -2 - 1e-9, 3, 1e-9, 1, 2 - 1e-9, -1 + 1e-9, -2, 3 - 1e-9, 0];
    private static readonly double[] Values = [-5, -5, 1, -5, -5, 1, -5, -5, 1];
    private static readonly StoredEndpoints Endpoints = new(2, Points, Values, new double[18]);

    [Fact]
    public void The_same_endpoints_are_identified_anew_without_a_rerun()
    {
        Assert.Equal([0, 1, 2, 0, 1, 2, 0, 1, 2], Labels(PointIdentity.Location()));
        Assert.Equal([0, 0, 1, 0, 0, 1, 0, 0, 1], Labels(PointIdentity.Modulo(new GlobalSign())));
        Assert.Equal([0, 0, 1, 0, 0, 1, 0, 0, 1], Labels(PointIdentity.Fingerprint()));
        Assert.Equal(9, Labels(PointIdentity.Location(5e-10)).Distinct().Count());
        Assert.Single(Labels(PointIdentity.Location(5)).Distinct());
        Assert.Equal(3, Labels(PointIdentity.Location(1)).Distinct().Count());
        Assert.Single(Labels(PointIdentity.Location(1) with { Scale = [100, 2.5] }).Distinct());
    }

    [Fact]
    public void The_separation_is_that_of_the_closest_pair_of_many_clusters()
    {
        var random = new Random(6);
        double[] points = [.. Enumerable.Range(0, 3 * 2000).Select(_ => random.NextDouble())];
        var closest = double.MaxValue;
        for (var i = 0; i < 2000; i++)
        {
            for (var j = 0; j < i; j++)
            {
                closest = Math.Min(closest, Math.Sqrt(Enumerable.Range(0, 3).Sum(k => Math.Pow(points[3 * i + k] - points[3 * j + k], 2))));
            }
        }

        var (roots, separation) = Linked(PointIdentity.Location(closest / 2), new(3, points, new double[2000]));

        Assert.Equal(Enumerable.Range(0, 2000), roots);
        Assert.Equal(closest, separation, closest * 1e-12); // rounding of the sum of three squares
    }

    [Fact]
    public void One_minimum_has_no_neighbour() => Assert.Equal(double.PositiveInfinity, Linked(PointIdentity.Location(), new(1, new double[1], new double[1])).Separation);

    [Fact]
    public void Fingerprints_tell_levels_apart_that_differ_in_the_fifth_digit_and_forgive_rounding()
    {
        // Six-hump camel saddles 2.229357 and 2.229471, and two LJ10-like energies 1e-4 apart with Hessian traces of thousands.
        double[] values = [2.229357, 2.229471, -28.4225, -28.4224, 2.229357 + 1e-12, -28.4224 - 1e-11];
        double[] moments = [3.0, 3.0, 8000, 8000, 3.0 + 1e-9, 8000 + 1e-5];
        StoredEndpoints endpoints = new(1, new double[6], values, moments);
        Assert.Equal([0, 1, 2, 3, 0, 3], Labels(PointIdentity.Fingerprint(), endpoints));
        Assert.True(Linked(PointIdentity.Fingerprint(), endpoints).Separation > 2 * PointIdentity.Fingerprint().Tolerance);
    }

    [Fact]
    public void The_spectrum_tells_apart_minima_of_equal_value()
    {
        var endpoints = new StoredEndpoints(1, new double[3], new double[] { -1, -1, -1 }, new double[] { 2, 4, 3, 5, 2, 4 });
        Assert.Equal([0, 1, 0], Labels(PointIdentity.Fingerprint(), endpoints));
    }

    [Fact]
    public void Turned_and_relabelled_clusters_of_atoms_are_one_minimum()
    {
        // A square with side 1, its copy turned by 45° and moved, and a rhombus of the same side.
        double h = Math.Sqrt(0.5), r = Math.Sqrt(0.75);
        double[] points = [0, 0, 1, 0, 0, 1, 1, 1, 5, 5 + h, 5 + h, 5, 5, 5 - h, 5 - h, 5, 0, 0, 1, 0, 0.5, r, 1.5, r];
        var endpoints = new StoredEndpoints(8, points, new double[3]);
        Assert.Equal([0, 0, 1], Labels(PointIdentity.Modulo(new RigidMotions(2)), endpoints));
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PointIdentity.Location(0));
        Assert.Throws<ArgumentException>(() => new StoredEndpoints(2, new double[3], new double[2]));
        Assert.Throws<ArgumentException>(() => new StoredEndpoints(1, new double[2], new double[2], new double[3]));
    }

    private static (int[] Roots, double Separation) Linked(PointIdentity identity, StoredEndpoints endpoints) => Linkage.Of(identity.Rows(endpoints, 2), identity.Tolerance, (_, _, _) => true, 2);

    private static IEnumerable<int> Labels(PointIdentity identity, StoredEndpoints? endpoints = null)
    {
        var roots = Linked(identity, endpoints ?? Endpoints).Roots;
        return roots.Select(root => Array.IndexOf([.. roots.Distinct()], root));
    }
}
