using System.Diagnostics;
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
        ? (Rate<Singles512, Vector512<float>>(threads), Rate<Doubles512, Vector512<double>>(threads))
        : (Rate<Singles256, Vector256<float>>(threads), Rate<Doubles256, Vector256<double>>(threads));

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

    private readonly struct Singles256 : IVectors<Vector256<float>>
    {
        public static int Count => Vector256<float>.Count;

        public static Vector256<float> Start => Vector256.Create((float)0.999);

        public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b) => Vector256.FusedMultiplyAdd(a, b, b);

        public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;
    }

    private readonly struct Doubles256 : IVectors<Vector256<double>>
    {
        public static int Count => Vector256<double>.Count;

        public static Vector256<double> Start => Vector256.Create((double)0.999);

        public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b) => Vector256.FusedMultiplyAdd(a, b, b);

        public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;
    }

    private readonly struct Singles512 : IVectors<Vector512<float>>
    {
        public static int Count => Vector512<float>.Count;

        public static Vector512<float> Start => Vector512.Create((float)0.999);

        public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b) => Vector512.FusedMultiplyAdd(a, b, b);

        public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;
    }

    private readonly struct Doubles512 : IVectors<Vector512<double>>
    {
        public static int Count => Vector512<double>.Count;

        public static Vector512<double> Start => Vector512.Create((double)0.999);

        public static Vector512<double> MultiplyAdd(Vector512<double> a, Vector512<double> b) => Vector512.FusedMultiplyAdd(a, b, b);

        public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;
    }
}
