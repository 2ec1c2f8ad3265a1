namespace LandscapeGpu.Objectives.Symmetries;

/// <summary>
/// Consecutive blocks of equal length may be exchanged, as the hidden units of a network may; with
/// <paramref name="SignFlips"/> each block may also change its sign, as a tanh unit's incoming and outgoing weights may together.
/// </summary>
/// <param name="BlockLength">Coordinates in one block, at least 1.</param>
/// <param name="SignFlips">Whether each block may change its sign.</param>
/// <remarks>
/// The invariants are, for each direction aₖ of a tight frame of the block's space, the sorted ⟨aₖ, block⟩ (their
/// magnitudes, with sign flips): sorting is continuous, one direction alone would forget which component belongs to which
/// block, and generically more than two bases of directions determine the set of blocks (Dym and Gortler, "Low-dimensional
/// invariant embeddings for universal geometric learning", Found. Comput. Math. 25 (2025) 375). For blocks of length 1 the
/// sorted coordinates suffice.
/// </remarks>
public sealed record BlockPermutations(int BlockLength, bool SignFlips = false) : Symmetry
{
    /// <summary>
    /// How many blocks there are, from the first coordinate on; coordinates after the last stay as they are. 0, the
    /// default, is as many as make up the whole point.
    /// </summary>
    public int BlockCount { get; init; }

    /// <inheritdoc/>
    public override int LengthFor(int dimension)
    {
        var inBlocks = BlocksIn(dimension) * BlockLength;
        return (BlockLength == 1 ? 1 : TightFrame.Bases) * inBlocks + dimension - inBlocks;
    }

    /// <inheritdoc/>
    public override InvariantMap MapFor(int dimension)
    {
        var blocks = BlocksIn(dimension);
        var frame = BlockLength == 1 ? null : new TightFrame(BlockLength);
        return (point, invariants) =>
        {
            var directions = frame?.Count ?? 1;
            for (var i = 0; i < blocks && frame is not null; i++)
            {
                frame.Along(point.Slice(i * BlockLength, BlockLength), invariants[i..], blocks);
            }

            for (var k = 0; k < directions; k++)
            {
                var along = invariants.Slice(k * blocks, blocks);
                for (var i = 0; i < blocks; i++)
                {
                    var component = frame is null ? point[i] : along[i];
                    along[i] = SignFlips ? Math.Abs(component) : component;
                }

                along.Sort();
            }

            point[(blocks * BlockLength)..].CopyTo(invariants[(directions * blocks)..]);
        };
    }

    /// <inheritdoc/>
    /// <remarks>The coordinates after the last block are one filter.</remarks>
    public override IReadOnlyList<int>? Filters(int dimension)
    {
        var blocks = BlocksIn(dimension);
        return [.. Enumerable.Range(0, dimension).Select(i => Math.Min(i / BlockLength, blocks))];
    }

    /// <inheritdoc/>
    public override void Move(Span<double> point, Random random)
    {
        var blocks = BlocksIn(point.Length);
        var from = point.ToArray();
        int[] order = [.. Enumerable.Range(0, blocks)];
        random.Shuffle(order);
        for (var b = 0; b < blocks; b++)
        {
            var sign = SignFlips && random.Next(2) == 0 ? -1 : 1;
            for (var j = 0; j < BlockLength; j++)
            {
                point[b * BlockLength + j] = sign * from[order[b] * BlockLength + j];
            }
        }
    }

    /// <inheritdoc/>
    public override Orbit OrbitOf(ReadOnlySpan<double> point, double tolerance)
    {
        var blocks = BlocksIn(point.Length);
        return BlockClasses.Of([.. point[..(blocks * BlockLength)].ToArray().Chunk(BlockLength)], SignFlips, tolerance).Orbit(blocks, BlockLength == 1 ? "coordinate" : "block");
    }

    /// <inheritdoc/>
    /// <remarks>Of blocks of length 1: sorted numbers, or magnitudes. Longer ones would have to be assigned to one another.</remarks>
    public override double? Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => BlockLength == 1 ? Euclidean(Invariants(a), Invariants(b)) : null;

    /// <inheritdoc/>
    internal override double[] Aligned(ReadOnlySpan<double> to, ReadOnlySpan<double> point)
    {
        int blocks = BlocksIn(point.Length), length = BlockLength;
        var (cost, signs) = (new double[blocks, blocks], new int[blocks, blocks]);
        for (var i = 0; i < blocks; i++)
        {
            for (var j = 0; j < blocks; j++)
            {
                ReadOnlySpan<double> a = to.Slice(i * length, length), b = point.Slice(j * length, length);
                signs[i, j] = SignFlips && Orthonormal.Dot(a, b) < 0 ? -1 : 1;
                for (var c = 0; c < length; c++)
                {
                    cost[i, j] += (a[c] - signs[i, j] * b[c]) * (a[c] - signs[i, j] * b[c]);
                }
            }
        }

        var aligned = point.ToArray();
        var order = LinearAssignment.Solve(cost);
        for (var i = 0; i < blocks; i++)
        {
            for (var c = 0; c < length; c++)
            {
                aligned[i * length + c] = signs[i, order[i]] * point[order[i] * length + c];
            }
        }

        return aligned;
    }

    private int BlocksIn(int dimension)
    {
        if (BlockLength < 1 || BlockCount < 0)
        {
            throw new ArgumentException($"A block has at least one coordinate and a count is not negative; given {BlockLength} and {BlockCount}.");
        }

        var blocks = BlockCount == 0 ? dimension / BlockLength : BlockCount;
        if (BlockCount == 0 ? dimension % BlockLength != 0 : (long)blocks * BlockLength > dimension)
        {
            throw new ArgumentException(
                $"Points of length {dimension} are not made of {(BlockCount == 0 ? "" : BlockCount + " ")}blocks of length {BlockLength}: "
                + "set BlockCount to the number of blocks; coordinates after the last block stay as they are.");
        }

        return blocks;
    }
}
