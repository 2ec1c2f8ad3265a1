using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LandscapeGpu.LinearAlgebra;

/// <summary>The few operations of an inner product space that Krylov methods are made of.</summary>
/// <remarks>Sums are always taken in the same four parts, so that they are the same on every machine.</remarks>
internal static class Inner
{
    /// <summary>⟨a, b⟩ = Σ aᵢbᵢ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var x = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector256<double>>(b[..a.Length]);
        var parts = Vector256<double>.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            parts = Vector256.FusedMultiplyAdd(x[i], y[i], parts);
        }

        var sum = Vector256.Sum(parts);
        for (var i = 4 * x.Length; i < a.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(a[i], b[i], sum);
        }

        return sum;
    }

    /// <summary>‖a‖.</summary>
    internal static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Product(a, a));

    /// <summary>The largest |aᵢ|; 0 of none, and no number where one is none, which LINQ's maximum passes over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Largest(ReadOnlySpan<double> a)
    {
        var x = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var parts = Vector256<double>.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            parts = Vector256.Max(parts, Vector256.Abs(x[i]));
        }

        var largest = Math.Max(Math.Max(parts[0], parts[1]), Math.Max(parts[2], parts[3]));
        for (var i = 4 * x.Length; i < a.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(a[i]));
        }

        return largest;
    }

    /// <summary>The largest |aᵢ|·bᵢ, where no b is negative; 0 of none, and no number where one is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Largest(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var x = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector256<double>>(b[..a.Length]);
        var parts = Vector256<double>.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            parts = Vector256.Max(parts, Vector256.Abs(x[i]) * y[i]);
        }

        var largest = Math.Max(Math.Max(parts[0], parts[1]), Math.Max(parts[2], parts[3]));
        for (var i = 4 * x.Length; i < a.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(a[i]) * b[i]);
        }

        return largest;
    }

    /// <summary>target ← target + factor·a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(double factor, ReadOnlySpan<double> a, Span<double> target)
    {
        var x = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector256<double>>(target[..a.Length]);
        var factors = Vector256.Create(factor);
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = Vector256.FusedMultiplyAdd(factors, x[i], y[i]);
        }

        for (var i = 4 * x.Length; i < a.Length; i++)
        {
            target[i] = Math.FusedMultiplyAdd(factor, a[i], target[i]);
        }
    }

    /// <summary>(a, b) ← (c·a − s·b, s·a + c·b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Turn(Span<double> a, Span<double> b, double c, double s)
    {
        var x = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector256<double>>(b[..a.Length]);
        var (cosine, sine) = (Vector256.Create(c), Vector256.Create(s));
        for (var i = 0; i < x.Length; i++)
        {
            (x[i], y[i]) = ((cosine * x[i]) - (sine * y[i]), (sine * x[i]) + (cosine * y[i]));
        }

        for (var i = 4 * x.Length; i < a.Length; i++)
        {
            (a[i], b[i]) = ((c * a[i]) - (s * b[i]), (s * a[i]) + (c * b[i]));
        }
    }

    /// <summary>A ← PAPᵀ of a square matrix: applies P to its rows, and then to its columns.</summary>
    internal static void OnBothSides(Span<double> a, int n, Action<Span<double>> p)
    {
        for (var i = 0; i < n; i++)
        {
            p(a.Slice(i * n, n));
        }

        var column = new double[n];
        for (var j = 0; j < n; j++)
        {
            for (var i = 0; i < n; i++)
            {
                column[i] = a[(i * n) + j];
            }

            p(column);
            for (var i = 0; i < n; i++)
            {
                a[(i * n) + j] = column[i];
            }
        }
    }

    /// <summary>a ← factor·a.</summary>
    internal static void Scale(double factor, Span<double> a)
    {
        foreach (ref var entry in a)
        {
            entry *= factor;
        }
    }

    /// <summary>Rows and columns of a matrix.</summary>
    /// <param name="matrix">n × n, row by row.</param>
    /// <param name="n">Its size.</param>
    /// <param name="kept">Which of them.</param>
    internal static double[] Part(ReadOnlySpan<double> matrix, int n, IReadOnlyList<int> kept)
    {
        var part = new double[kept.Count * kept.Count];
        for (var e = 0; e < part.Length; e++)
        {
            part[e] = matrix[(kept[e / kept.Count] * n) + kept[e % kept.Count]];
        }

        return part;
    }
}
