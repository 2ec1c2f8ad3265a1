using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LandscapeGpu.Spectra;

/// <summary>A symmetric matrix made tridiagonal by reflections, A = Q T Qᵀ.</summary>
/// <remarks>
/// Householder's reduction, each row updated by the last reflection and multiplied with the next in one pass over the lower triangle: what limits it is how
/// fast that is read. G. Golub, C. Van Loan, Matrix Computations (4th edition, 2013), §8.3.1. Sums are taken in the same four parts on every machine.
/// </remarks>
internal sealed unsafe class HouseholderReduction
{
    private readonly double[] reflections;
    private readonly double[] halves;

    /// <param name="matrix">n × n, row by row, of entries up to about 1; the lower triangle is overwritten.</param>
    /// <param name="n">Its rows.</param>
    public HouseholderReduction(double[] matrix, int n)
    {
        (reflections, halves, Diagonal, Off) = (matrix, new double[n], new double[n], new double[n]);
        var vectors = new double[3 * n];
        fixed (double* a = matrix, v = vectors)
        {
            Reduce(a, n, v);
        }
    }

    /// <summary>The diagonal of T.</summary>
    public double[] Diagonal { get; }

    /// <summary>What stands beside the diagonal, and a zero.</summary>
    public double[] Off { get; }

    /// <summary>Qᵀ, row by row.</summary>
    public double[] Turned()
    {
        var n = Diagonal.Length;
        var rows = new double[n * n];
        rows[0] = 1;
        for (var k = 1; k < n; k++)
        {
            rows[(k * n) + k] = 1;
            if (halves[k] == 0)
            {
                continue;
            }

            var v = reflections.AsSpan(k * n, k);
            for (var i = 0; i < k; i++)
            {
                var row = rows.AsSpan(i * n, k);
                Inner.Add(-Inner.Product(row, v) / halves[k], v, row);
            }
        }

        return rows;
    }

    private void Reduce(double* a, int n, double* vectors)
    {
        // A − u qᵀ − q uᵀ is due of the last reflection; v is the next, which stays in its row, and p = A v.
        double* u = vectors, q = u + n, p = q + n;
        for (var k = n - 1; k > 0; k--)
        {
            var v = a + ((long)k * n);
            Update(v, u[k], q[k], u, q, u, 0, p, k + 1);
            Diagonal[k] = v[k];
            var square = Inner.Product(new(v, k), new(v, k));
            var isShort = square <= SymmetricPlaces.NegligibleSquare;
            var length = Math.CopySign(Math.Sqrt(square), v[k - 1]);
            Off[k - 1] = -length;
            // What the square of its length is no more than is no length: the row is zero.
            halves[k] = isShort ? 0 : length * (length + v[k - 1]);
            v[k - 1] += length;
            if (isShort)
            {
                Off[k - 1] = 0;
                new Span<double>(v, k).Clear();
            }

            new Span<double>(p, k).Clear();
            for (var i = 0; i < k; i++)
            {
                var row = a + ((long)i * n);
                var along = Update(row, u[i], q[i], u, q, v, v[i], p, i + 1);
                // The diagonal entry has been counted on both sides.
                p[i] += along - (row[i] * v[i]);
            }

            if (!isShort)
            {
                Span<double> to = new(p, k);
                ReadOnlySpan<double> of = new(v, k);
                Inner.Scale(1 / halves[k], to);
                Inner.Add(-Inner.Product(of, to) / (2 * halves[k]), of, to);
            }

            var last = q;
            u = v;
            q = p;
            p = last;
        }

        Diagonal[0] = a[0] - (2 * u[0] * q[0]);
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
