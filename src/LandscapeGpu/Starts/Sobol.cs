using System.Numerics;
using System.Runtime.CompilerServices;

namespace LandscapeGpu.Starts;

/// <summary>
/// Scrambled Sobol points on the box lowerᵢ ≤ xᵢ ≤ upperᵢ: each point alone is uniform on the box, and together they fill it
/// far more evenly than independent points do.
/// </summary>
/// <remarks>
/// <para>
/// Point n of the sequence has in coordinate i the binary digits ⊕ₖ nₖ·vᵢₖ over the binary digits nₖ of n
/// (<see cref="SobolDirections"/>), so it is computed from n alone. I. M. Sobol' (USSR Computational Mathematics and
/// Mathematical Physics 7, 1967).
/// </para>
/// <para>
/// Scrambling, per seed and coordinate: the digits are multiplied by a random lower-triangular Toeplitz matrix over GF(2)
/// with unit diagonal, then shifted by random digits. It keeps every net property and has the mean and the variance of
/// Owen's nested scrambling. S. Tezuka, H. Faure: I-binomial scrambling of digital nets and sequences (Journal of
/// Complexity 19, 2003); A. B. Owen (ACM Transactions on Modeling and Computer Simulation 13, 2003).
/// </para>
/// <para>
/// Use 2ᵐ restarts where you can: then each coordinate, and the first two together, are stratified exactly. Points of one seed are
/// not independent: intervals that assume independent restarts are not valid for them.
/// </para>
/// </remarks>
public sealed record Sobol : Sampler
{
    /// <summary>The largest dimension there are direction numbers for.</summary>
    public const int MaximumDimension = SobolDirections.Dimensions;

    /// <param name="lower">Lower bounds: one number for all coordinates, or one each.</param>
    /// <param name="upper">Upper bounds, likewise.</param>
    /// <exception cref="ArgumentException">
    /// A bound or a width is not finite, a lower bound is above its upper bound, there are not as many of each, or more than
    /// <see cref="MaximumDimension"/>.
    /// </exception>
    public Sobol(PerCoordinate lower, PerCoordinate upper)
    {
        Dimension = BoxBounds.Check(lower, upper);
        (Lower, Upper) = (lower, upper);
        if (Dimension is { } dimension)
        {
            Validate(dimension);
        }
    }

    /// <summary>The lower bound, of each coordinate or of all.</summary>
    public PerCoordinate Lower { get; }

    /// <summary>The upper bound, of each coordinate or of all.</summary>
    public PerCoordinate Upper { get; }

    /// <inheritdoc/>
    public override int? Dimension { get; }

    /// <summary>On the cube [low, high]ᵈ in that dimension only; <c>new Sobol(low, high)</c> draws in any up to the largest.</summary>
    public static Sobol Over(int dimension, double low, double high) =>
        new(PerCoordinate.Repeat(low, dimension), PerCoordinate.Repeat(high, dimension));

    /// <inheritdoc/>
    public override void Validate(int dimension)
    {
        base.Validate(dimension);
        if (dimension > MaximumDimension)
        {
            throw new ArgumentException(
                $"Sobol points have at most {MaximumDimension} coordinates, but {dimension} were asked for. "
                + $"Use {nameof(UniformBox)}: in so many dimensions it loses little.",
                nameof(dimension));
        }
    }

    /// <inheritdoc/>
    public override string Describe() => $"scrambled Sobol on {BoxBounds.Describe(Lower, Upper)}";

    /// <exception cref="ArgumentOutOfRangeException">The sequence ends at 2⁵² points.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Fill(ulong seed, ulong restart, Span<double> point)
    {
        if (restart >> SobolDirections.Digits != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(restart), restart, "A Sobol sequence has 2^52 points, numbered from 0.");
        }

        for (var i = 0; i < point.Length; i++)
        {
            var directions = SobolDirections.Of(i);
            var digits = 0UL;
            for (var n = restart; n != 0; n &= n - 1)
            {
                digits ^= directions[BitOperations.TrailingZeroCount(n)];
            }

            var scramble = CounterRandom.Block(seed, StreamId.Scramble, 0, 0, (uint)i);
            digits = CarrylessProduct(digits, scramble.Low | 1) ^ scramble.High;
            point[i] = BoxBounds.Between(Lower[i], Upper[i], CounterRandom.ToUnit(BitOrder.Reverse(digits)));
        }
    }

    /// <summary>
    /// The low 64 bits of a·b as polynomials over GF(2): with the leading digit in bit 0 it applies the Toeplitz matrix whose first
    /// column is b.
    /// </summary>
    /// <remarks>
    /// Four interleaved quarters of the bits leave three zero bits between each two, where the carries of ordinary products
    /// get lost: at most 15 terms meet in a bit, and 16 only where the carry leaves the word.
    /// </remarks>
    internal static ulong CarrylessProduct(ulong a, ulong b)
    {
        const ulong Mask0 = 0x1111111111111111, Mask1 = Mask0 << 1, Mask2 = Mask0 << 2, Mask3 = Mask0 << 3;
        ulong a0 = a & Mask0, a1 = a & Mask1, a2 = a & Mask2, a3 = a & Mask3;
        ulong b0 = b & Mask0, b1 = b & Mask1, b2 = b & Mask2, b3 = b & Mask3;
        unchecked
        {
            return (((a0 * b0) ^ (a1 * b3) ^ (a2 * b2) ^ (a3 * b1)) & Mask0)
                | (((a0 * b1) ^ (a1 * b0) ^ (a2 * b3) ^ (a3 * b2)) & Mask1)
                | (((a0 * b2) ^ (a1 * b1) ^ (a2 * b0) ^ (a3 * b3)) & Mask2)
                | (((a0 * b3) ^ (a1 * b2) ^ (a2 * b1) ^ (a3 * b0)) & Mask3);
        }
    }
}
