using LandscapeGpu.Spectra;

namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>Assumption 4.3, Theorems 4.4 and 4.5 and Claims 1p and 2p for a matrix zzᵀ of which a part Ω of the entries is seen.</summary>
/// <remarks>
/// Everything is told for ‖z‖ = 1, and of entries without noise: with noise the claims promise nothing, and have no bound. With W = 1_Ω/p − 1 and a = u∘v, (4.9) is aᵀWa; such a are all vectors with ‖a‖₁ ≤ 1 and ‖a‖∞ ≤ c = 4μ²/d. So its supremum is that of a
/// quadratic form over a polytope: at least what Frank and Wolfe's method comes to from many starts, at most c‖W‖, since ‖a‖₂² ≤ ‖a‖₁‖a‖∞.
/// </remarks>
internal sealed class MatrixCompletionTheory(double[] z, double[,] mask, double p, bool isNoisy = false)
{
    private const int Starts = 64;
    private const int MostSteps = 200;

    private readonly double norm = Math.Sqrt(z.Sum(c => c * c));

    /// <summary>μ = √d ‖z‖∞/‖z‖: 1 for a vector of signs, √d for e_j.</summary>
    public double Incoherence => Math.Sqrt(z.Length) * z.Max(Math.Abs) / norm;

    public Theory Theory
    {
        get
        {
            double? least = null, most = null;
            double AtLeast(CancellationToken stop) => least ??= Least(stop);
            double AtMost(CancellationToken stop) => most ??= Most();
            Func<CancellationToken, double>? Promised(Func<CancellationToken, double> bound) => isNoisy ? null : bound;
            return new()
            {
                Source = $"Ma (2021), assumption 4.3, (4.9), theorem 4.4, claims 1p and 2p, for ‖z‖ = 1{(isNoisy ? "; the claims are about entries without noise, and bound nothing here" : "")}",
                Constants =
                [
                    new("μ") { Value = _ => Incoherence },
                    new("p") { Value = _ => p },
                    new("ε of (4.9), at least") { Value = AtLeast, Role = TheoryRole.Power },
                    new("at most") { Value = AtMost },
                ],
                Measures =
                [
                    new("Claim 1p, ‖x‖⁴ − ⟨x, z⟩²", TheoryPoints.Stationary, x => Square(Square(x)) - Math.Pow(Along(x), 2)) { Bound = Promised(AtLeast), Widest = Promised(AtMost), Scale = 1 },
                    new("Claim 2p, ‖x‖² where ∇²f ⪰ 0", TheoryPoints.Minima, Square)
                    {
                        IsFromBelow = true,
                        Bound = Promised(stop => (1 - AtLeast(stop)) / 3),
                        Widest = Promised(stop => (1 - AtMost(stop)) / 3),
                        Scale = 1,
                    },
                    new("Theorem 4.4, distance to ±z", TheoryPoints.Minima, Distance) { IsPower = true },
                    // Where ε is 0, as of a matrix that is seen whole, there is nothing to take a share of.
                    new("distance/√ε", TheoryPoints.Minima, x => AtLeast(CancellationToken.None) is > 0 and var epsilon ? Distance(x) / Math.Sqrt(epsilon) : double.NaN),
                ],
            };
        }
    }

    private double Square(IReadOnlyList<double> x) => x.Sum(c => c * c) / (norm * norm);

    private static double Square(double number) => number * number;

    private double Along(IReadOnlyList<double> x) => x.Select((c, i) => c * z[i]).Sum() / (norm * norm);

    private double Distance(IReadOnlyList<double> x)
    {
        var distance = Math.Sqrt(Math.Max(0, Square(x) + 1 - (2 * Math.Abs(Along(x)))));
        // The square has lost half its digits where x is z.
        return distance <= 4 * Stationarity.HalfTheDigits ? 0 : distance;
    }

    /// <summary>c.</summary>
    private double Largest => 4 * Math.Pow(Incoherence, 2) / z.Length;

    /// <summary>c‖W‖.</summary>
    private double Most()
    {
        var eigenvalues = SymmetricEigenvalues.Of([.. Weights().Cast<double>()], z.Length);
        return Largest * Math.Max(Math.Abs(eigenvalues[0]), Math.Abs(eigenvalues[^1]));
    }

    private double[,] Weights() => GeneratedNumbers.Matrix(z.Length, z.Length, (i, j) => (mask[i, j] / p) - 1);

    /// <summary>The largest |aᵀWa| that Frank and Wolfe's method comes to.</summary>
    private double Least(CancellationToken stop)
    {
        var (w, d, best) = (Weights(), z.Length, 0.0);
        var numbers = new GeneratedNumbers(1, 0);
        for (var start = 0; start < Starts; start++)
        {
            foreach (var sign in new[] { 1, -1 })
            {
                var a = Vertex([.. Enumerable.Range(0, d).Select(i => numbers.Normal(start, i))]);
                var (wa, value) = (Times(w, a), 0.0);
                for (var step = 0; step < MostSteps; step++)
                {
                    stop.ThrowIfCancellationRequested();
                    value = sign * Dot(a, wa);
                    var b = Vertex([.. wa.Select(e => sign * e)]);
                    var wb = Times(w, b);
                    // Along a + t(b − a) the form is a parabola: its best t in [0, 1].
                    var (slope, bend) = (2 * sign * (Dot(b, wa) - Dot(a, wa)), sign * (Dot(b, wb) - (2 * Dot(b, wa)) + Dot(a, wa)));
                    var t = bend >= 0 ? 1 : Math.Min(1, -slope / (2 * bend));
                    if (!(slope + (t * bend) > Stationarity.HalfTheDigits * Math.Abs(value)))
                    {
                        break;
                    }

                    a = [.. a.Zip(b, (x, y) => x + (t * (y - x)))];
                    wa = [.. wa.Zip(wb, (x, y) => x + (t * (y - x)))];
                }

                best = Math.Max(best, value);
            }
        }

        return best;
    }

    /// <summary>The vertex of {‖a‖₁ ≤ 1, ‖a‖∞ ≤ c} that is farthest along g: c at its largest entries, as far as 1 goes.</summary>
    private double[] Vertex(double[] g)
    {
        var (a, left, c) = (new double[g.Length], 1.0, Largest);
        foreach (var i in Enumerable.Range(0, g.Length).OrderByDescending(i => Math.Abs(g[i])))
        {
            a[i] = Math.Sign(g[i]) * Math.Min(c, left);
            left -= Math.Abs(a[i]);
            if (left <= 0)
            {
                break;
            }
        }

        return a;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[] Times(double[,] w, double[] a)
    {
        var product = new double[a.Length];
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < a.Length; j++)
            {
                product[i] += w[i, j] * a[j];
            }
        }

        return product;
    }
}
