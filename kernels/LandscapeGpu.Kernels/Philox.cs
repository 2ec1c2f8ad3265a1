namespace LandscapeGpu.Kernels;

/// <summary>One output of <see cref="Philox"/>: 128 random bits as four words.</summary>
public readonly struct PhiloxBlock(uint word0, uint word1, uint word2, uint word3)
{
    public uint Word0 { get; } = word0;
    public uint Word1 { get; } = word1;
    public uint Word2 { get; } = word2;
    public uint Word3 { get; } = word3;

    /// <summary>Words 0 and 1 as one 64-bit word, word 0 the less significant.</summary>
    public ulong Low => ((ulong)Word1 << 32) | Word0;

    /// <summary>Words 2 and 3 as one 64-bit word, word 2 the less significant.</summary>
    public ulong High => ((ulong)Word3 << 32) | Word2;
}

/// <summary>
/// Philox4x32-10: a bijection of 128-bit counters for each 64-bit key whose outputs pass as independent random words.
/// There is no state: the block at a counter is a pure function, so every device computes the same one in any order.
/// </summary>
/// <remarks>
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw: Parallel random numbers: as easy as 1, 2, 3 (SC 2011).
/// Only 32- and 64-bit integer arithmetic: no arrays, references or exceptions, so it compiles for every device.
/// </remarks>
public static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;

    // The key is bumped each round by the golden ratio and by √3 − 1, as fractions of 2³².
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>The 128 random bits at a counter, for a key.</summary>
    /// <param name="counterLow">Counter words 0 (less significant half) and 1.</param>
    /// <param name="counterHigh">Counter words 2 (less significant half) and 3.</param>
    /// <param name="key">Key words 0 (less significant half) and 1.</param>
    public static PhiloxBlock Generate(ulong counterLow, ulong counterHigh, ulong key)
    {
        uint c0 = (uint)counterLow, c1 = (uint)(counterLow >> 32);
        uint c2 = (uint)counterHigh, c3 = (uint)(counterHigh >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (var round = 0; round < 10; round++)
        {
            var product0 = (ulong)Multiplier0 * c0;
            var product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ k0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ k1;
            c3 = (uint)product0;
            // Arithmetic modulo 2³² is the definition, whatever the project's overflow setting.
            k0 = unchecked(k0 + Weyl0);
            k1 = unchecked(k1 + Weyl1);
        }

        return new PhiloxBlock(c0, c1, c2, c3);
    }
}
