using LandscapeGpu.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace LandscapeGpu.Tests.Spectra;

public class BatchEigenvaluesTests
{
    // Both eigensolvers are backward stable to a few n·ε·‖A‖: 1e-14 for n = 40. This leaves a hundredfold.
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Kinds => ["random", "repeated", "clustered", "low rank", "diagonal", "graded", "huge", "tiny", "tridiagonal", "blocks"];

    [Theory, MemberData(nameof(Kinds))]
    public void A_batch_agrees_with_a_dense_eigensolver_for_every_size(string kind)
    {
        var random = new Random(7);
        for (var n = 1; n <= 40; n += n < 12 ? 1 : 7)
        {
            // 19 is no multiple of any number of lanes.
            var matrices = Enumerable.Range(0, 19).Select(_ => Make(kind, random, n)).ToArray();
            var actual = Batch(matrices, n);
            for (var m = 0; m < matrices.Length; m++)
            {
                var expected = Dense(matrices[m], n);
                RequireClose(expected, actual[m], Tolerance * Matrices.Norm(expected));
            }
        }
    }

    [Fact]
    public void Eigenvalues_that_are_known_beforehand_are_found()
    {
        var random = new Random(3);
        double[] known = [-4, -1, -1, -1, 0, 0, 1e-9, 2, 2, 2 + 1e-9, 5, 1e3];
        var matrices = Enumerable.Range(0, 21).Select(_ => Matrices.WithEigenvalues(random, known)).ToArray();

        foreach (var actual in Batch(matrices, known.Length))
        {
            RequireClose(known, actual, Tolerance * 1e3);
        }
    }

    [Fact]
    public void Zero_matrices_have_zero_eigenvalues()
    {
        var eigenvalues = new double[5 * 7];
        Array.Fill(eigenvalues, 1);

        SymmetricEigenvalues.Batch(new double[5 * 7 * 7], 7, 5, eigenvalues);

        Assert.All(eigenvalues, l => Assert.Equal(0, l));
    }

    [Fact]
    public void Diagonal_matrices_give_their_entries_exactly_and_sorted()
    {
        double[] entries = [3, -1e-200, 1e12, 0.1, -7, 0.1];

        var actual = Batch([Matrices.Diagonal(entries)], 6)[0];

        // Scaling by a power of two is exact; only -1e-200 is below an ulp of the largest.
        Assert.Equal(entries.Order(), actual);
    }

