using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LandscapeGpu.Execution;

/// <summary>C += A·B of matrices in memory, in tiles of registers.</summary>
/// <remarks>
/// Six rows by two vectors of columns: twelve sums, two vectors of B and one number of A fill sixteen registers. Each element of C is summed in the order of k,
/// one fused multiply-add after another: the same bits for every width of vectors and every way to cut C into tiles.
/// K. Goto and R. A. van de Geijn (2008), Anatomy of high-performance matrix multiplication, ACM TOMS 34, 12.
/// </remarks>
internal static unsafe class MatrixProduct
{
    // What of B is read again for each group of rows stays in the nearest cache.
    private const int NearestCache = 24 * 1024;

    /// <summary>A[i, k] at a + i·ai + k·ak, B[k, j] at b + k·bk + j, C[i, j] at c + i·ci + j.</summary>
    public static void Add<T>(long rows, long columns, long inner, T* a, long ai, long ak, T* b, long bk, T* c, long ci)
        where T : unmanaged
    {
        var wide = 2 * Vector256<T>.Count;
        if (inner * wide * sizeof(T) <= NearestCache)
        {
            for (long j = 0; j < columns; j += wide)
            {
                for (long i = 0, step; i < rows; i += step)
                {
                    step = Step(rows - i);
                    Tile(step, Math.Min(wide, columns - j), inner, a + (i * ai), ai, ak, b + j, bk, c + (i * ci) + j, ci);
                }
            }

            return;
        }

        for (long i = 0, step; i < rows; i += step)
        {
            step = Step(rows - i);
            for (long j = 0; j < columns; j += wide)
            {
                Tile(step, Math.Min(wide, columns - j), inner, a + (i * ai), ai, ak, b + j, bk, c + (i * ci) + j, ci);
            }
        }
    }

    /// <summary>How many rows are next, so that few are left for narrow tiles: 8 = 4 + 4, not 6 + 2.</summary>
    private static long Step(long left) => left is 4 or 5 or 8 ? 4 : left >= 6 ? 6 : left >= 2 ? 2 : 1;

    private static void Tile<T>(long rows, long columns, long inner, T* a, long ai, long ak, T* b, long bk, T* c, long ci)
        where T : unmanaged
    {
        var wide = 2 * Vector256<T>.Count;
        if (columns == wide)
        {
            Whole(rows, inner, a, ai, ak, b, bk, c, ci);
            return;
        }

        // The last columns, in a copy as wide as a tile; what lies behind B's rows is read, and not used.
        var edge = stackalloc T[6 * wide];
        for (long i = 0; i < rows; i++)
        {
            for (long j = 0; j < wide; j++)
            {
                edge[(i * wide) + j] = j < columns ? c[(i * ci) + j] : default;
            }
        }

        Whole(rows, inner, a, ai, ak, b, bk, edge, wide);
        for (long i = 0; i < rows; i++)
        {
            for (long j = 0; j < columns; j++)
            {
                c[(i * ci) + j] = edge[(i * wide) + j];
            }
        }
    }

