namespace LandscapeGpu.Tests.Spectra;

public class TraceAndDensityTests
{
    [Fact]
    public void The_trace_of_a_diagonal_matrix_is_exact_with_one_probe()
    {
        var estimate = TraceEstimate.Hutchinson(LanczosTests.Times([1, 2, 4, -8, 0.5]), 5, 1);

        Assert.Equal(-0.5, estimate.Value); // signs squared are 1, and these sums are exact
        Assert.Equal(double.NaN, estimate.StandardError);
    }

    [Fact]
    public void The_trace_is_within_its_error_and_the_error_is_of_the_right_size()
    {
        const int N = 100, Probes = 400;
        var a = Matrices.Random(new Random(6), N);
        var offDiagonal = Enumerable.Range(0, N * N).Where(k => k / N != k % N).Sum(k => a[k] * a[k]);
        var trace = Enumerable.Range(0, N).Sum(i => a[i * N + i]);

        var estimate = TraceEstimate.Hutchinson(Matrices.Operator(a, N), N, Probes, seed: 1);

        // Five standard errors: passed with probability 6e-7.
        Assert.InRange(estimate.Value, trace - 5 * estimate.StandardError, trace + 5 * estimate.StandardError);
        // The deviation of 400 probes is known to 1/√800 = 3.5%; five times that.
        Assert.InRange(estimate.StandardError / Math.Sqrt(2 * offDiagonal / Probes), 0.82, 1.18);
    }

    [Fact]
    public void Probes_of_signs_are_balanced_and_unlike_each_other()
    {
        const int N = 10_000;
        var (z, y) = (new double[N], new double[N]);
        Probe.Signs(3, 0, z);
        Probe.Signs(3, 1, y);

        Assert.All(z, s => Assert.Equal(1, Math.Abs(s)));
        // Sums of 10,000 independent signs have deviation 100: six of them are passed with probability 2e-9.
        Assert.InRange(z.Sum(), -600, 600);
        Assert.InRange(z.Zip(y, (a, b) => a * b).Sum(), -600, 600);
        Assert.InRange(z.Zip(z.Skip(64), (a, b) => a * b).Sum(), -600, 600);
    }

    [Fact]
    public void Weights_of_one_probe_are_its_squared_components_along_the_eigenvectors()
    {
        const int N = 12;
        var a = Matrices.Random(new Random(8), N);
        var dense = SymmetricEigenvalues.Decompose(a, N);
        var z = new double[N];
        Probe.Signs(2, 0, z);

        // As many steps as rows: the quadrature is the whole measure.
        var masses = SpectralDensity.Estimate(Matrices.Operator(a, N), N, probes: 1, steps: N, seed: 2).Masses;

        for (var k = 0; k < N; k++)
        {
            var along = z.Zip(dense.Vector(k).ToArray(), (x, y) => x * y).Sum();
            Assert.Equal(dense.Eigenvalues[k], masses[k].Eigenvalue, 1e-12); // hundreds of ε
            Assert.Equal(along * along / N, masses[k].Weight, 1e-10); // vectors are less certain by 1/gap, at most 100 here
        }
    }

    [Fact]
    public void The_density_has_the_moments_and_shares_of_the_dense_spectrum()
    {
        const int N = 300;
        var a = Matrices.Random(new Random(5), N);
        var dense = SymmetricEigenvalues.Of(a, N);

        var density = SpectralDensity.Estimate(Matrices.Operator(a, N), N, probes: 30, steps: 50);

        Assert.Equal(1, density.Masses.Sum(m => m.Weight), 1e-12); // squares of unit vectors, 1500 roundings
        foreach (var power in new[] { 1, 2, 4 })
        {
            RequireWithin(density.Mean(l => Math.Pow(l, power)), dense.Average(l => Math.Pow(l, power)), 0);
        }
        // A quadrature of 50 nodes resolves a share to about one node's weight, 1/50.
        RequireWithin(density.ShareUpTo(4), dense.Count(l => l <= 4) / (double)N, 0.02);
        var smooth = dense.Average(l => Math.Exp(-0.5 * (l - 3) * (l - 3)) / Math.Sqrt(2 * Math.PI));
        Assert.Equal(smooth, density.At(3, 1), 0.1 * smooth); // 30 probes of 300 signs: about 1/√9000 = 1%
    }

    [Fact]
    public void A_density_ends_early_where_the_subspace_is_invariant()
    {
        var density = SpectralDensity.Estimate((v, result) => v.CopyTo(result), 50, probes: 3, steps: 20);

        Assert.Equal(3, density.Products);
        Assert.All(density.Masses, m => Assert.Equal(1, m.Eigenvalue, 1e-13)); // a few ε
    }

    /// <summary>Five standard errors, passed with probability 6e-7, and what the quadrature may add.</summary>
    private static void RequireWithin(TraceEstimate estimate, double expected, double quadrature)
    {
        var margin = 5 * estimate.StandardError + quadrature;
        Assert.InRange(estimate.Value, expected - margin, expected + margin);
    }
}
