using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lane = System.Numerics.Vector;

namespace LandscapeGpu.Execution;

/// <summary>Numbers below the least that has all its digits (IEEE 754): some processors compute with them fifty times slower.</summary>
internal static class Subnormals
{
    // The bits of the exponent, which are 0 in zero and in subnormal numbers, and of the sign.
    private const int Exponent32 = 0x7F800000;
    private const long Exponent64 = 0x7FF0000000000000;

    /// <summary>Puts a zero of the same sign in place of every subnormal number; all others stay as they are.</summary>
    public static void Clear(Span<float> numbers) => Clear(MemoryMarshal.Cast<float, int>(numbers), Exponent32, int.MinValue);

    /// <inheritdoc cref="Clear(Span{float})"/>
    public static void Clear(Span<double> numbers) => Clear(MemoryMarshal.Cast<double, long>(numbers), Exponent64, long.MinValue);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clear<T>(Span<T> bits, T exponent, T sign)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (exponents, signs) = (new Vector<T>(exponent), new Vector<T>(sign));
        var at = 0;
        // Most often there is none: four vectors at a time are only looked at.
        ref var first = ref MemoryMarshal.GetReference(bits);
        for (; at <= bits.Length - (4 * Vector<T>.Count) && !IsSmall(ref first, at, exponents); at += 4 * Vector<T>.Count)
        {
        }

        for (; at <= bits.Length - Vector<T>.Count; at += Vector<T>.Count)
        {
            var own = bits.Slice(at, Vector<T>.Count);
            var vector = new Vector<T>(own);
            var small = Lane.Equals(vector & exponents, Vector<T>.Zero);
            if (small != Vector<T>.Zero)
            {
                (vector & (~small | signs)).CopyTo(own);
            }
        }

        for (; at < bits.Length; at++)
        {
            bits[at] = (bits[at] & exponent) == T.Zero ? bits[at] & sign : bits[at];
        }
    }

    /// <summary>Whether one of four vectors has a number without an exponent: zero, or subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSmall<T>(ref T first, int at, Vector<T> exponents)
        where T : unmanaged
    {
        var (from, step) = ((nuint)at, (nuint)Vector<T>.Count);
        var small = Lane.Equals(Lane.LoadUnsafe(ref first, from) & exponents, Vector<T>.Zero)
            | Lane.Equals(Lane.LoadUnsafe(ref first, from + step) & exponents, Vector<T>.Zero)
            | Lane.Equals(Lane.LoadUnsafe(ref first, from + (2 * step)) & exponents, Vector<T>.Zero)
            | Lane.Equals(Lane.LoadUnsafe(ref first, from + (3 * step)) & exponents, Vector<T>.Zero);
        return small != Vector<T>.Zero;
    }
}