    private static void Whole<T>(long rows, long inner, T* a, long ai, long ak, T* b, long bk, T* c, long ci)
        where T : unmanaged
    {
        switch (rows)
        {
            case 6:
                Six(inner, a, ai, ak, b, bk, c, ci);
                break;
            case 4:
                Four(inner, a, ai, ak, b, bk, c, ci);
                break;
            case 2:
                Two(inner, a, ai, ak, b, bk, c, ci);
                break;
            default:
                One(inner, a, ak, b, bk, c);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Six<T>(long inner, T* a, long ai, long ak, T* b, long bk, T* c, long ci)
        where T : unmanaged
    {
        var n = Vector256<T>.Count;
        T* c1 = c + ci, c2 = c1 + ci, c3 = c2 + ci, c4 = c3 + ci, c5 = c4 + ci;
        T* a1 = a + ai, a2 = a1 + ai, a3 = a2 + ai, a4 = a3 + ai, a5 = a4 + ai;
        Vector256<T> c00 = Vector256.Load(c), c01 = Vector256.Load(c + n), c10 = Vector256.Load(c1), c11 = Vector256.Load(c1 + n);
        Vector256<T> c20 = Vector256.Load(c2), c21 = Vector256.Load(c2 + n), c30 = Vector256.Load(c3), c31 = Vector256.Load(c3 + n);
        Vector256<T> c40 = Vector256.Load(c4), c41 = Vector256.Load(c4 + n), c50 = Vector256.Load(c5), c51 = Vector256.Load(c5 + n);
        for (long k = 0; k < inner; k++)
        {
            var (b0, b1) = (Vector256.Load(b), Vector256.Load(b + n));
            var x = Vector256.Create(*a);
            (c00, c01) = (Fused(x, b0, c00), Fused(x, b1, c01));
            x = Vector256.Create(*a1);
            (c10, c11) = (Fused(x, b0, c10), Fused(x, b1, c11));
            x = Vector256.Create(*a2);
            (c20, c21) = (Fused(x, b0, c20), Fused(x, b1, c21));
            x = Vector256.Create(*a3);
            (c30, c31) = (Fused(x, b0, c30), Fused(x, b1, c31));
            x = Vector256.Create(*a4);
            (c40, c41) = (Fused(x, b0, c40), Fused(x, b1, c41));
            x = Vector256.Create(*a5);
            (c50, c51) = (Fused(x, b0, c50), Fused(x, b1, c51));
            a += ak;
            a1 += ak;
            a2 += ak;
            a3 += ak;
            a4 += ak;
            a5 += ak;
            b += bk;
        }

        c00.Store(c);
        c01.Store(c + n);
        c10.Store(c1);
        c11.Store(c1 + n);
        c20.Store(c2);
        c21.Store(c2 + n);
        c30.Store(c3);
        c31.Store(c3 + n);
        c40.Store(c4);
        c41.Store(c4 + n);
        c50.Store(c5);
        c51.Store(c5 + n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<T>(long inner, T* a, long ai, long ak, T* b, long bk, T* c, long ci)
        where T : unmanaged
    {
        var n = Vector256<T>.Count;
        T* c1 = c + ci, c2 = c1 + ci, c3 = c2 + ci;
        T* a1 = a + ai, a2 = a1 + ai, a3 = a2 + ai;
        Vector256<T> c00 = Vector256.Load(c), c01 = Vector256.Load(c + n), c10 = Vector256.Load(c1), c11 = Vector256.Load(c1 + n);
        Vector256<T> c20 = Vector256.Load(c2), c21 = Vector256.Load(c2 + n), c30 = Vector256.Load(c3), c31 = Vector256.Load(c3 + n);
        for (long k = 0; k < inner; k++)
        {
            var (b0, b1) = (Vector256.Load(b), Vector256.Load(b + n));
            var x = Vector256.Create(*a);
            (c00, c01) = (Fused(x, b0, c00), Fused(x, b1, c01));
            x = Vector256.Create(*a1);
            (c10, c11) = (Fused(x, b0, c10), Fused(x, b1, c11));
            x = Vector256.Create(*a2);
            (c20, c21) = (Fused(x, b0, c20), Fused(x, b1, c21));
            x = Vector256.Create(*a3);
            (c30, c31) = (Fused(x, b0, c30), Fused(x, b1, c31));
            a += ak;
            a1 += ak;
            a2 += ak;
            a3 += ak;
            b += bk;
        }

        c00.Store(c);
        c01.Store(c + n);
        c10.Store(c1);
        c11.Store(c1 + n);
        c20.Store(c2);
        c21.Store(c2 + n);
        c30.Store(c3);
        c31.Store(c3 + n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<T>(long inner, T* a, long ai, long ak, T* b, long bk, T* c, long ci)
        where T : unmanaged
    {
        var n = Vector256<T>.Count;
        T* c1 = c + ci, a1 = a + ai;
        Vector256<T> c00 = Vector256.Load(c), c01 = Vector256.Load(c + n), c10 = Vector256.Load(c1), c11 = Vector256.Load(c1 + n);
        for (long k = 0; k < inner; k++)
        {
            var (b0, b1) = (Vector256.Load(b), Vector256.Load(b + n));
            var x = Vector256.Create(*a);
            (c00, c01) = (Fused(x, b0, c00), Fused(x, b1, c01));
            x = Vector256.Create(*a1);
            (c10, c11) = (Fused(x, b0, c10), Fused(x, b1, c11));
            a += ak;
            a1 += ak;
            b += bk;
        }

        c00.Store(c);
        c01.Store(c + n);
        c10.Store(c1);
        c11.Store(c1 + n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<T>(long inner, T* a, long ak, T* b, long bk, T* c)
        where T : unmanaged
    {
        var n = Vector256<T>.Count;
        Vector256<T> c0 = Vector256.Load(c), c1 = Vector256.Load(c + n);
        for (long k = 0; k < inner; k++)
        {
            var x = Vector256.Create(*a);
            (c0, c1) = (Fused(x, Vector256.Load(b), c0), Fused(x, Vector256.Load(b + n), c1));
            a += ak;
            b += bk;
        }

        c0.Store(c);
        c1.Store(c + n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Fused<T>(Vector256<T> a, Vector256<T> b, Vector256<T> c)
        where T : unmanaged => typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
}
