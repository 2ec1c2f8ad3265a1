using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LandscapeGpu.Compilation;

namespace LandscapeGpu.Execution;

/// <content>Several neighbouring lanes at once: blocks of a few lanes by as many elements are turned in registers, where one number at a time costs as much as a step of a short formula.</content>
internal sealed unsafe partial class Lanes
{
    /// <summary>So many lanes are read and written at once.</summary>
    public const int Together = 4;

    /// <summary>Elements that a block has in double precision.</summary>
    private const int Pair = 2;

    /// <summary>Whether an array's lanes can be: it has a whole block.</summary>
    public static bool AreTogether(ProgramArray array) => Sse2.IsSupported && array.Length >= Together;

    /// <summary>An array of neighbouring lanes, each to a row of a table.</summary>
    /// <param name="array">Which.</param>
    /// <param name="lane">The first lane.</param>
    /// <param name="table">Rows as long as the array.</param>
    /// <param name="rows">For each lane its row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ReadTogether(ProgramArray array, int lane, double* table, ReadOnlySpan<int> rows)
    {
        var (at, step, length) = ((array.Offset * restarts) + lane, restarts, (long)array.Length);
        double* a = table + (rows[0] * length), b = table + (rows[1] * length), c = table + (rows[2] * length), d = table + (rows[3] * length);
        if (isDouble)
        {
            for (var k = 0L; k < length; k += Pair)
            {
                // The last block of an odd length begins one earlier, and copies an element once more.
                k = Math.Min(k, length - Pair);
                var from = (double*)state.Pointer + at + (k * step);
                OfPairs(from, step, a + k, b + k);
                OfPairs(from + Pair, step, c + k, d + k);
            }

            return;
        }

        for (var k = 0L; k < length; k += Together)
        {
            k = Math.Min(k, length - Together);
            var from = (float*)state.Pointer + at + (k * step);
            var (p, q, r, s) = (Vector128.Load(from), Vector128.Load(from + step), Vector128.Load(from + (2 * step)), Vector128.Load(from + (3 * step)));
            Transposition.OfBlock(ref p, ref q, ref r, ref s);
            Store(p, a + k);
            Store(q, b + k);
            Store(r, c + k);
            Store(s, d + k);
        }
    }

    /// <summary>Writes an array of neighbouring lanes.</summary>
    /// <param name="array">Which.</param>
    /// <param name="lane">The first lane.</param>
    /// <param name="rows">For each lane a row, one after the other.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void WriteTogether(ProgramArray array, int lane, ReadOnlySpan<double> rows)
    {
        var (at, step, length) = ((array.Offset * restarts) + lane, restarts, (long)array.Length);
        fixed (double* a = rows)
        {
            if (isDouble)
            {
                for (var k = 0L; k < length; k += Pair)
                {
                    k = Math.Min(k, length - Pair);
                    var to = (double*)state.Pointer + at + (k * step);
                    OfPairs(a + k, length, to, to + step);
                    OfPairs(a + (2 * length) + k, length, to + Pair, to + step + Pair);
                }

                return;
            }

            for (var k = 0L; k < length; k += Together)
            {
                k = Math.Min(k, length - Together);
                var (p, q, r, s) = (Narrow(a + k), Narrow(a + length + k), Narrow(a + (2 * length) + k), Narrow(a + (3 * length) + k));
                Transposition.OfBlock(ref p, ref q, ref r, ref s);
                var to = (float*)state.Pointer + at + (k * step);
                p.Store(to);
                q.Store(to + step);
                r.Store(to + (2 * step));
                s.Store(to + (3 * step));
            }
        }
    }

    /// <summary>Two pairs, turned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OfPairs(double* from, long step, double* first, double* second)
    {
        var (low, high) = (Vector128.Load(from), Vector128.Load(from + step));
        Sse2.UnpackLow(low, high).Store(first);
        Sse2.UnpackHigh(low, high).Store(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> four, double* to) => Vector256.WidenLower(four.ToVector256Unsafe()).Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Narrow(double* from) => Vector128.Narrow(Vector128.Load(from), Vector128.Load(from + Pair));
}
