using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LandscapeGpu.Cli;

/// <summary>How many multiplications and additions a second the processor's vectors make at best.</summary>
internal static class FmaThroughput
{
    private const int Chains = 10;
    private const int Steps = 5_000;

    // Long enough for the clock to rise, short enough not to be waited for.
    private static readonly TimeSpan Spell = TimeSpan.FromMilliseconds(100);

    // Rates are taken over windows, and the best one counts: what else the machine does costs some, not all.
    private const int SpinsOfWindow = 20;

    /// <summary>An operation on vectors of one kind.</summary>
    private interface IVectors<T>
    {
        /// <summary>How many numbers a vector holds.</summary>
        static abstract int Count { get; }

        static abstract T Start { get; }

        static abstract T MultiplyAdd(T a, T b);

        static abstract T Add(T a, T b);
    }

    /// <summary>GFLOP/s on so many threads, in single and in double precision.</summary>
    public static (double Single, double Double) Measure(int threads) => Vector512.IsHardwareAccelerated
        ? (Rate<Of512<float>, Vector512<float>>(threads), Rate<Of512<double>, Vector512<double>>(threads))
        : (Rate<Of256<float>, Vector256<float>>(threads), Rate<Of256<double>, Vector256<double>>(threads));

    private static double Rate<TVectors, T>(int threads)
        where TVectors : struct, IVectors<T>
    {
        var rates = new double[threads];
        var workers = Enumerable.Range(0, threads).Select(k => new Thread(() => rates[k] = Best<TVectors, T>())).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        return rates.Sum();
    }

    private static double Best<TVectors, T>()
        where TVectors : struct, IVectors<T>
    {
        var flops = 2.0 * Chains * Steps * TVectors.Count * SpinsOfWindow;
        var best = 0.0;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Spell;)
        {
            var begin = clock.Elapsed;
            for (var k = 0; k < SpinsOfWindow; k++)
            {
                Use(Spin<TVectors, T>());
            }

            best = Math.Max(best, flops / (clock.Elapsed - begin).TotalSeconds / 1e9);
        }

        return best;
    }

    // Ten chains, as two units of a latency of four or five need; written out, because an array of them would live in memory.
    // Optimised at once: there is no time to warm up.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static T Spin<TVectors, T>()
        where TVectors : struct, IVectors<T>
    {
        var m = TVectors.Start;
        var (a, b, c, d, e) = (m, m, m, m, m);
        var (f, g, h, i, j) = (m, m, m, m, m);
        for (var k = 0; k < Steps; k++)
        {
            a = TVectors.MultiplyAdd(a, m);
            b = TVectors.MultiplyAdd(b, m);
            c = TVectors.MultiplyAdd(c, m);
            d = TVectors.MultiplyAdd(d, m);
            e = TVectors.MultiplyAdd(e, m);
            f = TVectors.MultiplyAdd(f, m);
            g = TVectors.MultiplyAdd(g, m);
            h = TVectors.MultiplyAdd(h, m);
            i = TVectors.MultiplyAdd(i, m);
            j = TVectors.MultiplyAdd(j, m);
        }

        var first = TVectors.Add(TVectors.Add(TVectors.Add(a, b), TVectors.Add(c, d)), e);
        var second = TVectors.Add(TVectors.Add(TVectors.Add(f, g), TVectors.Add(h, i)), j);
        return TVectors.Add(first, second);
    }

    // Keeps the result alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use<T>(T value) => _ = value;

    private readonly struct Of256<T> : IVectors<Vector256<T>>
        where T : INumber<T>
    {
        public static int Count => Vector256<T>.Count;

        public static Vector256<T> Start => Vector256.Create(T.CreateTruncating(0.999));

        public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b) => typeof(T) == typeof(float)
            ? Vector256.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), b.AsSingle()).As<float, T>()
            : Vector256.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), b.AsDouble()).As<double, T>();

        public static Vector256<T> Add(Vector256<T> a, Vector256<T> b) => a + b;
    }

    private readonly struct Of512<T> : IVectors<Vector512<T>>
        where T : INumber<T>
    {
        public static int Count => Vector512<T>.Count;

        public static Vector512<T> Start => Vector512.Create(T.CreateTruncating(0.999));

        public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b) => typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), b.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), b.AsDouble()).As<double, T>();

        public static Vector512<T> Add(Vector512<T> a, Vector512<T> b) => a + b;
    }
}
