namespace LandscapeGpu.Kernels;

/// <summary>Two numbers made from one block of 128 random bits: those of coordinates 2p and 2p + 1.</summary>
public readonly struct RandomPair(double even, double odd)
{
    public double Even { get; } = even;
    public double Odd { get; } = odd;
}

/// <summary>
/// Random numbers addressed by what they are for: (seed, stream, restart, iteration, coordinate) names one number, the
/// same bit for bit on every device, in any order and on any thread.
/// </summary>
/// <remarks>
/// <para>
/// Counter layout for <see cref="Philox"/>, key = seed:
/// <code>
/// bits   0 …  55  restart            (0 ≤ restart &lt; 2⁵⁶)
/// bits  56 …  63  stream             (0 ≤ stream &lt; 2⁸)
/// bits  64 …  95  pair p = coordinate div 2
/// bits  96 … 127  iteration          (all of uint)
/// </code>
/// Different names never share a counter. Coordinate 2p is made from words 0 and 1 of its block, 2p + 1 from 2 and 3, so
/// a loop over coordinates uses every bit of a block when it asks for pairs.
/// </para>
/// <para>
/// Arguments are not checked: this also runs on devices, where nothing can be thrown. A restart of 2⁵⁶ or more would
/// reach into the stream's bits.
/// </para>
/// </remarks>
public static class CounterRandom
{
    /// <summary>One past the largest restart a counter has room for: 2⁵⁶.</summary>
    public const long RestartLimit = 1L << 56;

    /// <summary>The 128 random bits behind coordinates 2·pair and 2·pair + 1.</summary>
    public static PhiloxBlock Block(ulong seed, StreamId stream, ulong restart, uint iteration, uint pair) =>
        Philox.Generate(restart | ((ulong)stream << 56), pair | ((ulong)iteration << 32), seed);

    /// <summary>A number uniform on (0, 1), from <see cref="ToUnit"/>.</summary>
    public static double Uniform(ulong seed, StreamId stream, ulong restart, uint iteration, uint coordinate) =>
        ToUnit(Word(seed, stream, restart, iteration, coordinate));

    /// <summary>The numbers <see cref="Uniform"/> of coordinates 2·pair and 2·pair + 1, at the price of one.</summary>
    public static RandomPair UniformPair(ulong seed, StreamId stream, ulong restart, uint iteration, uint pair)
    {
        var block = Block(seed, stream, restart, iteration, pair);
        return new RandomPair(ToUnit(block.Low), ToUnit(block.High));
    }

    /// <summary>A number uniform on (0, 1) from <see cref="ToUnitSingle"/>, within 2⁻²⁴ of <see cref="Uniform"/>.</summary>
    public static float UniformSingle(ulong seed, StreamId stream, ulong restart, uint iteration, uint coordinate) =>
        ToUnitSingle(Word(seed, stream, restart, iteration, coordinate));

    /// <summary>A standard normal number: Φ⁻¹ (<see cref="NormalQuantile"/>) of <see cref="Uniform"/>.</summary>
    /// <remarks>|x| ≤ 8.21, the quantile of 2⁻⁵³; never exactly zero.</remarks>
    public static double Normal(ulong seed, StreamId stream, ulong restart, uint iteration, uint coordinate) =>
        NormalQuantile.Of(Uniform(seed, stream, restart, iteration, coordinate));

    /// <summary>The numbers <see cref="Normal"/> of coordinates 2·pair and 2·pair + 1, from one block.</summary>
    public static RandomPair NormalPair(ulong seed, StreamId stream, ulong restart, uint iteration, uint pair)
    {
        var uniform = UniformPair(seed, stream, restart, iteration, pair);
        return new RandomPair(NormalQuantile.Of(uniform.Even), NormalQuantile.Of(uniform.Odd));
    }

    /// <summary>The top 52 bits k of a word as (2k + 1)·2⁻⁵³: exact in double, symmetric about ½, never 0, ½ or 1.</summary>
    public static double ToUnit(ulong word) => (long)(((word >> 12) << 1) | 1) * (1.0 / (1L << 53));

    /// <summary>The top 23 bits k of a word as (2k + 1)·2⁻²⁴: exact in float, symmetric about ½, never 0, ½ or 1.</summary>
    public static float ToUnitSingle(ulong word) => (int)(((word >> 41) << 1) | 1) * (1.0f / (1 << 24));

    private static ulong Word(ulong seed, StreamId stream, ulong restart, uint iteration, uint coordinate)
    {
        var block = Block(seed, stream, restart, iteration, coordinate >> 1);
        return (coordinate & 1) == 0 ? block.Low : block.High;
    }
}
