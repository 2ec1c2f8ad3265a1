namespace LandscapeGpu.Tests.Surveys;

public class HessianDensityTests
{
    private static readonly Objective Chain = Catalogue.Find("rosenbrock").Create(60);

    [Theory]
    [InlineData("lanes")]
    [InlineData("reference")]
    public void The_mean_is_the_trace_and_every_eigenvalue_is_inside(string device)
    {
        var points = Points(3);
        var hessians = new LaneDifferentiator(Chain, new LaneDevice(1)).Hessians([.. points.SelectMany(p => p)]);
        var densities = new HessianDensity { Device = device, Probes = 20, Steps = 15 }.At(Chain, points);
        for (var k = 0; k < points.Length; k++)
        {
            var eigenvalues = SymmetricEigenvalues.Of(hessians.AsSpan(k * 3600, 3600), 60);
            var mean = densities[k].Mean(x => x);
            // Five standard errors: passed with probability 6e-7. Eigenvalues are in the thousands: 1e-6 are some roundings of the largest.
            Assert.InRange(eigenvalues.Average(), mean.Value - (5 * mean.StandardError), mean.Value + (5 * mean.StandardError));
            Assert.Equal(1, densities[k].Masses.Sum(m => m.Weight), 1e-12);
            Assert.All(densities[k].Masses, m => Assert.InRange(m.Eigenvalue, eigenvalues[0] - 1e-6, eigenvalues[^1] + 1e-6));
        }
    }

    [Fact]
    public void Kernels_find_what_lanes_find()
    {
        var points = Points(2);
        var asked = new HessianDensity { Probes = 3, Steps = 8, Seed = 5 };
        var lanes = (asked with { Device = "lanes" }).At(Chain, points);
        var kernels = (asked with { Device = "reference" }).At(Chain, points);
        foreach (var (a, b) in lanes.Zip(kernels))
        {
            Assert.Equal(a.Masses.Count, b.Masses.Count);
            // Eight steps: roundings have hardly grown.
            Assert.All(a.Masses.Zip(b.Masses), p => Assert.Equal(p.First.Eigenvalue, p.Second.Eigenvalue, 1e-9 * a.Masses[^1].Eigenvalue));
            Assert.All(a.Masses.Zip(b.Masses), p => Assert.Equal(p.First.Weight, p.Second.Weight, 1e-9));
        }
    }

    [Fact]
    public void What_it_cannot_do_it_says()
    {
        var density = new HessianDensity { Device = "lanes" };
        Assert.Contains("2 coordinates; rosenbrock has 60", Assert.Throws<ArgumentException>(() => density.At(Chain, [[1, 2]])).Message, StringComparison.Ordinal);
        Assert.Contains("away from surfaces", Assert.Throws<ArgumentException>(() => density.At(Catalogue.Find("thomson").Create(), [])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => (density with { Probes = 0 }).At(Chain, Points(1)));
        Assert.Empty(density.At(Chain, []));
    }

    private static double[][] Points(int count) => [.. Enumerable.Range(0, count).Select(k =>
    {
        var point = new double[60];
        Chain.DefaultStarts.Draw(1, k, point);
        return point;
    })];
}
