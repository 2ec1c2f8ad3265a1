namespace LandscapeGpu.Benchmarks.Problems;

/// <summary>The counter-based numbers of the peers (splitmix64), bit for bit: number n is a function of (seed, n) alone.</summary>
internal static class PeerNumbers
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    public static ulong Hash(ulong seed, ulong n) => unchecked(Mix(Mix(seed + Golden) + ((n + 1) * Golden)));

    /// <summary>Uniform on [0, 1) with 24 bits: exact in single precision, so that all peers begin at the same point.</summary>
    public static double Uniform(ulong seed, ulong n) => Math.ScaleB(Hash(seed, n) >> 40, -24);

    /// <summary>Standard normal, by Box and Muller from hashes 2n and 2n + 1.</summary>
    public static double Normal(ulong seed, ulong n)
    {
        var u = Math.ScaleB(Hash(seed, 2 * n) >> 11, -53);
        var v = Math.ScaleB(Hash(seed, (2 * n) + 1) >> 11, -53);
        // The added half step keeps the logarithm's argument above 0.
        return Math.Sqrt(-2 * Math.Log(u + Math.ScaleB(1, -54))) * Math.Cos(2 * Math.PI * v);
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
