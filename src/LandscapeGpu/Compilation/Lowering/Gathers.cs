using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LandscapeGpu.Compilation;

/// <summary>
/// Reads from[samples·factor + lane·apart] for every lane at once. Samples are whole numbers kept as numbers; emitted code calls this.
/// </summary>
internal static unsafe class Gathers
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Read(float* from, Vector128<float> samples, int factor, int apart)
    {
        var at = (Vector128.ConvertToInt32Native(samples) * factor) + (Vector128<int>.Indices * apart);
        return Avx2.IsSupported
            ? Avx2.GatherVector128(from, at, sizeof(float))
            : Vector128.Create(from[at[0]], from[at[1]], from[at[2]], from[at[3]]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Read(float* from, Vector256<float> samples, int factor, int apart)
    {
        if (!Avx2.IsSupported)
        {
            return Vector256.Create(Read(from, samples.GetLower(), factor, apart), Read(from + (4 * apart), samples.GetUpper(), factor, apart));
        }

        var at = (Vector256.ConvertToInt32Native(samples) * factor) + (Vector256<int>.Indices * apart);
        return Avx2.GatherVector256(from, at, sizeof(float));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Read(float* from, Vector512<float> samples, int factor, int apart) =>
        Vector512.Create(Read(from, samples.GetLower(), factor, apart), Read(from + (8 * apart), samples.GetUpper(), factor, apart));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Read(double* from, Vector128<double> samples, int factor, int apart) =>
        Vector128.Create(from[(long)samples[0] * factor], from[((long)samples[1] * factor) + apart]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Read(double* from, Vector256<double> samples, int factor, int apart)
    {
        if (!Avx2.IsSupported)
        {
            return Vector256.Create(Read(from, samples.GetLower(), factor, apart), Read(from + (2 * apart), samples.GetUpper(), factor, apart));
        }

        var at = (Avx.ConvertToVector128Int32WithTruncation(samples) * factor) + (Vector128<int>.Indices * apart);
        return Avx2.GatherVector256(from, at, sizeof(double));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Read(double* from, Vector512<double> samples, int factor, int apart) =>
        Vector512.Create(Read(from, samples.GetLower(), factor, apart), Read(from + (4 * apart), samples.GetUpper(), factor, apart));
}
