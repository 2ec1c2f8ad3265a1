using System.Collections.Concurrent;
using LandscapeGpu.Spectra;

namespace LandscapeGpu.Objectives.Catalogue;

/// <summary>The expected number of stationary points of a random form of order p on the sphere in ℝᵈ, by the formula of Kac and Rice.</summary>
/// <remarks>
/// E N_k = 2√(2/p)·(p − 1)^(d/2)·E exp(−d(p − 2)/(2p)·λ_k²) for isotropic normal forms, with λ₀ ≤ λ₁ ≤ … the eigenvalues of a matrix of the Gaussian orthogonal
/// ensemble with E Mᵢⱼ² = (1 + δᵢⱼ)/(2d). Auffinger, Ben Arous and Černý (2013), Random matrices and complexity of spin glasses, theorem 2.1. The
/// expectation over matrices is a mean over many.
/// </remarks>
internal static class KacRice
{
    // A standard error below half a percent of a count.
    private const int Matrices = 20_000;

    // It depends on d and p alone, and is asked for of every data set and for two constants.
    private static readonly ConcurrentDictionary<(int Dimension, int Order), double[]> Known = new();

    /// <summary>E N_k for k = 0 (minima) … d − 1, the indices on a sphere of dimension d − 1.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static double[] Expected(int d, int p, CancellationToken stop = default) => Known.GetOrAdd((d, p), _ => Computed(d, p, stop));

    private static double[] Computed(int d, int p, CancellationToken stop)
    {
        var (sums, numbers) = (new double[d], new GeneratedNumbers(1, 0));
        var (matrix, share) = (new double[d * d], (double)d * (p - 2) / (2 * p));
        for (var m = 0; m < Matrices; m++)
        {
            stop.ThrowIfCancellationRequested();
            for (var i = 0; i < d; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    matrix[(i * d) + j] = matrix[(j * d) + i] = numbers.Normal(m, (i * d) + j) * Math.Sqrt((i == j ? 2 : 1) / (2.0 * d));
                }
            }

            var values = SymmetricEigenvalues.Of(matrix, d);
            for (var k = 0; k < d; k++)
            {
                sums[k] += Math.Exp(-share * values[k] * values[k]);
            }
        }

        var factor = 2 * Math.Sqrt(2.0 / p) * Math.Pow(p - 1, d / 2.0) / Matrices;
        return [.. sums.Select(s => factor * s)];
    }
}
