using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>Orthonormal directions drawn at random, the same at every call.</summary>
/// <remarks>
/// Random, because the minima of many landscapes sit on a lattice: seen along the axes thousands of them share a
/// coordinate, seen along a random direction hardly any do.
/// </remarks>
internal static class Orthonormal
{
    private const double TwoTo53 = 9007199254740992;

    /// <summary>
    /// <paramref name="count"/> ≤ <paramref name="dimension"/> orthonormal rows of length <paramref name="dimension"/>,
    /// row-major: Gaussian vectors, Gram–Schmidt twice.
    /// </summary>
    public static double[] Rows(int count, int dimension, ulong seed)
    {
        var rows = new double[count * dimension];
        var state = seed;
        for (var i = 0; i < count; i++)
        {
            var row = rows.AsSpan(i * dimension, dimension);
            for (var j = 0; j < dimension; j++)
            {
                row[j] = Normal(ref state);
            }

            for (var pass = 0; pass < 2; pass++)
            {
                for (var k = 0; k < i; k++)
                {
                    Subtract(row, rows.AsSpan(k * dimension, dimension));
                }
            }

            var length = Math.Sqrt(Dot(row, row));
            for (var j = 0; j < dimension; j++)
            {
                row[j] /= length;
            }
        }

        return rows;
    }

    /// <summary>⟨a, b⟩ of two vectors of one length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var first = ref MemoryMarshal.GetReference(a);
        ref var second = ref MemoryMarshal.GetReference(b);
        var sums = Vector256<double>.Zero;
        var j = 0;
        for (; j <= a.Length - 4; j += 4)
        {
            sums += Vector256.LoadUnsafe(ref first, (nuint)j) * Vector256.LoadUnsafe(ref second, (nuint)j);
        }

        var sum = Vector256.Sum(sums);
        for (; j < a.Length; j++)
        {
            sum += a[j] * b[j];
        }

        return sum;
    }

    /// <summary>What of a vector lies across orthonormal ones.</summary>
    public static double[] Across(IReadOnlyList<double[]> basis, IEnumerable<double> vector)
    {
        double[] rest = [.. vector];
        // Twice is enough (Kahan; Parlett 1980, §6-9).
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var q in basis)
            {
                Subtract(rest, q);
            }
        }

        return rest;
    }

    /// <summary>Takes from a vector what lies along a unit vector.</summary>
    public static void Subtract(Span<double> row, ReadOnlySpan<double> unit)
    {
        var along = Dot(row, unit);
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var what = ref MemoryMarshal.GetReference(unit);
        var j = 0;
        for (; j <= row.Length - 4; j += 4)
        {
            (Vector256.LoadUnsafe(ref from, (nuint)j) - (along * Vector256.LoadUnsafe(ref what, (nuint)j))).StoreUnsafe(ref from, (nuint)j);
        }

        for (; j < row.Length; j++)
        {
            row[j] -= along * unit[j];
        }
    }

    private static double Normal(ref ulong state)
    {
        double u = (Next(ref state) + 0.5) / TwoTo53, v = Next(ref state) / TwoTo53;
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
    }

    /// <summary>A number of 53 bits that has nothing to do with the one given, nor with those of its neighbours.</summary>
    public static ulong Mixed(ulong number) => Next(ref number);

    /// <summary>Splitmix64, top 53 bits (Steele, Lea and Flood, OOPSLA 2014).</summary>
    private static ulong Next(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (z ^ (z >> 31)) >> 11;
    }
}
