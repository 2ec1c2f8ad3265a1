using LandscapeGpu.Spectra;

namespace LandscapeGpu.Tests.Spectra;

public class LargeEigenvaluesTests
{
    [Theory]
    [InlineData(257, 1.0)]
    [InlineData(300, 1e200)]
    [InlineData(401, 1e-200)]
    public void Eigenvalues_of_some_hundred_rows_are_those_that_the_matrix_was_made_of(int n, double scale)
    {
        // Q diag(λ) Qᵀ by three reflections; with eigenvalues that come often, and zeros.
        double[] known = [.. Enumerable.Range(0, n).Select(i => i % 5 == 0 ? 0 : i % 7 == 0 ? -2.5 : Math.Sin(i * 0.37) * Math.Pow(10, -(i % 9))).Order()];
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            matrix[(i * n) + i] = known[i] * scale;
        }

        for (var k = 1; k <= 3; k++)
        {
            double[] w = [.. Enumerable.Range(0, n).Select(i => Math.Cos((i * k) + 1.0))];
            var square = w.Sum(e => e * e);
            double[] Reflected(Func<int, int, double> at) => [.. Enumerable.Range(0, n).SelectMany(i =>
            {
                var along = Enumerable.Range(0, n).Sum(j => at(i, j) * w[j]);
                return Enumerable.Range(0, n).Select(j => at(i, j) - (2 * along * w[j] / square));
            })];
            var half = Reflected((i, j) => matrix[(i * n) + j]);
            matrix = Reflected((i, j) => half[(j * n) + i]);
        }

        var found = SymmetricEigenvalues.Of(matrix, n);
        // Errors are relative to the largest eigenvalue; building the matrix rounds as well.
        Assert.All(known.Zip(found), p => Assert.Equal(p.First, p.Second / scale, 1e-13 * n));
    }

    [Fact]
    public void Pairs_of_equal_eigenvalues_that_entries_grow_to_converge()
    {
        // States of a ring of rotors that is turned w times: 2cos(2πw/n)·(1 − cos(2πk/n)), all but two of them twice.
        for (var n = 6; n <= 14; n++)
        {
            foreach (var (w, exponent) in Enumerable.Range(0, n).SelectMany(w => Enumerable.Range(-20, 41).Select(e => (w, e))))
            {
                var (a, coupling) = (new double[n * n], Math.Cos(2 * Math.PI * w / n) * Math.Pow(10, exponent));
                for (var i = 0; i < n; i++)
                {
                    var next = (i + 1) % n;
                    a[(i * n) + i] += 2 * coupling;
                    a[(i * n) + next] -= coupling;
                    a[(next * n) + i] -= coupling;
                }

                double[] known = [.. Enumerable.Range(0, n).Select(k => 2 * coupling * (1 - Math.Cos(2 * Math.PI * k / n))).Order()];
                var batch = new double[n];
                SymmetricEigenvalues.Batch(a, n, 1, batch, 1);
                // A small multiple of n·ε·‖A‖.
                Assert.All(known.Zip(SymmetricEigenvalues.Of(a, n)), p => Assert.Equal(p.First, p.Second, 4e-15 * n * Math.Abs(coupling)));
                Assert.All(known.Zip(batch), p => Assert.Equal(p.First, p.Second, 4e-15 * n * Math.Abs(coupling)));
            }
        }
    }

    [Fact]
    public void Matrices_that_are_zero_diagonal_or_not_finite_are_what_they_are()
    {
        const int N = 300;
        Assert.All(SymmetricEigenvalues.Of(new double[N * N], N), v => Assert.Equal(0, v));
        var diagonal = new double[N * N];
        for (var i = 0; i < N; i++)
        {
            diagonal[(i * N) + i] = N - i;
        }

        Assert.Equal(Enumerable.Range(1, N).Select(i => (double)i), SymmetricEigenvalues.Of(diagonal, N));
        diagonal[7] = double.NaN;
        Assert.All(SymmetricEigenvalues.Of(diagonal, N), v => Assert.True(double.IsNaN(v)));
    }
}
