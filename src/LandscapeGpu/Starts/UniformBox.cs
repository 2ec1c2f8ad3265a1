using System.Runtime.CompilerServices;

namespace LandscapeGpu.Starts;

/// <summary>The uniform distribution on the box lowerᵢ ≤ xᵢ ≤ upperᵢ.</summary>
/// <remarks>xᵢ = lowerᵢ + uᵢ·(upperᵢ − lowerᵢ) with u of 52 random bits; equal bounds hold a coordinate fixed.</remarks>
public sealed record UniformBox : Sampler
{
    /// <param name="lower">Lower bounds: one number for all coordinates, or one each.</param>
    /// <param name="upper">Upper bounds, likewise.</param>
    /// <exception cref="ArgumentException">
    /// A bound or a width is not finite, a lower bound is above its upper bound, or there are not as many of each.
    /// </exception>
    public UniformBox(PerCoordinate lower, PerCoordinate upper)
    {
        Dimension = BoxBounds.Check(lower, upper);
        (Lower, Upper) = (lower, upper);
    }

    /// <summary>The lower bound, of each coordinate or of all.</summary>
    public PerCoordinate Lower { get; }

    /// <summary>The upper bound, of each coordinate or of all.</summary>
    public PerCoordinate Upper { get; }

    /// <inheritdoc/>
    public override int? Dimension { get; }

    /// <summary>The cube [low, high]ᵈ in that dimension only; <c>new UniformBox(low, high)</c> draws in any.</summary>
    public static UniformBox Over(int dimension, double low, double high) =>
        new(PerCoordinate.Repeat(low, dimension), PerCoordinate.Repeat(high, dimension));

    internal override Sampler DividedBy(double[] lengths) => new UniformBox(Lower.DividedBy(lengths), Upper.DividedBy(lengths));

    /// <inheritdoc/>
    public override string Describe() => $"uniform on {BoxBounds.Describe(Lower, Upper)}";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        var (lower, upper) = (Lower, Upper);
        var i = 0;
        for (; i + 1 < point.Length; i += 2)
        {
            var u = CounterRandom.UniformPair(seed, StreamId.Starts, restart, 0, (uint)i >> 1);
            point[i] = BoxBounds.Between(lower[i], upper[i], u.Even);
            point[i + 1] = BoxBounds.Between(lower[i + 1], upper[i + 1], u.Odd);
        }

        if (i < point.Length)
        {
            var u = CounterRandom.Uniform(seed, StreamId.Starts, restart, 0, (uint)i);
            point[i] = BoxBounds.Between(lower[i], upper[i], u);
        }
    }
}
