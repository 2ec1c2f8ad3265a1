using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LandscapeGpu.Execution;

/// <summary>A matrix, turned: small batches spend as much on weights that are turned as on some products with them.</summary>
internal static unsafe class Transposition
{
    private const int Block = 4;

    // Rows that are written side by side: what is read of a line of the cache is read while it is there.
    private const int Rows = 16;

    /// <summary>to[i·st + j] = from[j·sf + i].</summary>
    public static void Copy<T>(T* from, long sf, T* to, long st, int rows, int columns)
        where T : unmanaged
    {
        var inBlocks = sizeof(T) == sizeof(float) && Sse.IsSupported ? columns / Block * Block : 0;
        for (var first = 0; first < rows; first += Rows)
        {
            var end = Math.Min(rows, first + Rows);
            var whole = inBlocks == 0 ? first : first + ((end - first) / Block * Block);
            for (var j = 0; j < inBlocks; j += Block)
            {
                for (var i = first; i < whole; i += Block)
                {
                    OfBlock((float*)(from + (j * sf) + i), sf, (float*)(to + (i * st) + j), st);
                }
            }

            Numbers(from, sf, to, st, (first, whole), (inBlocks, columns));
            Numbers(from, sf, to, st, (whole, end), (0, columns));
        }
    }

    private static void OfBlock(float* from, long sf, float* to, long st)
    {
        var (a, b, c, d) = (Vector128.Load(from), Vector128.Load(from + sf), Vector128.Load(from + (2 * sf)), Vector128.Load(from + (3 * sf)));
        OfBlock(ref a, ref b, ref c, ref d);
        a.Store(to);
        b.Store(to + st);
        c.Store(to + (2 * st));
        d.Store(to + (3 * st));
    }

    /// <summary>Four rows of four numbers become the columns; with <see cref="Sse"/> only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OfBlock(ref Vector128<float> a, ref Vector128<float> b, ref Vector128<float> c, ref Vector128<float> d)
    {
        var (lowAb, lowCd, highAb, highCd) = (Sse.UnpackLow(a, b), Sse.UnpackLow(c, d), Sse.UnpackHigh(a, b), Sse.UnpackHigh(c, d));
        a = Sse.MoveLowToHigh(lowAb, lowCd);
        b = Sse.MoveHighToLow(lowCd, lowAb);
        c = Sse.MoveLowToHigh(highAb, highCd);
        d = Sse.MoveHighToLow(highCd, highAb);
    }

    private static void Numbers<T>(T* from, long sf, T* to, long st, (int Begin, int End) rows, (int Begin, int End) columns)
        where T : unmanaged
    {
        for (var j = columns.Begin; j < columns.End; j++)
        {
            for (var i = rows.Begin; i < rows.End; i++)
            {
                to[(i * st) + j] = from[(j * sf) + i];
            }
        }
    }
}
