using System.Runtime.CompilerServices;

namespace LandscapeGpu.Kernels;

/// <summary>Cholesky's factors of H + σI.</summary>
/// <remarks>
/// J. Nocedal, S. Wright: Numerical Optimization (2nd edition, 2006), algorithm 3.3. Where H is singular along a manifold of minima, its negative
/// eigenvalues near it, and with them the least σ, shrink with the gradient, and convergence stays quadratic: Fan and Yuan (2005), Computing 74, 23.
/// </remarks>
/// <param name="h">d × d entries, row by row, of which the upper triangle is read; unchanged.</param>
/// <param name="factor">d × d entries, of which the lower triangle is written: the same as h where memory is dear.</param>
/// <param name="pivots">d entries: the factor's diagonal.</param>
/// <param name="d">The number of coordinates.</param>
public readonly struct ShiftedFactors<TEntries>(TEntries h, TEntries factor, TEntries pivots, int d)
    where TEntries : struct, IEntries<Scalar, TEntries>
{
    // A pivot that is less of the shift than this is what rounding left of none.
    private const double LeastShare = 0.1;

    private const double LeastShift = 2.2250738585072014e-308;

    private readonly TEntries h = h;
    private readonly TEntries factor = factor;
    private readonly TEntries pivots = pivots;
    private readonly int d = d;

    /// <summary>Solves (H + σI) p = b with the least σ of a sequence that makes the matrix clearly positive definite; b is overwritten by p, with NaN where H is not finite.</summary>
    public void Solve(TEntries b)
    {
        double shift = Stationarity.HalfTheDigits * RaisedFactors<Scalar, TEntries>.Largest(h, b, d);
        while (NewtonPoint.IsFinite(shift) && !TryFactor(shift))
        {
            // Of nearly the least numbers there are the first shift is none.
            shift = shift > 0 ? 4 * shift : LeastShift;
        }

        if (NewtonPoint.IsFinite(shift))
        {
            Substitute(b);
            return;
        }

        for (var i = 0; i < d; i++)
        {
            b.Set(i, double.NaN);
        }
    }

    /// <summary>Factors H + σI; false where that is not clearly positive definite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFactor(double shift)
    {
        for (var i = 0; i < d; i++)
        {
            var row = factor.From(i * d);
            for (var j = 0; j <= i; j++)
            {
                var other = factor.From(j * d);
                double sum = h[(j * d) + i];
                sum += i == j ? shift : 0;
                for (var k = 0; k < j; k++)
                {
                    sum -= row[k] * other[k];
                }

                if (i != j)
                {
                    row.Set(j, sum / pivots[j]);
                }
                else if (sum > 0 && sum >= LeastShare * Math.Abs(shift))
                {
                    pivots.Set(i, Math.Sqrt(sum));
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether of each of H's diagonal entries more than a share is left in its pivot: what has lost the rest to the rows above it is as good as zero.</summary>
    public bool AreClear(double share)
    {
        for (var i = 0; i < d; i++)
        {
            double pivot = pivots[i], whole = h[(i * d) + i];
            if (!(pivot * pivot > share * whole))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Solves with the factors; the right side is overwritten.</summary>
    public void Substitute(TEntries b)
    {
        for (var i = 0; i < d; i++)
        {
            double sum = b[i];
            for (var k = 0; k < i; k++)
            {
                sum -= factor[(i * d) + k] * b[k];
            }

            b.Set(i, sum / pivots[i]);
        }

        for (var i = d - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (var k = i + 1; k < d; k++)
            {
                sum -= factor[(k * d) + i] * b[k];
            }

            b.Set(i, sum / pivots[i]);
        }
    }
}
