namespace LandscapeGpu.Tests.Surveys;

/// <summary>Stationary points on Stiefel manifolds and orthogonal groups that are known in closed form.</summary>
public sealed class StiefelTests
{
    [Theory]
    [InlineData(4, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 1)]
    public void Brockett_has_the_orders_of_eigenvectors_as_stationary_points_with_the_spectra_of_the_formula(int n, int p)
    {
        var objective = Catalogue.Find("brockett").Create(null, Settings(("n", n), ("p", p)));
        var found = SaddleSearch.Run(objective, new() { Starts = 3_000 });

        var orders = Orders(n, p).ToList();
        Assert.Equal(orders.Count << p, found.Points.Count);
        Assert.Equal(1 << p, found.OfIndex(0));
        Assert.Equal(EulerVerdict.Satisfied, found.Euler.Verdict);
        // Each order of p eigenvalues has a spectrum of its own, met at its 2ᵖ signs; polished points have it to rounding.
        var expected = orders.SelectMany(o => Enumerable.Repeat(Spectrum(o, n, p), 1 << p)).Order(Lexicographic).ToList();
        foreach (var (spectrum, point) in expected.Zip(found.Points.OrderBy(f => f.Eigenvalues.Select(e => Math.Round(e, 6)).ToArray(), Lexicographic)))
        {
            Assert.Equal(spectrum.Length, point.Eigenvalues.Count);
            Assert.All(spectrum.Zip(point.Eigenvalues), e => Assert.Equal(e.First, e.Second, 1e-9));
        }
    }

    [Fact]
    public void A_survey_of_brockett_finds_the_leading_eigenvectors_in_order()
    {
        var objective = Catalogue.Find("brockett").Create();
        var found = Survey.Run(objective, new() { Restarts = 500 });

        Assert.Equal(4, found.Minima.Count);
        Assert.All(found.Minima, m => Assert.Equal(objective.Known.GlobalValue!.Value, m.Value, 1e-12));
        Assert.Contains(found.Minima, m => m.Point.Zip(objective.Known.Points[0], (a, b) => Math.Abs(a - b)).Max() < 1e-9);
        Assert.All(found.Minima, m => Assert.InRange(objective.Region.Violation([.. m.Point]), 0, 2e-15));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_procrustes_problem_has_a_stationary_point_for_each_choice_of_signs_and_a_minimum_in_each_component(int n)
    {
        var objective = Catalogue.Find("procrustes").Create(null, Settings(("n", n)));
        var found = SaddleSearch.Run(objective, new() { Starts = 1_000 });

        Assert.Equal(1 << n, found.Points.Count);
        Assert.Equal(EulerVerdict.Satisfied, found.Euler.Verdict);
        Assert.Equal([-n * (n + 1) / 2.0, (-n * (n + 1) / 2.0) + 2], found.Points.Where(q => q.Index == 0).Select(q => Math.Round(q.Value, 9)));
        // In the plane of directions i, j the curvature is (sᵢσᵢ + sⱼσⱼ)/2, s the signs and σ = n, …, 1.
        var spectra = Enumerable.Range(0, 1 << n).Select(bits =>
        {
            double[] signed = [.. Enumerable.Range(0, n).Select(i => ((bits >> i) & 1) == 0 ? n - i : i - n)];
            return (double[])[.. Enumerable.Range(0, n).SelectMany(i => Enumerable.Range(0, i).Select(j => (signed[i] + signed[j]) / 2)).Order()];
        }).Order(Lexicographic);
        var seen = found.Points.Select(q => (double[])[.. q.Eigenvalues]).OrderBy(e => e.Select(v => Math.Round(v, 6)).ToArray(), Lexicographic);
        Assert.All(spectra.Zip(seen), pair => Assert.All(pair.First.Zip(pair.Second), e => Assert.Equal(e.First, e.Second, 1e-9)));
    }

    private static Dictionary<string, double> Settings(params (string Name, double Value)[] settings) => settings.ToDictionary(s => s.Name, s => s.Value);

    /// <summary>All ways to choose p of the n eigenvalues n, …, 1 in order.</summary>
    private static IEnumerable<int[]> Orders(int n, int p) => p == 0
        ? [[]]
        : Orders(n, p - 1).SelectMany(o => Enumerable.Range(1, n).Where(e => !o.Contains(e)).Select(e => (int[])[.. o, e]));

    /// <summary>(λₐ − λ_b)(μₐ − μ_b) for each pair of the frame, 2μₐ(λₐ − λⱼ) for each eigenvalue outside.</summary>
    private static double[] Spectrum(int[] order, int n, int p)
    {
        var weights = Enumerable.Range(0, p).Select(k => p - k).ToArray();
        var inside = Enumerable.Range(0, p).SelectMany(a => Enumerable.Range(0, a).Select(b => (double)((order[a] - order[b]) * (weights[a] - weights[b]))));
        var outside = Enumerable.Range(0, p).SelectMany(a => Enumerable.Range(1, n).Where(e => !order.Contains(e)).Select(e => 2.0 * weights[a] * (order[a] - e)));
        return [.. inside.Concat(outside).Order()];
    }

    private static readonly Comparer<double[]> Lexicographic = Comparer<double[]>.Create((a, b) =>
        a.Zip(b, (x, y) => x.CompareTo(y)).FirstOrDefault(c => c != 0));
}