    [Fact]
    public unsafe void Eigenvalues_are_the_same_bits_at_any_width_on_any_threads_and_in_any_lane()
    {
        const int N = 9, Count = 301;
        var random = new Random(11);
        var matrices = Enumerable.Range(0, Count).SelectMany(m => Make(m % 3 == 0 ? "repeated" : "random", random, N)).ToArray();
        var expected = new double[Count * N];
        SymmetricEigenvalues.Batch(matrices, N, Count, expected, threads: 1);

        var actual = new double[Count * N];
        SymmetricEigenvalues.Batch(matrices, N, Count, actual, threads: 3);
        Assert.Equal(expected, actual);

        fixed (double* source = matrices)
        fixed (double* target = actual)
        {
            BatchEigenvalues.Solve<Lanes128>(source, N, Count, target, 1);
            Assert.Equal(expected, actual);
            BatchEigenvalues.Solve<Lanes256>(source, N, Count, target, 2);
            Assert.Equal(expected, actual);
            BatchEigenvalues.Solve<Lanes512>(source, N, Count, target, 2);
            Assert.Equal(expected, actual);
        }

        SymmetricEigenvalues.Batch(matrices.AsSpan(5 * N * N), N, Count - 5, actual.AsSpan(5 * N));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_matrix_that_is_not_finite_has_no_eigenvalues_and_leaves_its_neighbours_alone()
    {
        var random = new Random(5);
        var matrices = Enumerable.Range(0, 9).Select(_ => Matrices.Random(random, 4)).ToArray();
        var clean = Batch(matrices, 4);
        matrices[2][5] = double.NaN;
        matrices[6][0] = double.NegativeInfinity;

        var actual = Batch(matrices, 4);

        for (var m = 0; m < 9; m++)
        {
            Assert.Equal(m is 2 or 6 ? Enumerable.Repeat(double.NaN, 4) : clean[m], actual[m]);
        }

        Assert.All(SymmetricEigenvalues.Of(matrices[2], 4), l => Assert.Equal(double.NaN, l));
    }

    [Fact]
    public void An_unsymmetric_matrix_stands_for_its_symmetric_part()
    {
        // The symmetric part is [[0, 1], [1, 0]].
        Assert.Equal([-1.0, 1.0], Batch([[0, 2, 0, 0]], 2)[0]);
        Assert.Equal([-1.0, 1.0], SymmetricEigenvalues.Of([0, 2, 0, 0], 2).Select(l => Math.Round(l, 14)));
    }

    [Fact]
    public void Eigenvectors_are_orthonormal_and_rebuild_the_matrix()
    {
        const int N = 17;
        var a = Make("repeated", new Random(2), N);

        var solved = SymmetricEigenvalues.Decompose(a, N);

        for (var i = 0; i < N; i++)
        {
            for (var j = 0; j < N; j++)
            {
                var (inner, rebuilt) = (0.0, 0.0);
                for (var k = 0; k < N; k++)
                {
                    inner += solved.Vector(i)[k] * solved.Vector(j)[k];
                    rebuilt += solved.Eigenvalues[k] * solved.Vector(k)[i] * solved.Vector(k)[j];
                }

                // Sums of 17 products of a backward stable solution: a few tens of ε, a hundredfold allowed.
                Assert.Equal(i == j ? 1 : 0, inner, 1e-12);
                Assert.Equal(a[i * N + j], rebuilt, Tolerance * Matrices.Norm(solved.Eigenvalues));
            }
        }
    }

    [Fact]
    public void Spans_of_the_wrong_length_are_a_clear_error()
    {
        Assert.Contains("3 matrices of 2 x 2 have 12 entries; 11 were given",
            Assert.Throws<ArgumentException>(() => SymmetricEigenvalues.Batch(new double[11], 2, 3, new double[6])).Message);
        Assert.Contains("3 matrices of 2 rows have 6 eigenvalues; the span has room for 5",
            Assert.Throws<ArgumentException>(() => SymmetricEigenvalues.Batch(new double[12], 2, 3, new double[5])).Message);
        SymmetricEigenvalues.Batch([], 4, 0, []);
        SymmetricEigenvalues.Batch([], 0, 4, []);
    }

    private static double[][] Batch(double[][] matrices, int n)
    {
        var eigenvalues = new double[matrices.Length * n];
        SymmetricEigenvalues.Batch(matrices.SelectMany(a => a).ToArray(), n, matrices.Length, eigenvalues);
        return [.. eigenvalues.Chunk(n)];
    }

    /// <summary>An oracle of its own: nothing of what is tested is in it.</summary>
    private static double[] Dense(double[] a, int n) =>
        [.. new DenseMatrix(n, n, (double[])a.Clone()).Evd(Symmetricity.Symmetric).EigenValues.Select(l => l.Real).Order()];

    private static void RequireClose(double[] expected, double[] actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i], expected[i] - tolerance, expected[i] + tolerance);
        }
    }

    private static double[] Make(string kind, Random random, int n)
    {
        double[] Of(Func<int, double> eigenvalue) => Matrices.WithEigenvalues(random, [.. Enumerable.Range(0, n).Select(eigenvalue)]);
        double[] Masked(Func<int, int, double> factor) => [.. Matrices.Random(random, n).Select((x, k) => x * factor(k / n, k % n))];
        return kind switch
        {
            "random" => Matrices.Random(random, n),
            "repeated" => Of(i => i % 3 - 1),
            "clustered" => Of(i => 1 + 1e-10 * i),
            "low rank" => Of(i => i < 2 ? 1 + i : 0),
            "diagonal" => Matrices.Diagonal([.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)]),
            "graded" => Masked((i, j) => Math.Pow(10, 12 - 24.0 * (i + j) / Math.Max(1, 2 * n - 2))),
            "huge" => Matrices.Random(random, n, 1e12),
            "tiny" => Matrices.Random(random, n, 1e-12),
            "tridiagonal" => Masked((i, j) => Math.Abs(i - j) < 2 ? 1 : 0),
            "blocks" => Masked((i, j) => i / 3 == j / 3 ? 1 : 0),
            _ => throw new ArgumentException(kind),
        };
    }
}
