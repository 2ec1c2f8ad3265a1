using LandscapeGpu.Kernels;

namespace LandscapeGpu.Polish;

/// <summary>Solves (H + σI) p = b by Cholesky's factors, with the least σ of a sequence that makes the matrix clearly positive definite.</summary>
/// <remarks>
/// Nocedal and Wright (2006), Numerical Optimization, algorithm 3.3. Where H is singular along a manifold of minima, its negative eigenvalues near
/// it, and with them σ, shrink with the gradient, and convergence stays quadratic: Fan and Yuan (2005), Computing 74, 23.
/// </remarks>
internal static class ShiftedFactorisation
{
    /// <param name="h">d·d entries, row by row, of which the lower triangle is read; unchanged.</param>
    /// <param name="b">The right side; overwritten by p, with NaN where h is not finite.</param>
    /// <param name="d">The number of coordinates.</param>
    public static void Solve(ReadOnlySpan<double> h, Span<double> b, int d)
    {
        var (largest, steepest) = (Largest(h, d), 0.0);
        foreach (var e in b)
        {
            steepest = Math.Max(steepest, Math.Abs(e));
        }

        // Of a Hessian of zeros the step is along the gradient, as long as the longest that is tried.
        var factor = new double[d * d];
        for (var shift = Stationarity.HalfTheDigits * (largest > 0 ? largest : steepest > 0 ? steepest : 1); !TryFactor(h, shift, factor, d); shift *= 4)
        {
            if (!double.IsFinite(shift))
            {
                b.Fill(double.NaN);
                return;
            }
        }

        Substitute(factor, b, d);
    }

    /// <summary>The largest |Hᵢᵢ|.</summary>
    public static double Largest(ReadOnlySpan<double> h, int d)
    {
        var largest = 0.0;
        for (var i = 0; i < d; i++)
        {
            largest = Math.Max(largest, Math.Abs(h[(i * d) + i]));
        }

        return largest;
    }

    /// <summary>Solves with Cholesky's factor; the right side is overwritten.</summary>
    public static void Substitute(ReadOnlySpan<double> factor, Span<double> b, int d)
    {
        for (var i = 0; i < d; i++)
        {
            for (var k = 0; k < i; k++) b[i] -= factor[(i * d) + k] * b[k];
            b[i] /= factor[(i * d) + i];
        }

        for (var i = d - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < d; k++) b[i] -= factor[(k * d) + i] * b[k];
            b[i] /= factor[(i * d) + i];
        }
    }

    /// <summary>Cholesky's factor of H + σI; false where that is not clearly positive definite.</summary>
    public static bool TryFactor(ReadOnlySpan<double> h, double shift, double[] factor, int d)
    {
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = h[(i * d) + j] + (i == j ? shift : 0);
                for (var k = 0; k < j; k++) sum -= factor[(i * d) + k] * factor[(j * d) + k];
                if (i != j)
                {
                    factor[(i * d) + j] = sum / factor[(j * d) + j];
                }
                else if (sum > 0 && sum >= 0.1 * Math.Abs(shift))
                {
                    factor[(i * d) + i] = Math.Sqrt(sum);
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }
}
