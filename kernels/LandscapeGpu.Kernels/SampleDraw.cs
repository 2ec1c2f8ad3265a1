using System.Runtime.CompilerServices;

namespace LandscapeGpu.Kernels;

/// <summary>Which samples a restart's batches are made of. Pure functions of their names, so that every device draws the same ones.</summary>
/// <remarks>
/// <para>
/// With replacement, entries 2p and 2p + 1 of step k's batch are the two words of the block of (seed, mini-batch, restart, k, p), scaled to
/// 0 … n−1 by a multiplication: each sample's probability is within 2⁻⁶⁴ of 1/n.
/// </para>
/// <para>
/// Without, entry q of epoch e is a permutation of the samples at q, made of the block of (seed, mini-batch, restart, e): a Feistel
/// network on the least number of bits that holds n, walked along until the result is below n, then turned by a random number of places, by
/// which every sample is equally likely at every q. Luby and Rackoff (1988), SIAM J. Computing 17, 373; walking: Black and
/// Rogaway (2002), CT-RSA.
/// </para>
/// </remarks>
public static class SampleDraw
{
    // No batch has so many pairs: an epoch's block is never one of a step's.
    private const uint EpochPair = uint.MaxValue;

    private const int Rounds = 6;

    /// <summary>Writes the samples of a restart's next step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill<TBatch>(TBatch into, BatchPlan plan, ulong restart, uint step)
        where TBatch : struct, IBatch
    {
        if (plan.WithReplacement != 0)
        {
            for (var b = 0; b < plan.Size; b++)
            {
                into.Set(b, Independent(plan, restart, step, (uint)b));
            }

            return;
        }

        var first = (ulong)step * (uint)plan.Size;
        var epoch = (uint)(first / (uint)plan.Samples);
        var at = (int)(first % (uint)plan.Samples);
        var block = Epoch(plan.Seed, restart, epoch);
        for (var b = 0; b < plan.Size; b++)
        {
            into.Set(b, Permuted(block, at, plan.Samples));
            at++;
            if (at == plan.Samples)
            {
                at = 0;
                epoch++;
                block = Epoch(plan.Seed, restart, epoch);
            }
        }
    }

    /// <summary>The random bits of an epoch's permutation.</summary>
    public static PhiloxBlock Epoch(ulong seed, ulong restart, uint epoch) =>
        CounterRandom.Block(seed, StreamId.MiniBatch, restart, epoch, EpochPair);

    /// <summary>The sample at a position of an epoch: a permutation of 0 … samples − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Permuted(PhiloxBlock epoch, int position, int samples)
    {
        var low = 1;
        while (1L << (2 * low) < samples)
        {
            low++;
        }
        // High and low halves of a number; the high one is a bit shorter where one bit less will do.
        var high = 1L << ((2 * low) - 1) < samples ? low : low - 1;
        var x = (uint)position;
        do
        {
            x = Scrambled(epoch, x, low, high);
        }
        while (x >= (uint)samples);
        var turned = x + (((ulong)epoch.Word3 * (uint)samples) >> 32);
        return (int)(turned >= (ulong)samples ? turned - (ulong)samples : turned);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Scrambled(PhiloxBlock epoch, uint x, int low, int high)
    {
        var (lower, upper) = (x & ((1u << low) - 1), x >> low);
        var (add, multiply) = (epoch.Word0, epoch.Word1);
        for (var round = 0; round < Rounds; round++)
        {
            lower ^= Hash(upper, add, multiply, low);
            upper ^= Hash(lower, multiply, epoch.Word2 ^ add, high);
            // Weyl sequences tell the rounds apart; arithmetic is modulo 2³².
            add = unchecked(add + 0x9E3779B9);
            multiply = unchecked(multiply + 0xBB67AE84);
        }

        return (upper << low) | lower;
    }

    /// <summary>The upper bits of (x + add)·multiply with an odd multiplier (Dietzfelbinger et al. 1997, J. Algorithms 25, 19).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint x, uint add, uint multiply, int bits) =>
        (uint)((ulong)unchecked((x + add) * (multiply | 1)) >> (32 - bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Independent(BatchPlan plan, ulong restart, uint step, uint position)
    {
        var block = CounterRandom.Block(plan.Seed, StreamId.MiniBatch, restart, step, position >> 1);
        var word = (position & 1) == 0 ? block.Low : block.High;
        var samples = (ulong)(uint)plan.Samples;
        // The upper half of word·n, from products that fit.
        return (int)((((word >> 32) * samples) + (((word & 0xFFFFFFFF) * samples) >> 32)) >> 32);
    }
}

/// <summary>Where the numbers of a batch's samples are written.</summary>
public interface IBatch
{
    void Set(int position, int sample);
}
