using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LandscapeGpu.Spectra;

/// <summary>All eigenvalues of one symmetric matrix of some hundred to thousand rows, without eigenvectors.</summary>
/// <remarks>
/// Householder's reduction to a tridiagonal matrix, each row updated by the last reflection and multiplied with the next in one pass over the lower triangle: what limits it is how
/// fast that is read. Then QL without square roots. G. Golub, C. Van Loan, Matrix Computations (4th edition, 2013), §8.3.1. Sums are taken in the same four parts on every machine.
/// </remarks>
internal static unsafe class LargeEigenvalues
{
    /// <summary>The n eigenvalues, ascending.</summary>
    /// <param name="matrix">n × n, row by row, of entries up to about 1; the lower triangle is overwritten.</param>
    /// <param name="n">Its rows.</param>
    public static double[] Of(double[] matrix, int n)
    {
        // The diagonal, then the squares beside it.
        var tridiagonal = new double[2 * n];
        var vectors = new double[4 * n];
        fixed (double* a = matrix, t = tridiagonal, v = vectors)
        {
            Reduce(a, n, t, v);
        }

        RationalQl<Scalar, ArrayEntries>.Solve(new(tridiagonal), new(-(n * (n + 1) / 2), n));
        return tridiagonal[..n];
    }

    private static void Reduce(double* a, int n, double* tridiagonal, double* vectors)
    {
        // A − u qᵀ − q uᵀ is due of the last reflection; v is the next, and p = A v.
        double* u = vectors, q = u + n, v = q + n, p = v + n;
        for (var k = n - 1; k > 0; k--)
        {
            var row = a + ((long)k * n);
            Update(row, u[k], q[k], u, q, v, 0, p, k + 1);
            tridiagonal[k] = row[k];
            var square = Inner.Product(new(row, k), new(row, k));
            tridiagonal[n + k - 1] = square;
            var isShort = square <= SymmetricPlaces.NegligibleSquare;
            var length = Math.Sqrt(square);
            for (var j = 0; j < k; j++)
            {
                v[j] = isShort ? 0 : row[j];
                p[j] = 0;
            }

            v[k - 1] += isShort ? 0 : Math.CopySign(length, row[k - 1]);
            for (var i = 0; i < k; i++)
            {
                row = a + ((long)i * n);
                var along = Update(row, u[i], q[i], u, q, v, v[i], p, i + 1);
                // The diagonal entry has been counted on both sides.
                p[i] += along - (row[i] * v[i]);
            }

            var half = length * (length + Math.Abs(a[((long)k * n) + k - 1]));
            if (!isShort)
            {
                Span<double> to = new(p, k);
                ReadOnlySpan<double> of = new(v, k);
                Inner.Scale(1 / half, to);
                Inner.Add(-Inner.Product(of, to) / (2 * half), of, to);
            }

            double* lastU = u, lastQ = q;
            u = v;
            q = p;
            v = lastU;
            p = lastQ;
        }

        tridiagonal[0] = a[0] - (2 * u[0] * q[0]);
    }

    /// <summary>row ← row − uᵢ q − qᵢ u, and p ← p + vᵢ·row; returns row · v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Update(double* row, double ui, double qi, double* u, double* q, double* v, double vi, double* p, int length)
    {
        var (minusU, minusQ, factor, parts) = (Vector256.Create(-ui), Vector256.Create(-qi), Vector256.Create(vi), Vector256<double>.Zero);
        var j = 0;
        for (; j + 4 <= length; j += 4)
        {
            var r = Vector256.FusedMultiplyAdd(minusU, Vector256.Load(q + j), Vector256.FusedMultiplyAdd(minusQ, Vector256.Load(u + j), Vector256.Load(row + j)));
            r.Store(row + j);
            parts = Vector256.FusedMultiplyAdd(r, Vector256.Load(v + j), parts);
            Vector256.FusedMultiplyAdd(factor, r, Vector256.Load(p + j)).Store(p + j);
        }

        var sum = Vector256.Sum(parts);
        for (; j < length; j++)
        {
            row[j] = Math.FusedMultiplyAdd(-ui, q[j], Math.FusedMultiplyAdd(-qi, u[j], row[j]));
            sum = Math.FusedMultiplyAdd(row[j], v[j], sum);
            p[j] = Math.FusedMultiplyAdd(vi, row[j], p[j]);
        }

        return sum;
    }
}
