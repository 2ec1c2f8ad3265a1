namespace LandscapeGpu.Tests.Spectra;

public class LanczosTests
{
    [Theory]
    [InlineData(300, 60)]
    [InlineData(300, 30)]
    [InlineData(80, 120)]
    public void Extreme_eigenvalues_agree_with_a_dense_eigensolve(int n, int basis)
    {
        var a = Matrices.Random(new Random(n), n);
        var dense = SymmetricEigenvalues.Of(a, n);

        var found = Lanczos.Extremes(Matrices.Operator(a, n), n, new LanczosOptions { Lowest = 3, Highest = 4, BasisLimit = basis });

        Assert.True(found.Converged);
        // An eigenvalue is within the residual, at most twice 1e-10·‖A‖.
        var tolerance = 2e-10 * Matrices.Norm(dense);
        RequireClose(dense[..3], found.Lowest, tolerance);
        RequireClose(dense[^4..], found.Highest, tolerance);
        Assert.All(found.LowestResiduals.Concat(found.HighestResiduals), r => Assert.InRange(r, 0, tolerance));
    }

    [Fact]
    public void Copies_of_a_repeated_eigenvalue_are_found_by_looking_again()
    {
        const int N = 200;
        var a = Matrices.WithEigenvalues(new Random(1), [0, 0, 0, .. Enumerable.Range(1, N - 5).Select(i => 1 + 0.1 * i), 30, 30]);

        var found = Lanczos.Extremes(Matrices.Operator(a, N), N, new LanczosOptions { Lowest = 4, Highest = 3, BasisLimit = 40 });

        Assert.True(found.Converged);
        RequireClose([0, 0, 0, 1.1], found.Lowest, 1e-8); // 2e-10 of 30
        RequireClose([1 + 0.1 * (N - 5), 30, 30], found.Highest, 1e-8);
    }

    [Fact]
    public void Copies_are_found_even_where_all_other_eigenvalues_nearly_agree()
    {
        const int N = 400;
        double[] diagonal = [0, 0, .. Enumerable.Range(0, N - 2).Select(i => 5 + 1e-5 * i)];

        var found = Lanczos.Extremes(Times(diagonal), N, new LanczosOptions { Lowest = 2, Highest = 1, BasisLimit = 40, Tolerance = 1e-6 });

        RequireClose([0, 0], found.Lowest, 1e-5); // twice 1e-6 of 5
    }

    [Fact]
    public void Eigenvectors_belong_to_their_eigenvalues()
    {
        double[] diagonal = [.. Enumerable.Range(0, 500).Select(i => (double)i * i)];

        var found = Lanczos.Extremes(Times(diagonal), 500);

        Assert.Equal(1, Math.Abs(found.HighestVectors[0][499]), 1e-9); // an angle of residual/gap = 1e-10·250000/1000, squared
    }

    [Fact]
    public void The_zero_operator_and_the_identity_are_solved()
    {
        var zero = Lanczos.Extremes((_, result) => result.Clear(), 300, new LanczosOptions { Lowest = 2, Highest = 2 });
        var identity = Lanczos.Extremes((v, result) => v.CopyTo(result), 300, new LanczosOptions { Lowest = 2, Highest = 2 });

        Assert.True(zero.Converged && identity.Converged);
        RequireClose([0, 0, 0, 0], [.. zero.Lowest, .. zero.Highest], 0);
        RequireClose([1, 1, 1, 1], [.. identity.Lowest, .. identity.Highest], 1e-13); // a few roundings of sums of 300
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Small_operators_are_solved_completely(int n)
    {
        double[] diagonal = [.. Enumerable.Range(1, n).Select(i => (double)i)];

        var found = Lanczos.Extremes(Times(diagonal), n, new LanczosOptions { Lowest = 3, Highest = 3 });

        RequireClose(diagonal, [.. found.Lowest, .. found.Highest], 1e-13); // a few ε of 5
        Assert.True(Spectrum.OfExtremes(found).Complete);
    }

    [Fact]
    public void What_does_not_converge_is_said_and_its_residuals_are_true()
    {
        const int N = 400;
        var a = Matrices.Random(new Random(4), N);

        var found = Lanczos.Extremes(Matrices.Operator(a, N), N, new LanczosOptions { ProductLimit = 12 });

        Assert.False(found.Converged);
        var dense = SymmetricEigenvalues.Of(a, N);
        Assert.InRange(found.LowestResiduals[0], 0.01, Matrices.Norm(dense)); // twelve products cannot resolve 400 eigenvalues
        Assert.InRange(dense.Min(l => Math.Abs(l - found.Lowest[0])), 0, found.LowestResiduals[0]);
    }

    [Fact]
    public void An_operator_that_is_not_finite_does_not_converge()
    {
        var found = Lanczos.Extremes((_, result) => result.Fill(double.NaN), 200);

        Assert.False(found.Converged);
        Assert.InRange(found.Products, 1, 4);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        var a = Matrices.Operator(Matrices.Random(new Random(9), 150), 150);

        Assert.Equal(Lanczos.Extremes(a, 150).Lowest, Lanczos.Extremes(a, 150).Lowest);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_an_operator_that_is_not_finite_as_many_eigenvalues_are_no_numbers_as_were_asked_for(double entry)
    {
        double[] diagonal = [.. Enumerable.Range(0, 300).Select(i => i == 7 ? entry : i)];

        var found = Lanczos.Extremes(Times(diagonal), 300, new LanczosOptions { Lowest = 3, Highest = 2 });

        Assert.Equal((3, 2, false), (found.Lowest.Count(double.IsNaN), found.Highest.Count(double.IsNaN), found.Converged));
        Assert.Equal((3, 2), (found.LowestVectors.Count, found.HighestVectors.Count));
        Assert.False(Spectrum.OfExtremes(found).IsKnown);
    }

    [Fact]
    public void Misuse_is_a_clear_error()
    {
        SymmetricOperator zero = (_, result) => result.Clear();
        Assert.Contains("ask for at least one", Assert.Throws<ArgumentException>(() => Lanczos.Extremes(zero, 9, new LanczosOptions { Lowest = 0, Highest = 0 })).Message);
        Assert.Contains("allow at least 24", Assert.Throws<ArgumentException>(() => Lanczos.Extremes(zero, 99, new LanczosOptions { Lowest = 5, Highest = 5, BasisLimit = 20 })).Message);
    }

    internal static SymmetricOperator Times(double[] diagonal) => (v, result) =>
    {
        for (var i = 0; i < v.Length; i++)
        {
            result[i] = diagonal[i] * v[i];
        }
    };

    private static void RequireClose(double[] expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i], expected[i] - tolerance, expected[i] + tolerance);
        }
    }
}
