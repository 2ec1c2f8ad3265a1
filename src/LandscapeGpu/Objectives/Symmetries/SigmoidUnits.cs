namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>
/// Consecutive blocks are the hidden units of a logistic network, the outgoing weight v last, and the point's last coordinate
/// is the output's bias c: units may be exchanged, and a unit may change its sign where c takes up v.
/// </summary>
/// <param name="BlockLength">Coordinates of one unit, at least 2.</param>
/// <remarks>
/// σ(−z) = 1 − σ(z). With c + ½Σv for the bias a network is one of the odd function σ − ½, and its invariants are those of
/// <see cref="BlockPermutations"/> with sign flips; that change of coordinates can lengthen a distance by the root of the number of units.
/// </remarks>
public sealed record SigmoidUnits(int BlockLength) : Symmetry
{
    /// <summary>How many units there are, from the first coordinate on.</summary>
    public required int BlockCount { get; init; }

    private BlockPermutations Blocks => new(BlockLength, SignFlips: true) { BlockCount = BlockCount };

    /// <inheritdoc/>
    public override int LengthFor(int dimension) => dimension > BlockLength * BlockCount
        ? Blocks.LengthFor(dimension)
        : throw new ArgumentException($"Points of length {dimension} are not {BlockCount} units of {BlockLength} coordinates and a bias after them.");

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension)
    {
        _ = LengthFor(dimension);
        var blocks = Blocks.MapFor(dimension);
        int count = BlockCount, length = BlockLength;
        return (point, invariants) =>
        {
            var odd = point.ToArray();
            for (var k = 1; k <= count; k++)
            {
                odd[^1] += point[k * length - 1] / 2;
            }

            blocks(odd, invariants);
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Filters(int dimension) => Blocks.Filters(dimension);

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random)
    {
        _ = LengthFor(point.Length);
        for (var k = 1; k <= BlockCount; k++)
        {
            point[^1] += point[k * BlockLength - 1] / 2;
        }

        Blocks.Move(point, random);
        for (var k = 1; k <= BlockCount; k++)
        {
            point[^1] -= point[k * BlockLength - 1] / 2;
        }
    }

    /// <inheritdoc/>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        var odd = Odd(point, 1);
        return Odd(Blocks.Aligned(Odd(to, 1), odd), -1);
    }

    private double[] Odd(ReadOnlySpan<double> point, int sign)
    {
        var odd = point.ToArray();
        for (var k = 1; k <= BlockCount; k++)
        {
            odd[^1] += sign * point[k * BlockLength - 1] / 2;
        }

        return odd;
    }

    /// <inheritdoc/>
    public override Orbit OrbitOf(ReadOnlySpan<double> point, double tolerance) =>
        BlockClasses.Of([.. point[..(BlockCount * BlockLength)].ToArray().Chunk(BlockLength)], hasSigns: true, tolerance).Orbit(BlockCount, "unit");
}
