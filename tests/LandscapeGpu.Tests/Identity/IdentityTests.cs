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
        Assert.Equal([0, 1, 2, 0, 1, 2, 0, 1, 2], PointIdentity.Location().Identify(Endpoints).Assignment.Labels);
        Assert.Equal([0, 0, 1, 0, 0, 1, 0, 0, 1], PointIdentity.Modulo(new GlobalSign()).Identify(Endpoints).Assignment.Labels);
        Assert.Equal([0, 0, 1, 0, 0, 1, 0, 0, 1], PointIdentity.Fingerprint().Identify(Endpoints).Assignment.Labels);
        Assert.Equal(9, PointIdentity.Location(5e-10).Identify(Endpoints).Assignment.Count);
        Assert.Equal(1, PointIdentity.Location(5).Identify(Endpoints).Assignment.Count);
        Assert.Equal(3, PointIdentity.Location(1).Identify(Endpoints).Assignment.Count);
        Assert.Equal(1, (PointIdentity.Location(1) with { Scale = [100, 2.5] }).Identify(Endpoints).Assignment.Count);
    }

    [Fact]
    public void The_margin_says_between_which_tolerances_the_count_stands()
    {
        var margin = PointIdentity.Location().Identify(Endpoints).Margin;
        // Radius √1·1e-9 up to the rounding of 2 + 1e-9; separation of (1, 2) and (3, 0) is √8.
        Assert.Equal(1e-9, margin.LargestRadius, 1e-15);
        Assert.Equal(Math.Sqrt(8), margin.Separation, 1e-8);
        Assert.True(margin.IsExact && margin.Factor > 1000);
        foreach (var tolerance in (double[])[margin.UnchangedFrom, margin.UnchangedTo * (1 - 1e-12)])
        {
            Assert.Equal(3, PointIdentity.Location(tolerance).Identify(Endpoints).Assignment.Count);
        }

        Assert.True(PointIdentity.Location(0.9e-9).Identify(Endpoints).Margin.Factor < 5);
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

        var found = PointIdentity.Location(closest / 2).Identify(new StoredEndpoints(3, points, new double[2000]));

        Assert.Equal(2000, found.Assignment.Count);
        Assert.Equal(closest, found.Margin.Separation, closest * 1e-12); // rounding of the sum of three squares
    }

    [Fact]
    public void One_cluster_has_no_neighbour_and_one_endpoint_no_radius()
    {
        var margin = PointIdentity.Location().Identify(new StoredEndpoints(1, new double[1], new double[1])).Margin;
        Assert.Equal((0.0, double.PositiveInfinity, double.PositiveInfinity), (margin.LargestRadius, margin.Separation, margin.Factor));
        Assert.Equal(0, PointIdentity.Fingerprint().Identify(new StoredEndpoints(1, default, default)).Assignment.Count);
    }

    [Fact]
    public void Fingerprints_tell_levels_apart_that_differ_in_the_fifth_digit_and_forgive_rounding()
    {
        // Six-hump camel saddles 2.229357 and 2.229471, and two LJ10-like energies 1e-4 apart with Hessian traces of thousands.
        double[] values = [2.229357, 2.229471, -28.4225, -28.4224, 2.229357 + 1e-12, -28.4224 - 1e-11];
        double[] moments = [3.0, 3.0, 8000, 8000, 3.0 + 1e-9, 8000 + 1e-5];
        var found = PointIdentity.Fingerprint().Identify(new StoredEndpoints(1, new double[6], values, moments));
        Assert.Equal([0, 1, 2, 3, 0, 3], found.Assignment.Labels);
        Assert.True(found.Margin.Factor > 2);
    }

    [Fact]
    public void The_spectrum_tells_apart_minima_of_equal_value()
    {
        var endpoints = new StoredEndpoints(1, new double[3], new double[] { -1, -1, -1 }, new double[] { 2, 4, 3, 5, 2, 4 });
        Assert.Equal([0, 1, 0], PointIdentity.Fingerprint().Identify(endpoints).Assignment.Labels);
    }

    [Fact]
    public void Turned_and_relabelled_clusters_of_atoms_are_one_minimum()
    {
        // A square with side 1, its copy turned by 45° and moved, and a rhombus of the same side.
        double h = Math.Sqrt(0.5), r = Math.Sqrt(0.75);
        double[] points = [0, 0, 1, 0, 0, 1, 1, 1, 5, 5 + h, 5 + h, 5, 5, 5 - h, 5 - h, 5, 0, 0, 1, 0, 0.5, r, 1.5, r];
        var endpoints = new StoredEndpoints(8, points, new double[3]);
        Assert.Equal([0, 0, 1], PointIdentity.Modulo(new RigidMotions(2)).Identify(endpoints).Assignment.Labels);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PointIdentity.Location(0));
        Assert.Throws<ArgumentException>(() => new StoredEndpoints(2, new double[3], new double[2]));
        Assert.Throws<ArgumentException>(() => new StoredEndpoints(1, new double[2], new double[2], new double[3]));
        Assert.Throws<ArgumentException>(() => PointIdentity.Fingerprint().Identify(new StoredEndpoints(1, new double[1], new[] { double.NaN })));
    }
}
