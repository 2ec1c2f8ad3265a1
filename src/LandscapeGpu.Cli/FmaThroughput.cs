using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace LandscapeGpu.Cli;

/// <summary>How many multiplications and additions a second the processor's vectors make at best.</summary>
internal static class FmaThroughput
{
    private const int Chains = 10;
    private const int Steps = 20_000;

    // Long enough for the clock to rise, short enough not to be waited for.
    private static readonly TimeSpan Spell = TimeSpan.FromMilliseconds(80);

    /// <summary>GFLOP/s on so many threads, in single and in double precision.</summary>
    public static (double Single, double Double) Measure(int threads) => (
        Rate(threads, Singles, 2.0 * Chains * Steps * Vector<float>.Count),
        Rate(threads, Doubles, 2.0 * Chains * Steps * Vector<double>.Count));

    private static double Rate(int threads, Action spin, double flops)
    {
        var rates = new double[threads];
        var workers = Enumerable.Range(0, threads).Select(k => new Thread(() =>
        {
            var (clock, spins) = (Stopwatch.StartNew(), 0L);
            for (; clock.Elapsed < Spell; spins++)
            {
                spin();
            }

            rates[k] = spins * flops / clock.Elapsed.TotalSeconds / 1e9;
        })).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        return rates.Sum();
    }

    // Ten chains, as two units of a latency of four or five need; written out, because an array of them would live in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Singles()
    {
        var m = new Vector<float>((float)0.999);
        var (a, b, c, d, e) = (m, m, m, m, m);
        var (f, g, h, i, j) = (m, m, m, m, m);
        for (var k = 0; k < Steps; k++)
        {
            a = Vector.FusedMultiplyAdd(a, m, m);
            b = Vector.FusedMultiplyAdd(b, m, m);
            c = Vector.FusedMultiplyAdd(c, m, m);
            d = Vector.FusedMultiplyAdd(d, m, m);
            e = Vector.FusedMultiplyAdd(e, m, m);
            f = Vector.FusedMultiplyAdd(f, m, m);
            g = Vector.FusedMultiplyAdd(g, m, m);
            h = Vector.FusedMultiplyAdd(h, m, m);
            i = Vector.FusedMultiplyAdd(i, m, m);
            j = Vector.FusedMultiplyAdd(j, m, m);
        }

        Use(a + b + c + d + e + f + g + h + i + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Doubles()
    {
        var m = new Vector<double>((double)0.999);
        var (a, b, c, d, e) = (m, m, m, m, m);
        var (f, g, h, i, j) = (m, m, m, m, m);
        for (var k = 0; k < Steps; k++)
        {
            a = Vector.FusedMultiplyAdd(a, m, m);
            b = Vector.FusedMultiplyAdd(b, m, m);
            c = Vector.FusedMultiplyAdd(c, m, m);
            d = Vector.FusedMultiplyAdd(d, m, m);
            e = Vector.FusedMultiplyAdd(e, m, m);
            f = Vector.FusedMultiplyAdd(f, m, m);
            g = Vector.FusedMultiplyAdd(g, m, m);
            h = Vector.FusedMultiplyAdd(h, m, m);
            i = Vector.FusedMultiplyAdd(i, m, m);
            j = Vector.FusedMultiplyAdd(j, m, m);
        }

        Use(a + b + c + d + e + f + g + h + i + j);
    }

    // Keeps the result alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use<T>(Vector<T> value) => _ = value;
}
